using Wizart.Flow.Execution;

namespace Wizart.Flow.Engine.Runs;

/// <summary>
/// Clearing: instances begin anew, as if they had never run, and what follows is planned as in a fresh run. Attempt numbers
/// go on, so that nothing of earlier attempts is lost.
/// </summary>
public static partial class RunPlanner
{
    /// <summary>
    /// Puts instances back to none. One that runs is asked to stop and begins anew once it has, whatever its outcome. A run
    /// that had ended becomes queued. What is downstream and was not named stays as it is, unless it has not begun: that
    /// waits again until its rule holds. Null when the run is being ended, which comes first, or there is nothing to do.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="keys">The instances; index -1 is the task with all its elements, and those that are not there are left out.</param>
    /// <param name="reason">Who asked, and why.</param>
    /// <param name="now">The time.</param>
    public static RunPlan? Clear(LiveRun run, IEnumerable<InstanceKey> keys, string reason, DateTimeOffset now)
    {
        if (run.Run.EndingAs is not null && !run.Run.State.IsFinal()) return null;
        var plan = new RunPlan();
        InstanceKey[] given = [.. keys];
        if (run.Run.State.IsFinal())
        {
            // What never began in a run that has ended: tasks that are new in the version it goes on with.
            if (given.Length == 0 && !run.Instances.Any(instance => instance.State == TaskState.None)) return null;
            run.Restart(reason, now);
        }

        EndWaits(run, given, reason, now);
        PutBack(run, given, reason, plan);
        if (run.Run.State != RunState.Running) return plan;
        DecideAll(run, plan, now);
        Settle(run, plan, now);
        return plan;
    }

    /// <summary>Puts instances back, and counts anew; nothing is decided yet.</summary>
    private static void PutBack(LiveRun run, IEnumerable<InstanceKey> keys, string reason, RunPlan plan)
    {
        var (wholes, elements) = Selected(run, keys);
        var tasks = new HashSet<int>(wholes);
        foreach (var task in wholes)
        {
            if (run.MappedOf(task) is { IsSpread: true } mapped) PutBackMapped(run, mapped, reason, plan);
            else PutBackOne(run, run[task], reason, plan);
            if (run.MappedOf(task) is { IsSpread: false } list) list.Whole.Elements = run.CountOf(list);
            foreach (var downstream in run.Graph.DownstreamOf(task))
                if (run.Graph.ListSourceOf(downstream) == task) run.ForgetList(run.MappedOf(downstream)!);
        }

        foreach (var (task, map) in elements)
        {
            var mapped = run.MappedOf(task)!;
            PutBackOne(run, mapped.Elements[map], reason, plan);
            Reopen(run, mapped);
            tasks.Add(task);
        }

        WaitAgain(run, tasks, reason);
        run.CountAnew();
        plan.Finished.Clear(); // counted with all the others, and everything is decided anew
    }

    /// <summary>
    /// The tasks that are cleared as a whole, and single elements. An element whose list has another length by now is cleared
    /// with its task, and so is what is at work on a list that is to be made anew.
    /// </summary>
    private static (SortedSet<int> Wholes, SortedSet<(int Task, int Map)> Elements) Selected(LiveRun run, IEnumerable<InstanceKey> keys)
    {
        var wholes = new SortedSet<int>();
        var elements = new SortedSet<(int Task, int Map)>();
        foreach (var key in keys)
        {
            if (key.TaskIndex < 0 || key.TaskIndex >= run.Graph.Tasks.Count || run.Find(key.TaskIndex, key.MapIndex) is null) continue;
            if (key.MapIndex < 0 || !IsSameList(run, run.MappedOf(key.TaskIndex)!)) wholes.Add(key.TaskIndex);
            else elements.Add((key.TaskIndex, key.MapIndex));
        }

        var ahead = new Stack<int>(wholes);
        while (ahead.TryPop(out var task))
            foreach (var downstream in run.Graph.DownstreamOf(task))
                if ((run.Graph.ListSourceOf(downstream) == task || run.Graph.IsElementwise(downstream, task))
                    && run.MappedOf(downstream) is { IsSpread: true } mapped
                    && (!mapped.Whole.State.IsFinal() || elements.Any(element => element.Task == downstream))
                    && wholes.Add(downstream))
                    ahead.Push(downstream);

        elements.RemoveWhere(element => wholes.Contains(element.Task));
        return (wholes, elements);
    }

