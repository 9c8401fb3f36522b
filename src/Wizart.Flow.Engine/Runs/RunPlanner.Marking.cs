namespace Wizart.Flow.Engine.Runs;

/// <summary>Marking: a person says what became of something, and the run goes on from there.</summary>
public static partial class RunPlanner
{
    /// <summary>
    /// Makes instances success, failed or skipped, whatever they were. One that runs is asked to stop and becomes so once it
    /// has. In a run that has ended, the run's own state follows. Null when nothing changes.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="keys">The instances; index -1 is the task with all its elements, and those that are not there are left out.</param>
    /// <param name="state">Success, failed or skipped.</param>
    /// <param name="reason">Who asked, and why.</param>
    /// <param name="goesOn">
    /// Whether what could not run because of a failure, downstream of instances that no longer fail, is decided anew, as
    /// Airflow's <c>set_task_instance_state</c> does. A run that had ended then becomes queued.
    /// </param>
    /// <param name="now">The time.</param>
    public static RunPlan? Mark(
        LiveRun run, IEnumerable<InstanceKey> keys, TaskState state, string reason, bool goesOn, DateTimeOffset now)
    {
        if (state is not (TaskState.Success or TaskState.Failed or TaskState.Skipped))
            throw new ArgumentOutOfRangeException(nameof(state), state, "An instance is marked as success, failed or skipped.");
        var plan = new RunPlan();
        var tasks = new SortedSet<int>();
        keys = [.. keys];
        EndWaits(run, keys, reason, now);
        foreach (var key in keys)
        {
            if (key.TaskIndex < 0 || key.TaskIndex >= run.Graph.Tasks.Count || run.Find(key.TaskIndex, key.MapIndex) is not { } instance) continue;
            if (key.MapIndex < 0 && run.MappedOf(key.TaskIndex) is { IsSpread: true } mapped)
            {
                run.Unask(mapped.Whole);
                foreach (var element in mapped.Elements)
                    if (Set(run, element, state, reason, plan, now)) tasks.Add(key.TaskIndex);
            }
            else if (key.MapIndex >= 0 && run.MappedOf(key.TaskIndex)!.Whole.Asked is not null)
            {
                continue; // its task is being cleared: this element is about to be forgotten
            }
            else if (Set(run, instance, state, reason, plan, now))
            {
                tasks.Add(key.TaskIndex);
            }
        }

        if (tasks.Count == 0) return null;
        foreach (var task in tasks)
            if (run.MappedOf(task) is { IsSpread: true } mapped && mapped.Elements.All(element => element.State.IsFinal())) CloseWhole(run, mapped, now);
        if (goesOn && state != TaskState.Failed && (run.Run.EndingAs is null || run.Run.State.IsFinal())) GoOn(run, tasks, reason);
        WaitAgain(run, tasks, reason);
        run.CountAnew();
        AfterMarks(run, reason, plan, now);
        return plan;
    }

    /// <summary>
    /// Makes the run success or failed. What has not begun is skipped; what runs is asked to stop, and is then failed or
    /// skipped; what is done stays as it is. Null when it is in that state already.
    /// </summary>
    public static RunPlan? MarkRun(LiveRun run, RunState state, string reason, DateTimeOffset now)
    {
        if (state is not (RunState.Success or RunState.Failed))
            throw new ArgumentOutOfRangeException(nameof(state), state, "A run is marked as success or failed.");
        if (run.Run.State == state || run.Run.EndingAs == state && !run.Run.State.IsFinal()) return null;
        var plan = new RunPlan();
        if (run.Run.State.IsFinal())
        {
            run.Change(run.Run with { State = state, EndingAs = null, Reason = reason });
            plan.Ended = true;
            return plan;
        }

        run.Change(run.Run with { EndingAs = state, Reason = reason });
        foreach (var instance in run.AllInstances.ToArray())
        {
            if (instance.MapIndex < 0 && run.MappedOf(instance.TaskIndex) is { IsSpread: true }) continue; // ends with its elements
            if (IsToTearDown(run, instance)) continue;
            if (instance.State == TaskState.Running)
                Stop(run, instance, state == RunState.Failed ? TaskState.Failed : TaskState.Skipped, reason, plan);
            else if (!instance.State.IsFinal())
            {
                EndWait(run, instance, reason, now);
                Close(run, instance, TaskState.Skipped, reason, now);
            }
        }

        DecideTeardowns(run, plan, now);
        EndIfDone(run, plan, now);
        return plan;
    }

