using System.Collections.Concurrent;
using Wizart.Flow.Connections;
using Wizart.Flow.Engine.Attempts;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Simulations;

/// <summary>Attempts that succeed at once: no body is run and no connection opened.</summary>
/// <param name="find">Finds a task by its DAG and its place in it.</param>
internal sealed class InstantBodies(Func<string, int, TaskModel?> find) : IAttemptExecutor, ISecretStore
{
    public Task<AttemptOutcome> RunAsync(AttemptOrder order, Action<AttemptEvent> tell, AttemptControl control) =>
        Task.FromResult<AttemptOutcome>(find(order.DagId, order.TaskIndex)?.Kind is TaskKind.TriggerDag or TaskKind.Approval
            ? new AttemptOutcome.Deferred()
            : new AttemptOutcome.Succeeded(new TaskValue(JsonPayload.Parse("null"), null)));

    public ValueTask<ConnectionSettings?> FindConnectionAsync(string id, CancellationToken cancellation) => new((ConnectionSettings?)null);
}

/// <summary>Runs attempts on the thread pool, and knows when all have ended.</summary>
internal sealed class WatchedDispatcher(SlotLoop slots) : IDispatcher
{
    private readonly ConcurrentQueue<Task> _begun = new();

    public void Dispatch(ClaimedAttempt first) => _begun.Enqueue(Task.Run(() => slots.RunAsync(first)));

    /// <summary>Waits for what was begun; false when there was nothing.</summary>
    public async Task<bool> DrainAsync()
    {
        var any = false;
        while (_begun.TryDequeue(out var attempt))
        {
            await attempt;
            any = true;
        }

        return any;
    }
}
