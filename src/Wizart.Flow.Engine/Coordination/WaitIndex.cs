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
    private readonly Dictionary<(string DagId, DateTimeOffset LogicalDate), HashSet<WaitKey>> _byDate = [];
    private readonly Dictionary<long, HashSet<WaitKey>> _byRun = [];
    private readonly Dictionary<string, HashSet<WaitKey>> _byAsset = new(StringComparer.Ordinal);
    private readonly Dictionary<(long RunId, int TaskIndex, int MapIndex), (WaitKey Key, HashSet<WaitKey> Set)> _watched = [];
    private readonly HashSet<WaitKey> _woken = [];

    /// <summary>From now on the key is woken by what it waits for; false when that is nothing the engine itself looks at, or it was watched already.</summary>
    public bool Watch(WaitKey key, DagRun run, WaitModel model, InstanceWait wait)
    {
        if (model.Kind is not (WaitKind.DagRun or WaitKind.Triggered or WaitKind.Asset)) return false;
        if (_watched.TryGetValue((key.RunId, key.TaskIndex, key.MapIndex), out var known))
        {
            if (known.Key == key) return false;
            known.Set.Remove(known.Key);
        }

        var set = model.Kind switch
        {
            WaitKind.DagRun => SetOf(_byDate, (model.DagId!, run.LogicalDate)),
            WaitKind.Asset => SetOf(_byAsset, model.Asset!),
            _ => SetOf(_byRun, wait.RunId),
        };
        set.Add(key);
        _watched[(key.RunId, key.TaskIndex, key.MapIndex)] = (key, set);
        return true;
    }

    /// <summary>Wakes those that wait for what these changes end; effective once they are durable.</summary>
    public void NoteEnds(RunChanges changes)
    {
        if (_watched.Count == 0) return;
        var run = changes.Run;
        var byDate = _byDate.GetValueOrDefault((run.DagId, run.LogicalDate));
        if (run.State.IsFinal())
        {
            if (byDate is not null) _woken.UnionWith(byDate);
            if (_byRun.TryGetValue(run.Id, out var byRun)) _woken.UnionWith(byRun);
        }
        else if (byDate is { Count: > 0 } && changes.Instances.Any(instance => instance.MapIndex < 0 && instance.State.IsFinal()))
        {
            _woken.UnionWith(byDate);
        }
    }

    /// <summary>Wakes those that wait for an asset that was updated.</summary>
    public void NoteUpdate(string uri)
    {
        if (_byAsset.TryGetValue(uri, out var waiting)) _woken.UnionWith(waiting);
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
        var place = (key.RunId, key.TaskIndex, key.MapIndex);
        if (!_watched.TryGetValue(place, out var known) || known.Key != key) return;
        _watched.Remove(place);
        known.Set.Remove(key);
        Forget(_byDate, known.Set);
        Forget(_byRun, known.Set);
        Forget(_byAsset, known.Set);
    }

    /// <summary>Its run ended or was thrown away.</summary>
    public void RemoveRun(long runId)
    {
        if (_watched.Count == 0) return;
        foreach (var known in _watched.Values.Where(known => known.Key.RunId == runId).ToArray()) Remove(known.Key);
    }

    private static HashSet<WaitKey> SetOf<TKey>(Dictionary<TKey, HashSet<WaitKey>> sets, TKey key)
        where TKey : notnull
    {
        if (!sets.TryGetValue(key, out var set)) sets[key] = set = [];
        return set;
    }

    private static void Forget<TKey>(Dictionary<TKey, HashSet<WaitKey>> sets, HashSet<WaitKey> set)
        where TKey : notnull
    {
        if (set.Count > 0) return;
        foreach (var (key, value) in sets)
        {
            if (!ReferenceEquals(value, set)) continue;
            sets.Remove(key);
            return;
        }
    }
}
