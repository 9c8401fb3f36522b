using Wizart.Flow.Execution;
using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Runs;

/// <summary>
/// Decides what happens next in one run. Does no I/O and knows no clock: what it changes in the <see cref="LiveRun"/>
/// depends only on that and on its arguments. The cost of an event is that of the task's direct downstream.
/// </summary>
public static partial class RunPlanner
{
    /// <summary>Takes up a run that just became running: its root tasks are ready.</summary>
    public static RunPlan Start(LiveRun run, DateTimeOffset now)
    {
        var plan = new RunPlan();
        LeaveOut(run, plan, now);
        foreach (var task in run.Graph.Tasks)
            if (task.Upstream.Count == 0 || task.TriggerRule == TriggerRule.Always) Decide(run, task.Index, plan, now);
        Settle(run, plan, now);
        return plan;
    }

    /// <summary>What a stored run waits for, after a restart: its queued instances, its retries, and its end if that was missed.</summary>
    public static RunPlan Resume(LiveRun run, DateTimeOffset now)
    {
        var plan = new RunPlan();
        foreach (var instance in run.AllInstances)
        {
            if (instance.State == TaskState.Queued) plan.Queued.Add(instance);
            if (instance.State == TaskState.UpForRetry) plan.Retries.Add(instance);
            if (instance.State == TaskState.Deferred) TakeUpWait(run, instance, plan);
        }

        DecideAll(run, plan, now);
        Settle(run, plan, now);
        return plan;
    }

    /// <summary>A slot takes a queued instance: its next attempt runs. False when the instance no longer waits.</summary>
    public static bool Claim(LiveRun run, TaskInstance instance, string node, DateTimeOffset now)
    {
        if (instance.State != TaskState.Queued) return false;
        instance.Node = node;
        if (instance.Wait is not { Continues: true })
        {
            instance.Attempt++;
            instance.StartedAt = now;
        }

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
        outcome = WithPlace(outcome, run.Graph.Tasks[instance.TaskIndex]);
        if (instance.Asked is not null) return AskedEnded(run, instance, outcome, plan, now, lost);
        if (outcome.State is not null) instance.Kept = outcome.State;
        if (outcome.Label is not null) instance.Label = outcome.Label;
        if (outcome is AttemptOutcome.Succeeded { Chosen: { } choice }) instance.Chosen = choice;
        if (IsLookAgain(run, instance, outcome, lost)) LookAgain(run, instance, plan, now);
        else if (outcome is AttemptOutcome.Deferred deferred) Defer(run, instance, deferred, plan, now, chance);
        else Apply(run, instance, outcome, plan, now, chance, lost);
        Settle(run, plan, now);
        return plan;
    }

