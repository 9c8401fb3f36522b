namespace Wizart.Flow;

/// <summary>The edges of a DAG, those between groups and those of teardowns worked out to edges between tasks.</summary>
internal sealed class Edges
{
    private readonly Dag _dag;
    private readonly HashSet<TaskDraft>[] _direct;
    private readonly Dictionary<TaskGroup, TaskDraft[]> _leaves = [];

    public Edges(Dag dag)
    {
        _dag = dag;
        _direct = [.. dag.Tasks.Select(task => task.DirectUpstream.Where(up => up.Dag == dag).ToHashSet())];
        foreach (var task in dag.Tasks)
            foreach (var group in task.AfterGroups) _direct[task.Index].UnionWith(LeavesOf(group));
        AddGroupEdges();
        AddTeardownEdges();
        AddLists();
    }

    /// <summary>All tasks that a task directly waits for.</summary>
    public IReadOnlySet<TaskDraft> UpstreamOf(TaskDraft task) => _direct[task.Index];

    /// <summary>The tasks of a group that no other of it waits for: what waits for the group waits for these. Teardowns hold nobody up.</summary>
    private TaskDraft[] LeavesOf(TaskGroup group)
    {
        if (_leaves.TryGetValue(group, out var known)) return known;
        var members = group.Dag.Tasks.Where(task => task.Group?.IsIn(group) == true && task.TeardownOf is null).ToArray();
        var inner = members.SelectMany(task => task.DirectUpstream).ToHashSet();
        return _leaves[group] = [.. members.Where(task => !inner.Contains(task))];
    }

    private void AddGroupEdges()
    {
        var isOrdered = _dag.Groups.Any(group => group.Upstream.Count + group.UpstreamGroups.Count > 0);
        if (!isOrdered) return;
        var roots = new List<(TaskDraft Task, TaskGroup Group)>();
        foreach (var task in _dag.Tasks)
            for (var group = task.Group; group is not null; group = group.Parent)
                if (!_direct[task.Index].Any(up => up.Group?.IsIn(group) == true)) roots.Add((task, group));

        foreach (var (task, group) in roots)
        {
            foreach (var upstream in group.Upstream) if (upstream.Draft.Dag == _dag) _direct[task.Index].Add(upstream.Draft);
            foreach (var upstream in group.UpstreamGroups) _direct[task.Index].UnionWith(LeavesOf(upstream));
        }
    }

    /// <summary>A teardown that names nothing else comes after all that follows its setup, within its group where it is in one.</summary>
    private void AddTeardownEdges()
    {
        foreach (var task in _dag.Tasks)
        {
            if (task.TeardownOf is not { } setup || setup.Dag != _dag) continue;
            var namesNothing = _direct[task.Index].All(up => up == setup);
            _direct[task.Index].Add(setup);
            if (!namesNothing) continue;
            var between = Downstream(setup);
            between.ExceptWith(Downstream(task));
            between.Remove(task);
            between.RemoveWhere(other => other.TeardownOf is not null || (task.Group is { } group && other.Group?.IsIn(group) != true));
            var inner = between.SelectMany(other => _direct[other.Index]).ToHashSet();
            _direct[task.Index].UnionWith(between.Where(other => !inner.Contains(other)));
        }
    }

    private HashSet<TaskDraft> Downstream(TaskDraft task)
    {
        var followers = _dag.Tasks.SelectMany(other => _direct[other.Index], (other, upstream) => (other, upstream)).ToLookup(edge => edge.upstream, edge => edge.other);
        var found = new HashSet<TaskDraft>();
        var ahead = new Stack<TaskDraft>([task]);
        while (ahead.TryPop(out var next))
            foreach (var other in followers[next])
                if (found.Add(other)) ahead.Push(other);
        return found;
    }

    /// <summary>The first tasks of a mapped group wait for the list; the others come after these.</summary>
    private void AddLists()
    {
        foreach (var task in _dag.Tasks)
        {
            if (task.Group?.Mapped is not { List.Upstream: { } list } mapped || list.Dag != _dag) continue;
            if (!_direct[task.Index].Any(up => up.Group?.IsIn(mapped) == true)) _direct[task.Index].Add(list);
        }
    }
}
