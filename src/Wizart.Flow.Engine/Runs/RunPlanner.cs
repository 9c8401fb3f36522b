using Wizart.Flow.Execution;
using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Runs;

/// <summary>
/// Decides what happens next in one run. Does no I/O and knows no clock: what it changes in the <see cref="LiveRun"/>
/// depends only on that and on its arguments. The cost of an event is that of the task's direct downstream.
/// </summary>
public static class RunPlanner
{
    /// <summary>Takes up a run that just became running: its root tasks are ready.</summary>
    public static RunPlan Start(LiveRun run, DateTimeOffset now)
    {
        var plan = new RunPlan();
        foreach (var task in run.Graph.Tasks)
            if (task.Upstream.Count == 0) MakeReady(run, run[task.Index], plan, now);
        EndIfDone(run, plan, now);
        return plan;
    }

    /// <summary>What a stored run waits for, after a restart: its queued instances, its retries, and its end if that was missed.</summary>
    public static RunPlan Resume(LiveRun run, DateTimeOffset now)
    {
        var plan = new RunPlan();
        foreach (var instance in run.Instances)
        {
            if (instance.State == TaskState.Queued) plan.Queued.Add(instance);
            if (instance.State == TaskState.UpForRetry) plan.Retries.Add(instance);
            if (instance.State == TaskState.None && Decide(run, instance.TaskIndex, plan, now)) Ripple(run, instance, plan, now);
        }

        EndIfDone(run, plan, now);
        return plan;
    }

    /// <summary>A slot takes a queued instance: its next attempt runs. False when the instance no longer waits.</summary>
    public static bool Claim(LiveRun run, TaskInstance instance, string node, DateTimeOffset now)
    {
        if (instance.State != TaskState.Queued) return false;
        instance.Attempt++;
        instance.Node = node;
        instance.StartedAt = now;
        run.Move(instance, TaskState.Running);
        return true;
    }

    /// <summary>An attempt is over. Null when it is not the one that runs: a late result changes nothing.</summary>
    /// <param name="run">The run.</param>
    /// <param name="instance">The instance.</param>
    /// <param name="attempt">The attempt that ended.</param>
    /// <param name="outcome">How.</param>
    /// <param name="now">The time.</param>
    /// <param name="chance">A number in [0, 1) that places a retry within its jitter.</param>
    /// <param name="lost">Whether its node ended without telling; recorded as such.</param>
    public static RunPlan? AttemptEnded(
        LiveRun run, TaskInstance instance, int attempt, AttemptOutcome outcome, DateTimeOffset now, double chance, bool lost = false)
    {
        if (instance.State != TaskState.Running || instance.Attempt != attempt) return null;
        var plan = new RunPlan();
        run.Record(AttemptRecords.Of(run.Run, instance, outcome, now, lost));
        if (outcome.State is not null) instance.Kept = outcome.State;

        switch (outcome)
        {
            case AttemptOutcome.Succeeded succeeded:
                if (succeeded.Value is { } value) run.Record(new TaskOutput(instance.TaskIndex, instance.MapIndex, value));
                Finish(run, instance, TaskState.Success, null, plan, now);
                break;
            case AttemptOutcome.Skipped skipped:
                Finish(run, instance, TaskState.Skipped, skipped.Reason, plan, now);
                break;
            case AttemptOutcome.Cancelled cancelled:
                Finish(run, instance, TaskState.Cancelled, cancelled.Reason, plan, now);
                break;
            case AttemptOutcome.Failed failed:
                Fail(run, instance, failed, plan, now, chance);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "Not an outcome.");
        }

