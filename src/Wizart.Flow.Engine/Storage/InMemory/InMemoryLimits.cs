using Wizart.Flow.Engine.Limits;
using Wizart.Flow.Engine.Runs;

namespace Wizart.Flow.Engine.Storage.InMemory;

/// <summary>Questions about limits to one state.</summary>
internal static class InMemoryLimits
{
    public static IEnumerable<(Holder Holder, string? Node)> Holders(MemoryState state, LimitKey limit)
    {
        foreach (var ((runId, task, map), held) in state.Held)
        {
            if ((limit.Kind == LimitKind.Pool ? held.Pool : held.Task) != limit.Name) continue;
            if (!state.Runs.TryGetValue(runId, out var run) || !run.Instances.TryGetValue((task, map), out var instance)) continue;
            if (instance.State != TaskState.Running) continue;
            var id = state.Versions[run.Run.VersionId].Model.Tasks[task].Id;
            yield return (new Holder(runId, run.Run.DagId, id, map, limit.Kind == LimitKind.Pool ? held.Slots : 1), instance.Node);
        }
    }

    public static PastTask? PastOf(MemoryState state, string dagId, DateTimeOffset logicalDate, string taskId)
    {
        var before = state.Runs.Values
            .Where(run => run.Run.DagId == dagId && run.Run.Kind is (RunKind.Scheduled or RunKind.Backfill) && run.Run.LogicalDate < logicalDate)
            .Where(run => run.Run is not { State: RunState.Cancelled, StartedAt: null })
            .OrderByDescending(run => run.Run.LogicalDate).ThenByDescending(run => run.Run.Id)
            .FirstOrDefault();
        if (before is null) return null;
        var tasks = state.Versions[before.Run.VersionId].Model.Tasks;
        var task = tasks.FirstOrDefault(t => t.Id == taskId)?.Index ?? -1;
        return new PastTask(before.Run.Id, before.Run.LogicalDate, before.Run.State, before.Instances.GetValueOrDefault((task, -1))?.State);
    }
}

public sealed partial class InMemoryFlowStore
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredPool>> PoolsAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<StoredPool>>([.. _state.Pools.Values]);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Holder>> HoldersAsync(LimitKey limit, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<Holder>>([.. InMemoryLimits.Holders(_state, limit).Select(held => held.Holder)]);

    /// <inheritdoc/>
    public Task<PastTask?> PastOfAsync(string dagId, DateTimeOffset logicalDate, string taskId, CancellationToken cancellation) =>
        Task.FromResult(InMemoryLimits.PastOf(_state, dagId, logicalDate, taskId));
}