    private static bool Set(LiveRun run, TaskInstance instance, TaskState state, string reason, RunPlan plan, DateTimeOffset now)
    {
        if (instance.State == TaskState.Running)
        {
            if (instance.Asked == state) return false;
            Stop(run, instance, state, reason, plan);
            return true;
        }

        if (instance.State == state) return false;
        (instance.EndedAt, instance.RetryAt, instance.Wait) = (now, null, null);
        run.Move(instance, state, reason);
        return true;
    }

    /// <summary>What could not run because of a failure upstream waits again, as far down as that reaches.</summary>
    private static void GoOn(LiveRun run, SortedSet<int> tasks, string reason)
    {
        var seen = new HashSet<int>();
        var ahead = new Stack<int>(tasks);
        while (ahead.TryPop(out var task))
            foreach (var downstream in run.Graph.DownstreamOf(task))
            {
                if (!seen.Add(downstream)) continue;
                if (!PutBackFailedUpstream(run, downstream, reason)) continue;
                ahead.Push(downstream);
                tasks.Add(downstream);
            }
    }

    private static bool PutBackFailedUpstream(LiveRun run, int task, string reason)
    {
        if (run.MappedOf(task) is not { IsSpread: true } mapped)
        {
            if (run[task].State != TaskState.UpstreamFailed) return false;
            run.PutBack(run[task], TaskState.None, reason, anew: true);
            if (run.MappedOf(task) is { } list) list.Whole.Elements = run.CountOf(list);
            return true;
        }

        // Elements of a list that has been made anew since can't go on; clearing the task maps it over the new one.
        if (!IsSameList(run, mapped) || !mapped.Elements.Any(element => element.State == TaskState.UpstreamFailed)) return false;
        foreach (var element in mapped.Elements)
        {
            if (element.State != TaskState.UpstreamFailed) continue;
            run.PutBack(element, TaskState.None, reason, anew: true);
        }

        Reopen(run, mapped);
        return true;
    }

    private static void AfterMarks(LiveRun run, string reason, RunPlan plan, DateTimeOffset now)
    {
        if (!run.Run.State.IsFinal())
        {
            if (run.Run.State != RunState.Running) return;
            DecideAll(run, plan, now);
            Settle(run, plan, now);
            return;
        }

        if (run.Unfinished > 0)
        {
            run.Restart(reason, now);
            return;
        }

        // While there is something that a cancel or a timeout left behind, that is how the run ended.
        var ending = HasCancelled(run) ? run.Run.EndingAs : null;
        var state = ending ?? EndOf(run);
        if (state == run.Run.State && ending == run.Run.EndingAs) return;
        plan.Ended = state != run.Run.State;
        run.Change(run.Run with { State = state, EndingAs = ending, Reason = state == RunState.Failed ? FailureReason(run, state) : reason });
    }

    /// <summary>How a run ends by what became of its instances. One that was cancelled earlier, and was not cleared since, is no success.</summary>
    private static RunState EndOf(LiveRun run) =>
        run.HasFailure ? RunState.Failed : HasCancelled(run) ? RunState.Cancelled : RunState.Success;

    private static bool HasCancelled(LiveRun run)
    {
        foreach (var instance in run.Instances)
            if (instance.State == TaskState.Cancelled) return true;
        return false;
    }
}
