namespace Wizart.Flow.Engine.Storage.InMemory;

/// <summary>Removes what is old.</summary>
internal sealed class InMemoryRetention(InMemoryFlowStore store) : IRetention
{
    public Task<int> RemoveRunsAsync(DateTimeOffset endedBefore, int limit, CancellationToken cancellation) =>
        ChangeAsync(
            transaction =>
            {
                var state = transaction.State;
                var newest = state.Runs.Values.Where(run => run.Run.Kind == RunKind.Scheduled)
                    .GroupBy(run => run.Run.DagId)
                    .Select(runs => runs.MaxBy(run => run.Run.Interval.End)!.Run.Id)
                    .ToHashSet();
                var old = Old(state, endedBefore).Where(run => !newest.Contains(run.Run.Id)).OrderBy(run => run.Run.EndedAt).Take(limit).ToArray();
                transaction.State = state.Without(old.Select(run => run.Run)) with
                {
                    Released = state.Released.Union(old.SelectMany(run => run.Hashes)),
                };
                return old.Length;
            },
            cancellation);

    public Task<int> RemoveLogsAsync(DateTimeOffset endedBefore, int limit, CancellationToken cancellation) =>
        ChangeAsync(
            transaction =>
            {
                var removed = 0;
                foreach (var old in Old(transaction.State, endedBefore))
                {
                    var some = old.Logs.Keys.Take(limit - removed).ToArray();
                    removed += some.Length;
                    transaction.State = transaction.State.WithRun(old.Run.Id, run => run with { Logs = run.Logs.RemoveRange(some) });
                }

                return removed;
            },
            cancellation);

    public Task<int> RemoveAssetEventsAsync(DateTimeOffset before, int limit, CancellationToken cancellation) =>
        ChangeAsync(
            transaction =>
            {
                var state = transaction.State;
                var latest = state.AssetEvents.Values.GroupBy(e => e.Uri).Select(events => events.Max(e => e.Id)).ToHashSet();
                var old = state.AssetEvents.Values
                    .Where(e => e.Time < before && !latest.Contains(e.Id) && (e.RunId is not { } run || !state.Runs.ContainsKey(run)))
                    .Take(limit).ToArray();
                transaction.State = state with
                {
                    AssetEvents = state.AssetEvents.RemoveRange(old.Select(e => e.Id)),
                    AssetQueue = state.AssetQueue.RemoveAll(q => old.Any(e => e.Id == q.EventId)),
                    Released = state.Released.Union(old.Select(e => e.Value?.Stored?.Hash).OfType<string>()),
                };
                return old.Length;
            },
            cancellation);

    public Task<IReadOnlyList<string>> RemoveArtifactsAsync(DateTimeOffset endedBefore, int limit, CancellationToken cancellation) =>
        ChangeAsync<IReadOnlyList<string>>(
            transaction =>
            {
                var hashes = new HashSet<string>();
                var left = limit;
                foreach (var old in Old(transaction.State, endedBefore))
                {
                    var some = old.Artifacts.Take(left).ToArray();
                    left -= some.Length;
                    hashes.UnionWith(some.Select(kept => kept.Artifact.Hash));
                    transaction.State = transaction.State.WithRun(
                        old.Run.Id, run => run with { Artifacts = run.Artifacts.RemoveRange(0, some.Length) });
                }

                var released = transaction.State.Released.Take(limit).ToArray();
                transaction.State = transaction.State with { Released = transaction.State.Released.Except(released) };
                hashes.UnionWith(released);
                hashes.ExceptWith(transaction.State.Runs.Values.SelectMany(run => run.Hashes));
                hashes.ExceptWith(transaction.State.AssetEvents.Values.Select(e => e.Value?.Stored?.Hash).OfType<string>());
                return [.. hashes];
            },
            cancellation);

    private static IEnumerable<MemoryRun> Old(MemoryState state, DateTimeOffset endedBefore) =>
        state.Runs.Values.Where(run => run.EndedBefore(endedBefore));

    private async Task<T> ChangeAsync<T>(Func<InMemoryTransaction, T> change, CancellationToken cancellation)
    {
        await using var transaction = await store.BeginHereAsync(cancellation);
        var result = change(transaction);
        await transaction.CommitAsync();
        return result;
    }
}
