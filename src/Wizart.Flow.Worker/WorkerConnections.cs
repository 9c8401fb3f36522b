using Wizart.Flow.Connections;

namespace Wizart.Flow.Worker;

/// <summary>The clients that bodies may ask for: those of all providers that ship with the worker.</summary>
internal static class WorkerConnections
{
    public static ConnectionTypes Create() => new();
}
