using Wizart.Flow.Engine.Attempts;
using Wizart.Flow.Execution;
using Wizart.Flow.Runtime.Workers;

namespace Wizart.Flow.Host.Daemon;

/// <summary>Runs attempts in the worker processes of this node.</summary>
internal sealed class WorkerExecutor(WorkerPool workers) : IAttemptExecutor
{
    public Task<AttemptOutcome> RunAsync(AttemptOrder order, Action<AttemptEvent> tell, AttemptControl control) =>
        workers.RunAsync(order, tell, control);
}
