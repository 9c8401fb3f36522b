using Wizart.Flow.Engine.Runs;

namespace Wizart.Flow.Engine.Clearing;

/// <summary>A task that is named, or one element of it.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="MapIndex">The element of a mapped task; -1 for the task, with all its elements.</param>
public readonly record struct TaskPick(string TaskId, int MapIndex = -1);

/// <summary>Which instances of a run are meant.</summary>
public sealed record InstanceSelection
{
    /// <summary>The tasks to begin with; all of the run when none is named.</summary>
    public IReadOnlyList<TaskPick> Tasks { get; init; } = [];

    /// <summary>Whether everything they wait for, directly or not, is meant too.</summary>
    public bool Upstream { get; init; }

    /// <summary>Whether everything that waits for them, directly or not, is meant too.</summary>
    public bool Downstream { get; init; }

    /// <summary>Of all these, only what failed, could not run because of a failure, or was cancelled.</summary>
    public bool OnlyFailed { get; init; }

    /// <summary>The instances. Tasks that the run's version does not have are left out.</summary>
    public IReadOnlyList<InstanceKey> Of(LiveRun run)
    {
        var selected = new HashSet<InstanceKey>();
        foreach (var task in run.Graph.Tasks)
        {
            if (Tasks.Count == 0) selected.Add(new InstanceKey(task.Index));
            foreach (var pick in Tasks)
                if (pick.TaskId == task.Id && run.Find(task.Index, pick.MapIndex) is not null) selected.Add(new InstanceKey(task.Index, pick.MapIndex));
        }

        InstanceKey[] named = [.. selected];
        if (Downstream) Follow(named, selected, key => Below(run, key));
        if (Upstream) Follow(named, selected, key => Above(run, key));
        selected.RemoveWhere(key => run.IsLeftOut(key.TaskIndex));
        selected.RemoveWhere(key => key.MapIndex >= 0 && selected.Contains(new InstanceKey(key.TaskIndex)));
        return [.. (OnlyFailed ? selected.SelectMany(key => Failed(run, key)) : selected).OrderBy(key => key.TaskIndex).ThenBy(key => key.MapIndex)];
    }

    private static void Follow(InstanceKey[] named, HashSet<InstanceKey> selected, Func<InstanceKey, IEnumerable<InstanceKey>> next)
    {
        var seen = new HashSet<InstanceKey>(named);
        var ahead = new Stack<InstanceKey>(named);
        while (ahead.TryPop(out var key))
            foreach (var found in next(key))
            {
                selected.Add(found);
                if (seen.Add(found)) ahead.Push(found);
            }
    }

    private static IEnumerable<InstanceKey> Below(LiveRun run, InstanceKey key)
    {
        foreach (var downstream in run.Graph.DownstreamOf(key.TaskIndex).ToArray())
            yield return run.Graph.IsElementwise(downstream, key.TaskIndex) ? Element(run, downstream, key.MapIndex) : new InstanceKey(downstream);
    }

    private static IEnumerable<InstanceKey> Above(LiveRun run, InstanceKey key)
    {
        foreach (var upstream in run.Graph.Tasks[key.TaskIndex].Upstream)
            yield return run.Graph.IsElementwise(key.TaskIndex, upstream) ? Element(run, upstream, key.MapIndex) : new InstanceKey(upstream);
    }

    /// <summary>The element that goes with another one's, or the task where there is none yet.</summary>
    private static InstanceKey Element(LiveRun run, int task, int map) =>
        run.Find(task, map) is null ? new InstanceKey(task) : new InstanceKey(task, map);

    private static IEnumerable<InstanceKey> Failed(LiveRun run, InstanceKey key)
    {
        if (key.MapIndex < 0 && run.Find(key.TaskIndex, 0) is not null)
        {
            for (var i = 0; run.Find(key.TaskIndex, i) is { } element; i++)
                if (IsFailure(element.State)) yield return new InstanceKey(key.TaskIndex, i);
        }
        else if (IsFailure(run.Find(key.TaskIndex, key.MapIndex)!.State))
        {
            yield return key;
        }
    }

    private static bool IsFailure(TaskState state) => state is TaskState.Failed or TaskState.UpstreamFailed or TaskState.Cancelled;
}
