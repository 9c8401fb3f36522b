using System.Collections.Immutable;
using Wizart.Flow.Engine.Assets;

namespace Wizart.Flow.Engine.Storage.InMemory;

internal sealed partial class InMemoryTransaction
{
    public ValueTask<IReadOnlyList<StoredDag>> LockFollowersAsync(IReadOnlyCollection<string> uris) => new(
    [
        .. State.CurrentDags.Where(dag => dag.IsActive && dag.Version.Model.AssetSchedule is { } schedule && schedule.Assets.Uris.Any(uris.Contains)),
    ]);

    public ValueTask<StoredDag?> LockFollowerAsync(string dagId) => new(State.CurrentDags.FirstOrDefault(dag => dag.Id == dagId));

    public ValueTask<AssetEvent> InsertAssetEventAsync(AssetEvent update)
    {
        NameAsset(update.Uri);
        var stored = update with { Id = State.LastAssetEventId + 1 };
        State = State with { LastAssetEventId = stored.Id, AssetEvents = State.AssetEvents.Add(stored.Id, stored) };
        return new(stored);
    }

    public ValueTask QueueUpdateAsync(string dagId, string uri, long? eventId, DateTimeOffset at)
    {
        State = State with { AssetQueue = State.AssetQueue.Add(new MemoryQueued(dagId, uri, eventId, at)) };
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<QueuedUpdates>> QueuedAsync(string dagId) => new(Queued(State, dagId));

    public ValueTask TakeQueueAsync(string dagId, IReadOnlyCollection<long> runIds)
    {
        var events = State.AssetQueue.Where(q => q.DagId == dagId && q.EventId is not null).Select(q => q.EventId!.Value).ToArray();
        foreach (var run in runIds) Add(run, events);
        State = State with { AssetQueue = State.AssetQueue.RemoveAll(q => q.DagId == dagId) };
        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> ClearQueueAsync(string dagId, string uri)
    {
        var left = State.AssetQueue.RemoveAll(q => q.DagId == dagId && q.Uri == uri);
        var isCleared = left.Count < State.AssetQueue.Count;
        State = State with { AssetQueue = left };
        return new(isCleared);
    }

    public ValueTask AddRunAssetEventsAsync(long runId, IReadOnlyCollection<long> eventIds)
    {
        Add(runId, eventIds);
        return ValueTask.CompletedTask;
    }

    internal static IReadOnlyList<QueuedUpdates> Queued(MemoryState state, string? dagId) =>
    [
        .. from queued in state.AssetQueue
           where dagId is null || queued.DagId == dagId
           let covers = queued.EventId is { } id && state.AssetEvents.TryGetValue(id, out var update)
               ? update.Interval
               : new DataInterval(queued.At, queued.At)
           group (queued, covers) by (queued.DagId, queued.Uri) into same
           orderby same.Key.DagId, same.Key.Uri
           select new QueuedUpdates(
               same.Key.DagId, same.Key.Uri, same.Count(), same.Min(q => q.queued.At), same.Max(q => q.queued.At),
               new DataInterval(same.Min(q => q.covers.Start), same.Max(q => q.covers.End))),
    ];

    private void Add(long runId, IEnumerable<long> events) =>
        State = State.WithRun(runId, run => run with { AssetEvents = run.AssetEvents.Union(events) });

    private void NameAssets(StoredDag dag)
    {
        foreach (var asset in dag.Version.Model.Assets) NameAsset(asset.Uri);
        var followed = dag.IsActive ? dag.Version.Model.AssetSchedule?.Assets.Uris.ToImmutableHashSet(StringComparer.Ordinal) : null;
        State = State with { AssetQueue = State.AssetQueue.RemoveAll(q => q.DagId == dag.Id && followed?.Contains(q.Uri) != true) };
    }

    private void NameAsset(string uri)
    {
        if (!State.Assets.ContainsKey(uri)) State = State with { Assets = State.Assets.Add(uri, State.Assets.Count + 1) };
    }
}
