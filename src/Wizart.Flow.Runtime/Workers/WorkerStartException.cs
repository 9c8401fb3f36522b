namespace Wizart.Flow.Runtime.Workers;

/// <summary>A worker process can't be started.</summary>
public sealed class WorkerStartException(string message, Exception? inner = null) : Exception(message, inner);
