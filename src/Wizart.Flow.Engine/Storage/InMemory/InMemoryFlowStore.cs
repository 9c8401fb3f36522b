using Wizart.Flow.Engine.Backfills;
using Wizart.Flow.Engine.Callbacks;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Execution;

namespace Wizart.Flow.Engine.Storage.InMemory;

/// <summary>
/// The store for runs that leave nothing behind: <c>flow run</c> and authors' tests. The same contract as the databases,
/// gone with the process.
/// </summary>
public sealed partial class InMemoryFlowStore : IFlowStore
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile MemoryState _state = MemoryState.Empty;

    /// <summary>What is stored.</summary>
    public InMemoryFlowStore()
    {
        Queries = new InMemoryFlowQueries(() => _state);
        Retention = new InMemoryRetention(this);
    }

    /// <summary>Reads for people.</summary>
    public IFlowQueries Queries { get; }

    /// <summary>Removes what is old.</summary>
    public IRetention Retention { get; }

    /// <inheritdoc/>
    public Task InitializeAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask<IFlowTransaction> BeginAsync(CancellationToken cancellation) => await BeginHereAsync(cancellation);

    /// <inheritdoc/>
    public ValueTask<StoredRun?> LoadRunAsync(long runId, CancellationToken cancellation) =>
        new(_state.Runs.TryGetValue(runId, out var run)
            ? new StoredRun(run.Run, [.. run.Instances.Values.Select(MemoryRun.Copy)])
            : null);

    /// <inheritdoc/>
    public Task<IReadOnlyList<DagRun>> UnfinishedRunsAsync(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<DagRun>>([.. _state.Runs.Values.Select(run => run.Run).Where(run => !run.State.IsFinal())]);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyDictionary<int, TaskValue>> LoadOutputsAsync(
        long runId, IReadOnlyCollection<int> taskIndexes, CancellationToken cancellation)
    {
        var found = new Dictionary<int, TaskValue>();
        if (_state.Runs.TryGetValue(runId, out var run))
            foreach (var index in taskIndexes)
                if (run.Outputs.TryGetValue((index, -1), out var value)) found[index] = value;
        return new(found);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<TaskOutput>> LoadMappedOutputsAsync(long runId, int taskIndex, int? mapIndex, CancellationToken cancellation) =>
        new(_state.Runs.TryGetValue(runId, out var run)
            ? [.. run.Outputs
                .Where(o => o.Key.Task == taskIndex && o.Key.Map >= 0 && (mapIndex is null || o.Key.Map == mapIndex))
                .OrderBy(o => o.Key.Map)
                .Select(o => new TaskOutput(o.Key.Task, o.Key.Map, o.Value))]
            : []);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Delivery>> PendingDeliveriesAsync(PendingFilter filter, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<Delivery>>([.. _state.Runs.Values
            .Where(run => filter.RunId is null || run.Run.Id == filter.RunId)
            .SelectMany(run => run.Deliveries.Values)
            .Where(delivery => delivery.Status == DeliveryState.Pending && delivery.Id > filter.AfterId
                && (filter.DeliveryId is null || delivery.Id == filter.DeliveryId))
            .OrderBy(delivery => delivery.Id)
            .Take(filter.Count)]);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredDag>> LoadDagsAsync(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<StoredDag>>([.. _state.CurrentDags]);

    /// <inheritdoc/>
    public ValueTask<DagVersion?> LoadVersionAsync(long versionId, CancellationToken cancellation) =>
        new(_state.Versions.GetValueOrDefault(versionId));

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, DateTimeOffset>> NewestScheduledAsync(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyDictionary<string, DateTimeOffset>>(_state.Runs.Values
            .Where(run => run.Run.Kind == RunKind.Scheduled)
            .GroupBy(run => run.Run.DagId)
            .ToDictionary(runs => runs.Key, runs => runs.Max(run => run.Run.Interval.End)));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyDictionary<string, JsonPayload>> LoadVariablesAsync(
        IReadOnlyCollection<string> names, CancellationToken cancellation)
    {
        var found = new Dictionary<string, JsonPayload>();
        foreach (var name in names)
            if (_state.Variables.TryGetValue(name, out var value)) found[name] = value;
        return new(found);
    }

    /// <inheritdoc/>
    public Task<Backfill?> LoadBackfillAsync(long id, CancellationToken cancellation) => Task.FromResult(_state.Backfills.GetValueOrDefault(id));

    /// <inheritdoc/>
    public Task<IReadOnlyList<Backfill>> BackfillsAsync(BackfillFilter filter, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<Backfill>>([.. _state.Backfills.Values.Reverse().Where(backfill =>
            (filter.DagId is null || backfill.DagId == filter.DagId)
            && (!filter.Unfinished || !backfill.State.IsFinal())
            && (filter.BeforeId is null || backfill.Id < filter.BeforeId)).Take(filter.Count)]);

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<RunState, int>> BackfillRunsAsync(long id, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyDictionary<RunState, int>>(_state.Runs.Values
            .Where(run => run.Run.BackfillId == id)
            .GroupBy(run => run.Run.State)
            .ToDictionary(runs => runs.Key, runs => runs.Count()));

    /// <inheritdoc/>
    public Task<IReadOnlyList<SlotRun>> SlotRunsAsync(
        string dagId, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellation)
    {
        var state = _state;
        return Task.FromResult<IReadOnlyList<SlotRun>>([.. state.Slots.Keys
            .Where(slot => slot.Dag == dagId && slot.LogicalDate >= from && slot.LogicalDate <= to)
            .OrderBy(slot => slot.LogicalDate)
            .Take(limit)
            .Select(slot => state.RunsOf(dagId, slot.LogicalDate).ToArray())
            .Select(runs => new SlotRun(runs[0].LogicalDate, runs[^1].State, runs.Any(run => !run.State.IsFinal())))]);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    internal async ValueTask<InMemoryTransaction> BeginHereAsync(CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        return new InMemoryTransaction(this, _state);
    }

    /// <summary>Ends a transaction's turn.</summary>
    /// <param name="committed">What is stored from now on; null when nothing changes.</param>
    internal void EndTurn(MemoryState? committed)
    {
        if (committed is not null) _state = committed;
        _turn.Release();
    }
}