    /// <summary>An attempt is over for good.</summary>
    private static void Apply(
        LiveRun run, TaskInstance instance, AttemptOutcome outcome, RunPlan plan, DateTimeOffset now, double chance, bool lost = false)
    {
        run.Record(AttemptRecords.Of(run.Run, instance, outcome, now, lost));
        if (instance.Wait is { } waited) instance.Wait = waited with { Continues = false, RunId = 0, NextLook = null };
        switch (outcome)
        {
            case AttemptOutcome.Succeeded succeeded:
                if (succeeded.Value is { } value) run.Record(new TaskOutput(instance.TaskIndex, instance.MapIndex, value));
                NoteCounts(run, instance, succeeded.Count ?? 0);
                Finish(run, instance, TaskState.Success, null, plan, now);
                if (succeeded.Chosen is { } chosen && run.Run.EndingAs is null) SkipOthers(run, instance, chosen, plan, now);
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
    }

    /// <summary>The wait before a retry is over. Null when the instance no longer waits for it.</summary>
    public static RunPlan? RetryDue(LiveRun run, TaskInstance instance, int attempt, DateTimeOffset now)
    {
        if (instance.State != TaskState.UpForRetry || instance.Attempt != attempt) return null;
        var plan = new RunPlan();
        MakeReady(run, instance, plan, now);
        return plan;
    }

    /// <summary>A failure that no line of the script caused, such as a timeout or a missing connection, is told at its task's line.</summary>
    private static AttemptOutcome WithPlace(AttemptOutcome outcome, TaskModel task) =>
        outcome is AttemptOutcome.Failed { Error.Location: null } failed && task.Location is not null
            ? failed with { Error = failed.Error with { Location = task.Location } }
            : outcome;

    private static void Fail(
        LiveRun run, TaskInstance instance, AttemptOutcome.Failed failed, RunPlan plan, DateTimeOffset now, double chance)
    {
        var retry = run.Graph.Tasks[instance.TaskIndex].Retry;
        var attempts = instance.Attempt - instance.AttemptsBefore;
        if (!failed.MayRetry || attempts > retry.Count || !MayBegin(run, instance.TaskIndex))
        {
            Finish(run, instance, TaskState.Failed, failed.Error.Message, plan, now);
            return;
        }

        // Something upstream may have been cleared or marked meanwhile: a retry begins by the same rule as a first attempt.
        var rule = RuleOf(run, instance);
        if (rule == RuleDecision.Wait)
        {
            run.PutBack(instance, TaskState.None, failed.Error.Message, anew: false);
            return;
        }

        if (rule != RuleDecision.Run)
        {
            Finish(run, instance, TaskState.Failed, failed.Error.Message, plan, now);
            return;
        }

        var wait = failed.RetryAfter ?? retry.Backoff.WaitBefore(attempts, chance);
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

    /// <summary>Makes an instance final; what waits for it is decided when the plan is settled.</summary>
    private static void Finish(LiveRun run, TaskInstance instance, TaskState state, string? reason, RunPlan plan, DateTimeOffset now)
    {
        Close(run, instance, state, reason, now);
        plan.Finished.Push(instance);
    }

    /// <summary>Decides all that follows from what became final, lets in what waited for room, and ends the run when it is done.</summary>
    private static void Settle(LiveRun run, RunPlan plan, DateTimeOffset now)
    {
        FailFast(run, plan, now);
        if (run.Run.EndingAs is null || run.Graph.HasTeardowns)
        {
            DecideFinished(run, plan, now);
            LetIn(run, plan, now);
        }

        EndIfDone(run, plan, now);
    }

    /// <summary>In a run that is for some tasks only, the others are done with before anything is decided.</summary>
    private static void LeaveOut(LiveRun run, RunPlan plan, DateTimeOffset now)
    {
        if (!run.IsPartial) return;
        foreach (var instance in run.Instances)
            if (instance.State == TaskState.None && run.IsLeftOut(instance.TaskIndex))
                Finish(run, instance, TaskState.Removed, "the run is for other tasks only", plan, now);
    }

    /// <summary>Applies the trigger rule of a task that waits.</summary>
    private static void Decide(LiveRun run, int taskIndex, RunPlan plan, DateTimeOffset now)
    {
        var instance = run[taskIndex];
        if (instance.State != TaskState.None || !MayBegin(run, taskIndex)) return;
        if (run.MappedOf(taskIndex) is { } mapped && run.Graph.IsElementwise(taskIndex))
        {
            if (SpreadSourceOf(run, taskIndex) is { } spread)
            {
                if (!AwaitsPast(run, taskIndex, plan)) SpreadLike(run, mapped, spread, plan, now);
                return;
            }

            foreach (var source in run.Graph.ElementSourcesOf(taskIndex))
                if (!run[source].State.IsFinal()) return;
        }

        switch (RuleOf(run, instance, run.TallyOf(taskIndex)))
        {
            case RuleDecision.Run when AwaitsPast(run, taskIndex, plan):
                break;
            case RuleDecision.Run when run.MappedOf(taskIndex) is { } list:
                if (!AwaitsList(run, list)) SpreadOverList(run, list, plan, now);
                break;
            case RuleDecision.Run:
                MakeReady(run, instance, plan, now);
                break;
            case RuleDecision.Skip:
                Finish(run, instance, TaskState.Skipped, RuleReason(run.Graph.Tasks[taskIndex]), plan, now);
                break;
            case RuleDecision.UpstreamFailed:
                Finish(run, instance, TaskState.UpstreamFailed, UpstreamReason(run, run.Graph.Tasks[taskIndex]), plan, now);
                break;
        }
    }

    /// <summary>Whether a rule that holds early, such as one success, comes before the list is there.</summary>
    private static bool AwaitsList(LiveRun run, MappedTask mapped) =>
        mapped.Whole.Elements is null && run.Graph.ListSourceOf(mapped.Whole.TaskIndex) is >= 0 and var source && !run[source].State.IsFinal();

    /// <summary>The rule holds: the list's elements become instances. Without a list there is nothing to do.</summary>
    private static void SpreadOverList(LiveRun run, MappedTask mapped, RunPlan plan, DateTimeOffset now)
    {
        if (mapped.Whole.Elements is > 0 and var count)
        {
            run.Spread(mapped, count);
            TellSpread(run, mapped, plan);
            if (!mapped.BeginsAtOnce) DecideElements(run, mapped, plan, now); // those before it in its group were never spread
            return;
        }

        var source = run.Graph.ListSourceOf(mapped.Whole.TaskIndex);
        var isMissing = mapped.Whole.Elements is null && source >= 0 && run[source].State is not (TaskState.Success or TaskState.Skipped);
        if (isMissing)
            Finish(run, mapped.Whole, TaskState.UpstreamFailed, $"task '{run.Graph.Tasks[source].Id}' gave no list to map over", plan, now);
        else
            Finish(run, mapped.Whole, TaskState.Skipped, "the list to map over is empty", plan, now);
    }

    private static void SpreadLike(LiveRun run, MappedTask mapped, MappedTask source, RunPlan plan, DateTimeOffset now)
    {
        run.Spread(mapped, source.Elements.Length);
        TellSpread(run, mapped, plan);
        DecideElements(run, mapped, plan, now);
    }

    /// <summary>What goes over the same elements one by one is spread when its turn comes, in the order of the tasks.</summary>
    private static void TellSpread(LiveRun run, MappedTask mapped, RunPlan plan)
    {
        foreach (var downstream in run.Graph.DownstreamOf(mapped.Whole.TaskIndex))
            if (run.Graph.IsElementwise(downstream, mapped.Whole.TaskIndex)) plan.Told.Add((downstream, -1));
    }

    private static void DecideElements(LiveRun run, MappedTask mapped, RunPlan plan, DateTimeOffset now)
    {
        if (mapped.BeginsAtOnce)
        {
            DecideWaiting(run, mapped, plan, now);
            return;
        }

        for (var i = 0; i < mapped.Elements.Length; i++) DecideElement(run, mapped, i, plan, now);
    }

    /// <summary>Applies the trigger rule to one element: what its task waits for as a whole, and the element upstream.</summary>
    private static void DecideElement(LiveRun run, MappedTask mapped, int index, RunPlan plan, DateTimeOffset now)
    {
        if (index >= mapped.Elements.Length || mapped.Whole.Asked is not null) return;
        var element = mapped.Elements[index];
        if (element.State != TaskState.None || !MayBegin(run, element.TaskIndex)) return;
        switch (RuleOf(run, element))
        {
            case RuleDecision.Run:
                MakeReady(run, element, plan, now);
                break;
            case RuleDecision.Skip:
                Finish(run, element, TaskState.Skipped, RuleReason(run.Graph.Tasks[element.TaskIndex]), plan, now);
                break;
            case RuleDecision.UpstreamFailed:
                Finish(run, element, TaskState.UpstreamFailed, ElementReason(run, element), plan, now);
                break;
        }
    }

    /// <summary>
    /// Of the tasks right after a branch, those are skipped that are neither chosen nor come after a chosen one, as Airflow's
    /// <c>SkipMixin.skip_all_except</c> does: a join that also hangs on the branch itself is left to its trigger rule.
    /// </summary>
    private static void SkipOthers(LiveRun run, TaskInstance branch, IReadOnlyList<string> chosen, RunPlan plan, DateTimeOffset now)
    {
        var followed = new HashSet<int>();
        var ahead = new Stack<int>();
        foreach (var downstream in run.Graph.DownstreamOf(branch.TaskIndex))
            if (chosen.Contains(run.Graph.Tasks[downstream].Id) && followed.Add(downstream)) ahead.Push(downstream);
        while (ahead.TryPop(out var task))
            foreach (var next in run.Graph.DownstreamOf(task))
                if (followed.Add(next)) ahead.Push(next);

        var reason = $"not chosen by '{run.Graph.Tasks[branch.TaskIndex].Id}'";
        foreach (var downstream in run.Graph.DownstreamOf(branch.TaskIndex))
        {
            if (followed.Contains(downstream)) continue;
            // A branch in a mapped group chooses for its own element; what comes together after the group is left to its rule.
            if (branch.MapIndex >= 0 && !run.Graph.IsElementwise(downstream, branch.TaskIndex)) continue;
            if (run.Find(downstream, branch.MapIndex) is { State: TaskState.None } other) Finish(run, other, TaskState.Skipped, reason, plan, now);
        }
    }

    private static void NoteCounts(LiveRun run, TaskInstance instance, int count)
    {
        if (instance.MapIndex >= 0) return;
        foreach (var downstream in run.Graph.DownstreamOf(instance.TaskIndex))
            if (run.Graph.ListSourceOf(downstream) == instance.TaskIndex) run.NoteCount(run.MappedOf(downstream)!, count);
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
        if (WaitsWithoutProcess(run, instance))
        {
            BeginWait(run, instance, plan, now);
            return;
        }

        if (instance.MapIndex >= 0 && run.MappedOf(instance.TaskIndex) is { IsFull: true } mapped)
        {
            HoldForElements(run, mapped, instance);
            return;
        }

        if (!run.HasRoom && run.Graph.LimitsOf(instance.TaskIndex) is null)
        {
            run.Move(instance, TaskState.Scheduled, $"{run.Graph.Model.MaxActiveTasks} tasks of the run are active, its limit");
            run.Hold(instance);
            return;
        }

        Enqueue(run, instance, plan, now);
    }

    private static void HoldForElements(LiveRun run, MappedTask mapped, TaskInstance element)
    {
        run.Move(element, TaskState.Scheduled, $"{run.Graph.Tasks[element.TaskIndex].AtMost} of its elements are active, its limit");
        mapped.Hold(element);
        run.NoteWaiting(mapped);
    }

    private static void LetIn(LiveRun run, RunPlan plan, DateTimeOffset now)
    {
        while (run.HasRoom && run.NextHeld() is { } instance)
        {
            if (instance.MapIndex >= 0 && run.MappedOf(instance.TaskIndex) is { IsFull: true } full) HoldForElements(run, full, instance);
            else Enqueue(run, instance, plan, now);
        }

        LetInLimited(run, plan);
        foreach (var mapped in run.WaitingMapped())
            while (run.HasRoom && mapped.HasRoom && mapped.NextWaiting() is { } element) Enqueue(run, element, plan, now);
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
        instance.Wait = null;
        instance.Asked = null;
        run.Move(instance, state, reason);
        if (instance.MapIndex < 0 || run.MappedOf(instance.TaskIndex) is not { Open: 0 } mapped) return;
        CloseWhole(run, mapped, now);
    }
}
