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

    /// <summary>The instance's group, when it just got done as a whole; null otherwise, and every further time.</summary>
    internal GroupPlace? ReleaseGroup(TaskInstance done)
    {
        var place = PlaceOf(done)!.Value;
        return _openInGroups.GetValueOrDefault(place) == 0 && _releasedGroups.Add(place) ? place : null;
    }

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

    internal void SetRound(TaskInstance instance, int round)
    {
        instance.Round = round;
        Touch(instance);
    }

    private GroupPlace? PlaceOf(TaskInstance instance)
    {
        if (!Graph.HasRetriedGroups || Graph.RetriedGroupOf(instance.TaskIndex) is not (>= 0 and var group)) return null;
        return new GroupPlace(group, Graph.MappedGroupOf(instance.TaskIndex) >= 0 ? instance.MapIndex : -1);
    }

    private void CountInGroup(TaskInstance instance, int by)
    {
        if (PlaceOf(instance) is not { } place) return;
        _openInGroups[place] = _openInGroups.GetValueOrDefault(place) + (instance.State.IsFinal() ? 0 : by);
    }

    /// <summary>Whether what became of an instance may be seen by a task that waits for it.</summary>
    internal bool IsDoneFor(TaskInstance upstream, int downstream)
    {
        if (!upstream.State.IsFinal()) return false;
        return PlaceOf(upstream) is not { } place || Graph.RetriedGroupOf(downstream) == place.Group || _openInGroups.GetValueOrDefault(place) == 0;
    }

    private void ReleaseDoneGroups()
    {
        _releasedGroups.Clear();
        foreach (var (place, open) in _openInGroups)
            if (open == 0) _releasedGroups.Add(place);
    }
}