        LetIn(run, plan, now);
        EndIfDone(run, plan, now);
        return plan;
    }

    /// <summary>The wait before a retry is over. Null when the instance no longer waits for it.</summary>
    public static RunPlan? RetryDue(LiveRun run, TaskInstance instance, int attempt, DateTimeOffset now)
    {
        if (instance.State != TaskState.UpForRetry || instance.Attempt != attempt) return null;
        var plan = new RunPlan();
        MakeReady(run, instance, plan, now);
        return plan;
    }

    /// <summary>Ends the run before its time: what has not begun is cancelled, what runs is asked to stop.</summary>
    /// <param name="run">The run.</param>
    /// <param name="endsAs">The state the run ends in: cancelled, or failed when it timed out.</param>
    /// <param name="reason">Who or what asked.</param>
    /// <param name="now">The time.</param>
    public static RunPlan? Cancel(LiveRun run, RunState endsAs, string reason, DateTimeOffset now)
    {
        if (run.Run.State.IsFinal() || run.Run.EndingAs is not null) return null;
        var plan = new RunPlan();
        run.Change(run.Run with { EndingAs = endsAs, Reason = reason });
        foreach (var instance in run.Instances)
        {
            if (instance.State == TaskState.Running)
                plan.Stops.Add(new AttemptStop(instance, instance.Attempt, StopKind.Cancel, reason));
            else if (!instance.State.IsFinal())
                Close(run, instance, TaskState.Cancelled, reason, now);
        }

        EndIfDone(run, plan, now);
        return plan;
    }

    private static void Fail(
        LiveRun run, TaskInstance instance, AttemptOutcome.Failed failed, RunPlan plan, DateTimeOffset now, double chance)
    {
        var retry = run.Graph.Tasks[instance.TaskIndex].Retry;
        if (!failed.MayRetry || instance.Attempt > retry.Count || run.Run.EndingAs is not null)
        {
            Finish(run, instance, TaskState.Failed, failed.Error.Message, plan, now);
            return;
        }

        var wait = failed.RetryAfter ?? retry.Backoff.WaitBefore(instance.Attempt, chance);
        if (wait <= TimeSpan.Zero)
        {
            run.Move(instance, TaskState.UpForRetry, failed.Error.Message);
            MakeReady(run, instance, plan, now);
            return;
        }

        instance.RetryAt = now + wait;
        run.Move(instance, TaskState.UpForRetry, failed.Error.Message);
        plan.Retries.Add(instance);
    }

    /// <summary>Makes an instance final and decides what now may be decided downstream, skips and failures rippling on.</summary>
    private static void Finish(LiveRun run, TaskInstance instance, TaskState state, string? reason, RunPlan plan, DateTimeOffset now)
    {
        Close(run, instance, state, reason, now);
        if (run.Run.EndingAs is null) Ripple(run, instance, plan, now);
    }

    private static void Ripple(LiveRun run, TaskInstance instance, RunPlan plan, DateTimeOffset now)
    {
        var finished = new Stack<TaskInstance>();
        finished.Push(instance);
        while (finished.TryPop(out var done))
        {
            foreach (var downstream in run.Graph.DownstreamOf(done.TaskIndex))
            {
                run.TallyOf(downstream).Count(done.State);
                if (Decide(run, downstream, plan, now)) finished.Push(run[downstream]);
            }
        }
    }

    /// <summary>Applies the trigger rule of a task that waits. True when that made its instance final.</summary>
    private static bool Decide(LiveRun run, int taskIndex, RunPlan plan, DateTimeOffset now)
    {
        var instance = run[taskIndex];
        if (instance.State != TaskState.None || run.Run.EndingAs is not null) return false;
        var task = run.Graph.Tasks[taskIndex];
        switch (TriggerRules.Decide(task.TriggerRule, run.TallyOf(taskIndex)))
        {
            case RuleDecision.Run:
                MakeReady(run, instance, plan, now);
                return false;
            case RuleDecision.Skip:
                Close(run, instance, TaskState.Skipped, $"its rule {task.TriggerRule} can't hold", now);
                return true;
            case RuleDecision.UpstreamFailed:
                Close(run, instance, TaskState.UpstreamFailed, UpstreamReason(run, task), now);
                return true;
            default:
                return false;
        }
    }

    private static string UpstreamReason(LiveRun run, TaskModel task)
    {
        foreach (var upstream in task.Upstream)
            if (run[upstream].State is TaskState.Failed or TaskState.UpstreamFailed or TaskState.Cancelled)
                return $"upstream task '{run.Graph.Tasks[upstream].Id}' failed";
        return "no upstream task succeeded";
    }

    private static void MakeReady(LiveRun run, TaskInstance instance, RunPlan plan, DateTimeOffset now)
    {
        instance.RetryAt = null;
        if (run.Graph.Model.MaxActiveTasks is { } limit && run.Active >= limit)
        {
            run.Move(instance, TaskState.Scheduled, $"{limit} tasks of the run are active, its limit");
            run.Hold(instance);
            return;
        }

        Enqueue(run, instance, plan, now);
    }

    private static void LetIn(LiveRun run, RunPlan plan, DateTimeOffset now)
    {
        if (run.Graph.Model.MaxActiveTasks is not { } limit) return;
        while (run.Active < limit && run.NextHeld() is { } instance) Enqueue(run, instance, plan, now);
    }

    private static void Enqueue(LiveRun run, TaskInstance instance, RunPlan plan, DateTimeOffset now)
    {
        instance.QueuedAt = now;
        run.Move(instance, TaskState.Queued);
        plan.Queued.Add(instance);
    }

    private static void Close(LiveRun run, TaskInstance instance, TaskState state, string? reason, DateTimeOffset now)
    {
        instance.EndedAt = now;
        instance.RetryAt = null;
        run.Move(instance, state, reason);
    }

    private static void EndIfDone(LiveRun run, RunPlan plan, DateTimeOffset now)
    {
        if (run.Unfinished > 0 || run.Run.State.IsFinal()) return;
        var state = run.Run.EndingAs ?? (run.HasFailure ? RunState.Failed : RunState.Success);
        run.Change(run.Run with { State = state, EndedAt = now, Reason = run.Run.Reason ?? FailureReason(run, state) });
        plan.Ended = true;
    }

    private static string? FailureReason(LiveRun run, RunState state)
    {
        if (state != RunState.Failed) return null;
        var failed = run.Instances.Where(i => i.State == TaskState.Failed).Select(i => run.Graph.Tasks[i.TaskIndex].Id).Take(4).ToArray();
        var names = string.Join(", ", failed.Take(3).Select(id => $"'{id}'"));
        return failed.Length > 3 ? $"tasks {names} and others failed" : $"task{(failed.Length > 1 ? "s" : "")} {names} failed";
    }
}
