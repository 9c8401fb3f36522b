using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Runs;

/// <summary>
/// Which tasks a run is for that is not for all of them: those that are named, everything they wait for, and the teardowns of
/// setups among these. So whatever such a task takes was made in the same run.
/// </summary>
public static class TaskScope
{
    /// <summary>The tasks the run is for, by index; null when it is for all.</summary>
    /// <param name="model">The DAG.</param>
    /// <param name="named">Ids of tasks and of groups; none for all. Those that the DAG does not have count for nothing.</param>
    public static IReadOnlySet<int>? Of(DagModel model, IReadOnlyList<string> named)
    {
        if (named.Count == 0) return null;
        var scope = new HashSet<int>();
        foreach (var task in model.Tasks)
            if (named.Contains(task.Id) || named.Any(id => IsInGroup(model, task, id))) AddWithUpstream(model, task.Index, scope);

        for (var before = -1; before != scope.Count;)
        {
            before = scope.Count;
            foreach (var task in model.Tasks)
            {
                if (task.TeardownOf is not { } setup || !scope.Contains(setup) || !scope.Add(task.Index)) continue;
                foreach (var upstream in task.Upstream)
                    if (!task.After.Contains(upstream)) AddWithUpstream(model, upstream, scope);
            }
        }

        return scope;
    }

    /// <summary>Whether a DAG has a task or a group of that id.</summary>
    public static bool Has(DagModel model, string id) => model.Tasks.Any(task => task.Id == id) || model.Groups.Any(group => group.Id == id);

    private static void AddWithUpstream(DagModel model, int task, HashSet<int> scope)
    {
        var ahead = new Stack<int>([task]);
        while (ahead.TryPop(out var next))
        {
            if (!scope.Add(next)) continue;
            foreach (var upstream in model.Tasks[next].Upstream) ahead.Push(upstream);
        }
    }

    private static bool IsInGroup(DagModel model, TaskModel task, string id)
    {
        for (var group = task.Group; group is { } at; group = model.Groups[at].Parent)
            if (model.Groups[at].Id == id) return true;
        return false;
    }
}