    private static bool IsSameList(LiveRun run, MappedTask mapped)
    {
        if (mapped.Whole.Asked is not null) return false;
        if (!run.Graph.IsElementwise(mapped.Whole.TaskIndex)) return mapped.Elements.Length == run.CountOf(mapped);
        foreach (var index in run.Graph.ElementSourcesOf(mapped.Whole.TaskIndex))
        {
            var source = run.MappedOf(index)!;
            if (source.Whole.Asked is not null) return false;
            if (!source.IsSpread && run.Graph.IsInSameMappedGroup(mapped.Whole.TaskIndex, index)) continue; // skipped as a whole, and the group's list is the same
            if (mapped.Elements.Length != source.Elements.Length) return false;
        }

        return true;
    }

    private static void PutBackOne(LiveRun run, TaskInstance instance, string reason, RunPlan plan)
    {
        if (instance.State == TaskState.Running) Stop(run, instance, TaskState.None, reason, plan);
        else if (instance.State != TaskState.None || instance.Attempt > instance.AttemptsBefore) run.PutBack(instance, TaskState.None, reason, anew: true);
    }

    private static void Stop(LiveRun run, TaskInstance instance, TaskState asked, string reason, RunPlan plan)
    {
        run.Ask(instance, asked, reason);
        plan.Stops.Add(new AttemptStop(instance, instance.Attempt, StopKind.Cancel, reason));
    }

    /// <summary>The elements are forgotten, or, while some still run, wait with the whole until these are stopped.</summary>
    private static void PutBackMapped(LiveRun run, MappedTask mapped, string reason, RunPlan plan)
    {
        if (!mapped.Elements.Any(element => element.State == TaskState.Running))
        {
            run.Forget(mapped, reason);
            return;
        }

        foreach (var element in mapped.Elements) PutBackOne(run, element, reason, plan);
        run.Ask(mapped.Whole, TaskState.None, reason);
    }

    /// <summary>A mapped task of which an element is open again is running again.</summary>
    private static void Reopen(LiveRun run, MappedTask mapped)
    {
        if (!mapped.Whole.State.IsFinal() || mapped.Elements.All(element => element.State.IsFinal())) return;
        mapped.Whole.EndedAt = null;
        run.Move(mapped.Whole, TaskState.Running);
    }

    /// <summary>What is right after a changed task and has not begun is decided anew: its rule may no longer hold.</summary>
    private static void WaitAgain(LiveRun run, IEnumerable<int> tasks, string reason)
    {
        foreach (var task in tasks)
            foreach (var downstream in run.Graph.DownstreamOf(task))
            {
                WaitAgain(run[downstream]);
                if (run.MappedOf(downstream) is { IsSpread: true } mapped)
                    foreach (var element in mapped.Elements) WaitAgain(element);
            }

        void WaitAgain(TaskInstance instance)
        {
            if (instance.State is TaskState.Scheduled or TaskState.Queued or TaskState.UpForRetry)
                run.PutBack(instance, TaskState.None, reason, anew: false);
        }
    }

