using Wizart.Flow.Engine.Runs;

namespace Wizart.Flow.Engine.Clearing;

/// <summary>What clearing or marking touches, whether it was done or only asked about.</summary>
/// <param name="DryRun">Whether nothing was changed.</param>
/// <param name="Runs">How many runs.</param>
/// <param name="Instances">How many task instances, all runs together.</param>
/// <param name="Touched">The first of these; see <see cref="Listed"/>.</param>
/// <param name="Refused">Runs that were left as they are, and why.</param>
public sealed record ReworkReport(
    bool DryRun, int Runs, long Instances, IReadOnlyList<TouchedInstance> Touched, IReadOnlyList<RefusedRun> Refused)
{
    /// <summary>At most so many instances are listed; all are counted.</summary>
    public const int Listed = 1_000;
}

/// <summary>An instance that is touched.</summary>
/// <param name="RunId">Its run.</param>
/// <param name="LogicalDate">The run's.</param>
/// <param name="TaskId">The task; null for the run itself.</param>
/// <param name="MapIndex">The element of a mapped task; -1 otherwise.</param>
/// <param name="State">Its state before.</param>
/// <param name="Effect">What becomes of it, in words.</param>
public sealed record TouchedInstance(long RunId, DateTimeOffset LogicalDate, string? TaskId, int MapIndex, string State, string Effect);

/// <summary>A run that was left as it is.</summary>
public sealed record RefusedRun(long RunId, string Reason);

/// <summary>Finds what a step touches, by taking it on a copy of the run that nobody stores.</summary>
internal static class Rehearsal
{
    /// <summary>What the step changes; none when it is not possible or has nothing to do.</summary>
    public static IReadOnlyList<TouchedInstance>? Of(LiveRun copy, Func<LiveRun, RunPlan?> step)
    {
        var before = copy.AllInstances.ToDictionary(instance => instance, instance => (instance.State, instance.Asked));
        var run = copy.Run;
        if (step(copy) is null) return null;
        var touched = new List<TouchedInstance>();
        foreach (var instance in copy.TakeChanges().Instances.OrderBy(i => i.TaskIndex).ThenBy(i => i.MapIndex))
        {
            if (!before.TryGetValue(instance, out var was)) continue;
            if (was.State == instance.State && was.Asked == instance.Asked) continue;
            touched.Add(new TouchedInstance(
                run.Id, run.LogicalDate, copy.Graph.Tasks[instance.TaskIndex].Id, instance.MapIndex, StateWord.Of(was.State), Effect(was.State, instance)));
        }

        if (touched.Count == 0 && copy.Run.State != run.State)
            touched.Add(new TouchedInstance(run.Id, run.LogicalDate, null, -1, StateWord.Of(run.State), $"becomes {StateWord.Of(copy.Run.State)}"));
        return touched;
    }

    private static string Effect(TaskState was, TaskInstance now) => now switch
    {
        { State: TaskState.Running, Asked: TaskState.None } when now.MapIndex < 0 && now.Elements is not null => "begins anew once its elements have stopped",
        { State: TaskState.Running, Asked: TaskState.None } => "is stopped and begins anew",
        { State: TaskState.Running, Asked: { } asked } => $"is stopped and becomes {StateWord.Of(asked)}",
        { State: TaskState.Running } => "goes on",
        { State: TaskState.None or TaskState.Scheduled or TaskState.Queued } => was.IsFinal() ? "begins anew" : "waits anew",
        { State: TaskState.Removed } => "is forgotten until the list is known",
        _ => $"becomes {StateWord.Of(now.State)}",
    };
}
