using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Coordination;

/// <summary>One look of a deferred instance.</summary>
internal readonly record struct WaitKey(long RunId, int TaskIndex, int MapIndex, int Looks);

/// <summary>
/// Which deferred instances of this node wait for which run, so that its end wakes them at once. What ends on another node
/// is found by their next look. Used by the one who leads a commit only.
/// </summary>
internal sealed class WaitIndex
{
    private readonly Dictionary<Target, HashSet<WaitKey>> _byTarget = [];
    private readonly Dictionary<long, Dictionary<(int TaskIndex, int MapIndex), (WaitKey Key, Target Target)>> _byRun = [];
    private readonly HashSet<WaitKey> _woken = [];

    /// <summary>From now on the key is woken by what it waits for; false when that is nothing the engine itself looks at, or it was watched already.</summary>
    public bool Watch(WaitKey key, DagRun run, WaitModel model, InstanceWait wait)
    {
        if (model.Kind is not (WaitKind.DagRun or WaitKind.Triggered or WaitKind.Asset)) return false;
        if (!_byRun.TryGetValue(key.RunId, out var watched)) _byRun[key.RunId] = watched = [];
        if (watched.TryGetValue((key.TaskIndex, key.MapIndex), out var known))
        {
            if (known.Key == key) return false;
            Forget(known.Key, known.Target);
        }

        var target = model.Kind switch
        {
            WaitKind.DagRun => Target.Of(model.DagId!, run.LogicalDate),
            WaitKind.Asset => Target.OfAsset(model.Asset!),
            _ => Target.Of(wait.RunId),
        };
        watched[(key.TaskIndex, key.MapIndex)] = (key, target);
        if (!_byTarget.TryGetValue(target, out var waiting)) _byTarget[target] = waiting = [];
        waiting.Add(key);
        return true;
    }

    /// <summary>Wakes those that wait for what these changes end; effective once they are durable.</summary>
    public void NoteEnds(RunChanges changes)
    {
        if (_byTarget.Count == 0) return;
        var run = changes.Run;
        var isOver = run.State.IsFinal();
        if (isOver) Wake(Target.Of(run.Id));
        var date = Target.Of(run.DagId, run.LogicalDate);
        if (_byTarget.ContainsKey(date) && (isOver || changes.Instances.Any(instance => instance.MapIndex < 0 && instance.State.IsFinal())))
            Wake(date);
    }

    /// <summary>Wakes those that wait for an asset that was updated.</summary>
    public void NoteUpdate(string uri)
    {
        if (_byTarget.Count > 0) Wake(Target.OfAsset(uri));
    }

    /// <summary>Those that were woken since the last call.</summary>
    public IReadOnlyCollection<WaitKey> TakeWoken()
    {
        if (_woken.Count == 0) return [];
        WaitKey[] woken = [.. _woken];
        _woken.Clear();
        return woken;
    }

    /// <summary>It no longer waits.</summary>
    public void Remove(WaitKey key)
    {
        var place = (key.TaskIndex, key.MapIndex);
        if (!_byRun.TryGetValue(key.RunId, out var watched) || !watched.TryGetValue(place, out var known) || known.Key != key) return;
        watched.Remove(place);
        if (watched.Count == 0) _byRun.Remove(key.RunId);
        Forget(key, known.Target);
    }

    /// <summary>Its run ended or was thrown away.</summary>
    public void RemoveRun(long runId)
    {
        if (!_byRun.Remove(runId, out var watched)) return;
        foreach (var (key, target) in watched.Values) Forget(key, target);
    }

    private void Wake(Target target)
    {
        if (_byTarget.TryGetValue(target, out var waiting)) _woken.UnionWith(waiting);
    }

    private void Forget(WaitKey key, Target target)
    {
        if (_byTarget.TryGetValue(target, out var waiting) && waiting.Remove(key) && waiting.Count == 0) _byTarget.Remove(target);
    }

    /// <summary>What is waited for: a DAG's run of a date, a run, or an asset.</summary>
    private readonly record struct Target(string? Name, DateTimeOffset Date, long RunId, bool IsAsset)
    {
        public static Target Of(string dagId, DateTimeOffset logicalDate) => new(dagId, logicalDate, 0, IsAsset: false);

        public static Target Of(long runId) => new(null, default, runId, IsAsset: false);

        public static Target OfAsset(string uri) => new(uri, default, 0, IsAsset: true);
    }
}
