using Wizart.Flow.Execution;

namespace Wizart.Flow;

/// <summary>A body with its inputs bound: reads them and runs it. The result is null for a task that gives no value.</summary>
public delegate ValueTask<object?> TaskBody(IInputReader reader);
