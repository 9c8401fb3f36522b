namespace Wizart.Flow.Engine.Runs;

/// <summary>A group that is retried as one; in a mapped group, one element of it.</summary>
/// <param name="Group">The group's place in the model.</param>
/// <param name="MapIndex">The element; -1 for a group that is not mapped.</param>
internal readonly record struct GroupPlace(int Group, int MapIndex);

/// <summary>Which groups that are retried as one still have something to do.</summary>
public sealed partial class LiveRun
{
    private readonly Dictionary<GroupPlace, int> _openInGroups = [];
    private readonly HashSet<GroupPlace> _releasedGroups = [];
    private readonly Dictionary<int, int> _unspreadInGroups = [];

    /// <summary>Whether a group just got done as a whole; no further time.</summary>
    internal bool ReleaseGroup(GroupPlace place) => !IsOpen(place) && _releasedGroups.Add(place);

    /// <summary>The elements of a mapped group that may be done now, because a task of it got done without any.</summary>
    internal GroupPlace[] PlacesOf(TaskInstance done) => Graph.HasRetriedGroups && Graph.RetriedGroupOf(done.TaskIndex) is >= 0 and var group && Graph.MappedGroupOf(done.TaskIndex) >= 0
        ? [.. _openInGroups.Keys.Where(place => place.Group == group).OrderBy(place => place.MapIndex)]
        : [];

    /// <summary>All instances of a group, of one element where it is mapped.</summary>
    internal IEnumerable<TaskInstance> InstancesOf(GroupPlace place)
    {
        foreach (var task in Graph.Tasks)
        {
            if (Graph.RetriedGroupOf(task.Index) != place.Group) continue;
            if (Graph.MappedGroupOf(task.Index) < 0 && _mapped[task.Index] is { IsSpread: true } spread)
                foreach (var element in spread.Elements) yield return element;
            else if (Find(task.Index, place.MapIndex) is { } instance)
                yield return instance;
        }
    }

    /// <summary>How often the group was tried again.</summary>
    internal int RoundOf(GroupPlace place)
    {
        var round = 0;
        foreach (var instance in InstancesOf(place)) round = Math.Max(round, Math.Max(instance.Round, place.MapIndex < 0 ? _instances[instance.TaskIndex].Round : 0));
        return round;
    }

    internal void SetRound(TaskInstance instance, int round)
    {
        instance.Round = round;
        Touch(instance);
    }

    /// <summary>The group that an instance is retried with; null when it is in none, or is a mapped group's task without elements.</summary>
    internal GroupPlace? PlaceOf(TaskInstance instance)
    {
        if (!Graph.HasRetriedGroups || Graph.RetriedGroupOf(instance.TaskIndex) is not (>= 0 and var group)) return null;
        if (Graph.MappedGroupOf(instance.TaskIndex) < 0) return new GroupPlace(group, -1);
        return instance.MapIndex < 0 ? null : new GroupPlace(group, instance.MapIndex);
    }

    private void CountInGroup(TaskInstance instance, int by)
    {
        if (Graph.RetriedGroupOf(instance.TaskIndex) is not (>= 0 and var group)) return;
        var change = instance.State.IsFinal() ? 0 : by;
        if (PlaceOf(instance) is { } place) _openInGroups[place] = _openInGroups.GetValueOrDefault(place) + change;
        else _unspreadInGroups[group] = _unspreadInGroups.GetValueOrDefault(group) + change;
    }

    /// <summary>Whether something of a group is still to be done. A task of a mapped one that has no elements yet is to be done for each.</summary>
    private bool IsOpen(GroupPlace place) =>
        _openInGroups.GetValueOrDefault(place) > 0 || place.MapIndex >= 0 && _unspreadInGroups.GetValueOrDefault(place.Group) > 0;

    /// <summary>Whether what became of an instance may be seen by a task that waits for it.</summary>
    internal bool IsDoneFor(TaskInstance upstream, int downstream)
    {
        if (!upstream.State.IsFinal()) return false;
        return PlaceOf(upstream) is not { } place || Graph.RetriedGroupOf(downstream) == place.Group || !IsOpen(place);
    }

    private void ReleaseDoneGroups()
    {
        _releasedGroups.Clear();
        foreach (var place in _openInGroups.Keys)
            if (!IsOpen(place)) _releasedGroups.Add(place);
    }
}
