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

    internal IFlowStore Store => store;

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
        var instances = IsFresh(started) ? [] : (await store.LoadRunAsync(started.Id, CancellationToken.None).ConfigureAwait(false))?.Instances ?? [];
        var run = new LiveRun(started, graph, instances);
        _runs[started.Id] = run;
        return run;
    }

    /// <summary>A run that is in memory, because something of it was cleared in this commit, begins.</summary>
    internal LiveRun Begin(LiveRun run, DagRun started)
    {
        run.Begin(started);
        return _runs[started.Id] = run;
    }

    /// <summary>Whether nothing of a run that just began was ever stored: its row has changed once, by beginning.</summary>
    internal static bool IsFresh(DagRun started) => started.Revision <= 1;

    /// <summary>A run as it is on another version of its DAG.</summary>
    internal async ValueTask<LiveRun> MovedAsync(StoredRun stored, RunMove move)
    {
        var (_, graph) = await VersionAsync(move.VersionId).ConfigureAwait(false);
        return new LiveRun(
            stored.Run with { VersionId = move.VersionId, Revision = move.ExpectedRevision + 1 },
            graph,
            stored.Instances.Select(instance => instance.At(move.Indexes[instance.TaskIndex])));
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
