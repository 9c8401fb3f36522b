using System.Collections.Concurrent;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;

namespace Wizart.Flow.Engine.Coordination;

/// <summary>The runs that this node works on, and the versions they are on. Used by the one who leads a commit only, versions by anybody.</summary>
public sealed class LiveRuns(IFlowStore store)
{
    private readonly Dictionary<long, LiveRun> _runs = [];
    private readonly ConcurrentDictionary<long, (DagVersion Version, RunGraph Graph)> _versions = new();

    /// <summary>The version and its graph, from memory or the store.</summary>
    /// <exception cref="StoreException">There is no such version.</exception>
    public async ValueTask<(DagVersion Version, RunGraph Graph)> VersionAsync(long id)
    {
        if (_versions.TryGetValue(id, out var known)) return known;
        var version = await store.LoadVersionAsync(id, CancellationToken.None).ConfigureAwait(false)
            ?? throw new StoreException($"DAG version {id} is not in the database, though a run names it.");
        return Keep(version);
    }

    internal ValueTask<IReadOnlyList<TaskOutput>> MappedOutputsAsync(long runId, int taskIndex) =>
        store.LoadMappedOutputsAsync(runId, taskIndex, null, CancellationToken.None);

    internal int Count => _runs.Count;

    internal LiveRun? Find(long runId) => _runs.GetValueOrDefault(runId);

    internal async ValueTask<LiveRun?> LoadAsync(long runId)
    {
        if (await store.LoadRunAsync(runId, CancellationToken.None).ConfigureAwait(false) is not { } stored) return null;
        var (_, graph) = await VersionAsync(stored.Run.VersionId).ConfigureAwait(false);
        var run = new LiveRun(stored.Run, graph, stored.Instances);
        if (run.Run.State == RunState.Running) _runs[runId] = run;
        return run;
    }

    internal async ValueTask<LiveRun> BeginAsync(DagRun started)
    {
        var (_, graph) = await VersionAsync(started.VersionId).ConfigureAwait(false);
        var run = new LiveRun(started, graph, []);
        _runs[started.Id] = run;
        return run;
    }

    internal void Evict(LiveRun run)
    {
        run.Evict();
        if (_runs.TryGetValue(run.Run.Id, out var current) && ReferenceEquals(current, run)) _runs.Remove(run.Run.Id);
    }

    private (DagVersion, RunGraph) Keep(DagVersion version)
    {
        // A few hundred models are a few megabytes; a daemon that lives long must not keep every version it ever ran.
        if (_versions.Count > 1_000) _versions.Clear();
        return _versions[version.Id] = (version, new RunGraph(version.Model));
    }
}
