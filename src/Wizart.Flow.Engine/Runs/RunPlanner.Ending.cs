using Wizart.Flow.Execution;

namespace Wizart.Flow.Engine.Runs;

/// <summary>How runs end: before their time, and when nothing of them is left to do.</summary>
public static partial class RunPlanner
{
    /// <summary>Ends the run before its time: what has not begun is cancelled, what runs is asked to stop.</summary>
    /// <param name="run">The run.</param>
    /// <param name="endsAs">The state the run ends in: cancelled, or failed when it timed out.</param>
    /// <param name="reason">Who or what asked.</param>
    /// <param name="now">The time.</param>
    public static RunPlan? Cancel(LiveRun run, RunState endsAs, string reason, DateTimeOffset now)
    {
        if (run.Run.State.IsFinal() || run.Run.EndingAs is not null) return null;
        var plan = new RunPlan();
        CancelOthers(run, endsAs, reason, plan, now);
        EndIfDone(run, plan, now);
        return plan;
    }

    private static void CancelOthers(LiveRun run, RunState endsAs, string reason, RunPlan plan, DateTimeOffset now)
    {
        run.Change(run.Run with { EndingAs = endsAs, Reason = reason });
        foreach (var instance in run.AllInstances)
        {
            if (instance.MapIndex < 0 && run.MappedOf(instance.TaskIndex) is { IsSpread: true }) continue; // ends with its elements
            if (IsToTearDown(run, instance)) continue;
            if (instance.State == TaskState.Running)
                plan.Stops.Add(new AttemptStop(instance, instance.Attempt, StopKind.Cancel, reason));
            else if (instance.State == TaskState.Deferred)
                Apply(run, instance, new AttemptOutcome.Cancelled(reason), plan, now, chance: 0);
            else if (!instance.State.IsFinal())
                Close(run, instance, TaskState.Cancelled, reason, now);
        }

        DecideTeardowns(run, plan, now);
    }

    private static void EndIfDone(LiveRun run, RunPlan plan, DateTimeOffset now)
    {
        if (run.Unfinished > 0 || run.Run.State.IsFinal()) return;
        var state = run.Run.EndingAs ?? EndOf(run);
        run.Change(run.Run with { State = state, EndedAt = now, Reason = run.Run.EndingAs is null ? FailureReason(run, state) : run.Run.Reason });
        plan.Ended = true;
    }
}