    /// <summary>Decides everything that waits, whatever has happened before: after a start from the store, and after a clear or mark.</summary>
    private static void DecideAll(LiveRun run, RunPlan plan, DateTimeOffset now)
    {
        LeaveOut(run, plan, now);
        FailFast(run, plan, now);

        // What a branch has decided holds for what is cleared below it, until the branch itself is cleared.
        foreach (var instance in run.AllInstances.ToArray())
            if (instance is { State: TaskState.Success, Chosen: { } chosen } && run.Run.EndingAs is null) SkipOthers(run, instance, chosen, plan, now);

        foreach (var task in run.Graph.Tasks)
        {
            if (run.MappedOf(task.Index) is { IsSpread: true, Open: 0, Whole: { } whole } mapped && !whole.State.IsFinal()) CloseWhole(run, mapped, now);
            plan.Told.Add((task.Index, -1));
        }

        DecideFinished(run, plan, now);
    }

    /// <summary>Elements that begin as soon as they are let in do so while their task's rule holds, which only a clear can change.</summary>
    private static void DecideWaiting(LiveRun run, MappedTask mapped, RunPlan plan, DateTimeOffset now)
    {
        if (!MayBegin(run, mapped.Whole.TaskIndex) || mapped.Open == 0) return;
        var task = run.Graph.Tasks[mapped.Whole.TaskIndex];
        var decision = mapped.Whole.Asked is null ? TriggerRules.Decide(task.TriggerRule, run.TallyOf(task.Index)) : RuleDecision.Wait;
        mapped.IsClosed = decision != RuleDecision.Run;
        if (mapped.IsWaiting) run.NoteWaiting(mapped);
        if (decision is not (RuleDecision.Skip or RuleDecision.UpstreamFailed)) return;
        foreach (var element in mapped.Elements)
        {
            if (element.State != TaskState.None) continue;
            if (decision == RuleDecision.Skip) Finish(run, element, TaskState.Skipped, $"its rule {task.TriggerRule} can't hold", plan, now);
            else Finish(run, element, TaskState.UpstreamFailed, UpstreamReason(run, task), plan, now);
        }
    }

    /// <summary>An attempt is over of an instance that was cleared or marked while it ran: the attempt is recorded, its outcome does not count.</summary>
    private static RunPlan AskedEnded(LiveRun run, TaskInstance instance, AttemptOutcome outcome, RunPlan plan, DateTimeOffset now, bool lost)
    {
        var (asked, reason) = (instance.Asked!.Value, instance.Reason);
        run.Record(AttemptRecords.Overruled(run.Run, instance, outcome, now, lost));
        if (asked != TaskState.None)
        {
            Finish(run, instance, asked, reason, plan, now);
        }
        else if (run.Run.EndingAs is not null)
        {
            Finish(run, instance, TaskState.Cancelled, run.Run.Reason, plan, now);
        }
        else
        {
            run.PutBack(instance, TaskState.None, reason, anew: true);
            if (instance.MapIndex >= 0 && run.MappedOf(instance.TaskIndex) is { Whole.Asked: not null } mapped
                && !mapped.Elements.Any(element => element.State == TaskState.Running))
                run.Forget(mapped, reason ?? "");
            run.CountAnew();
            DecideAll(run, plan, now);
        }

        Settle(run, plan, now);
        return plan;
    }

    /// <summary>What an instance's rule says by the states that its upstream is in now.</summary>
    private static RuleDecision RuleOf(LiveRun run, TaskInstance instance)
    {
        var tally = run.TallyOf(instance.TaskIndex);
        if (instance.MapIndex >= 0)
        {
            foreach (var index in run.Graph.ElementSourcesOf(instance.TaskIndex))
            {
                var source = run.Find(index, instance.MapIndex);
                if (source is null && run[index].State.IsFinal()) continue; // never spread: counted as one
                tally.Total++;
                if (source is not null && run.IsDoneFor(source, instance.TaskIndex)) tally.Count(source.State);
            }
        }

        return RuleOf(run, instance, tally);
    }

    private static void CloseWhole(LiveRun run, MappedTask mapped, DateTimeOffset now)
    {
        mapped.Whole.EndedAt = now;
        mapped.Whole.Asked = null;
        run.Move(mapped.Whole, mapped.Sum());
    }
}
