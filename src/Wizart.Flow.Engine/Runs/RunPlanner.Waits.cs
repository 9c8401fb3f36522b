using System.Globalization;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Runs;

/// <summary>Tasks that wait for something outside of their run: they hold no slot, no process and no thread meanwhile.</summary>
public static partial class RunPlanner
{
    /// <summary>A deferred instance's next look, or the end of its patience, is due. Null when it no longer waits for this.</summary>
    public static RunPlan? LookDue(LiveRun run, TaskInstance instance, int looks, DateTimeOffset now)
    {
        if (!Waits(instance, looks)) return null;
        var plan = new RunPlan();
        if (instance.Wait!.Until <= now)
        {
            GiveUp(run, instance, plan, now);
        }
        else if (instance.Wait.Kind == WaitKind.Condition)
        {
            MakeReady(run, instance, plan, now);
        }
        else
        {
            // Looked at by the engine itself, and not there yet.
            instance.Wait = instance.Wait with { NextLook = now + run.Graph.Tasks[instance.TaskIndex].Wait!.Every };
            plan.Waits.Add(instance);
        }

        Settle(run, plan, now);
        return plan;
    }

    /// <summary>What a deferred instance waits for has come, or never will. Null when it no longer waits for this.</summary>
    /// <param name="run">The run.</param>
    /// <param name="instance">The instance.</param>
    /// <param name="looks">The look that this belongs to.</param>
    /// <param name="outcome">How the attempt ends.</param>
    /// <param name="now">The time.</param>
    /// <param name="chance">A number in [0, 1) that places a retry within its jitter.</param>
    public static RunPlan? WaitEnded(LiveRun run, TaskInstance instance, int looks, AttemptOutcome outcome, DateTimeOffset now, double chance)
    {
        if (!Waits(instance, looks)) return null;
        var plan = new RunPlan();
        Apply(run, instance, WithPlace(outcome, run.Graph.Tasks[instance.TaskIndex]), plan, now, chance);
        Settle(run, plan, now);
        return plan;
    }

    /// <summary>The run that an instance is to wait for was started.</summary>
    public static RunPlan Triggered(LiveRun run, TaskInstance instance, DagRun started)
    {
        var plan = new RunPlan();
        instance.Wait = instance.Wait! with { RunId = started.Id };
        run.Move(instance, TaskState.Deferred, string.Create(CultureInfo.InvariantCulture, $"waits for run {started.Id} of '{started.DagId}'"));
        plan.Waits.Add(instance);
        return plan;
    }

    /// <summary>Says what a deferred instance waits for now; nothing changes when it said so before.</summary>
    public static void Explain(LiveRun run, TaskInstance instance, string reason)
    {
        if (instance.State == TaskState.Deferred && instance.Reason != reason) run.Move(instance, TaskState.Deferred, reason);
    }

    /// <summary>A person clears or marks instances: the attempts of those that wait are over.</summary>
    private static void EndWaits(LiveRun run, IEnumerable<InstanceKey> keys, string reason, DateTimeOffset now)
    {
        foreach (var key in keys)
        {
            if (key.TaskIndex < 0 || key.TaskIndex >= run.Graph.Tasks.Count || run.Find(key.TaskIndex, key.MapIndex) is not { } instance) continue;
            EndWait(run, instance, reason, now);
            if (key.MapIndex >= 0 || run.MappedOf(key.TaskIndex) is not { IsSpread: true } mapped) continue;
            foreach (var element in mapped.Elements) EndWait(run, element, reason, now);
        }
    }

    private static void EndWait(LiveRun run, TaskInstance instance, string reason, DateTimeOffset now)
    {
        if (instance is { State: not TaskState.Running, Wait.Continues: true })
            run.Record(AttemptRecords.Of(run.Run, instance, new AttemptOutcome.Cancelled(reason), now, lost: false));
    }

    private static bool Waits(TaskInstance instance, int looks) => instance.State == TaskState.Deferred && instance.Wait?.Looks == looks;

    /// <summary>Whether the engine itself can wait from the first moment on: no body, and no <c>OnlyIf</c> to look at.</summary>
    private static bool WaitsWithoutProcess(LiveRun run, TaskInstance instance)
    {
        var task = run.Graph.Tasks[instance.TaskIndex];
        return task.Wait is { HasBody: false } && task.Condition is null && instance.State != TaskState.Deferred;
    }

    private static void BeginWait(LiveRun run, TaskInstance instance, RunPlan plan, DateTimeOffset now)
    {
        instance.Attempt++;
        instance.QueuedAt = now;
        instance.StartedAt = now;
        instance.Node = null;
        Defer(run, instance, new AttemptOutcome.Deferred(), plan, now, chance: 0);
    }

    private static void Defer(
        LiveRun run, TaskInstance instance, AttemptOutcome.Deferred deferred, RunPlan plan, DateTimeOffset now, double chance)
    {
        if (!MayBegin(run, instance.TaskIndex))
        {
            Apply(run, instance, new AttemptOutcome.Cancelled(run.Run.Reason ?? "the run was cancelled"), plan, now, chance);
            return;
        }

        var model = run.Graph.Tasks[instance.TaskIndex].Wait!;
        var since = instance.Wait?.Since ?? instance.StartedAt ?? now;
        instance.Wait = new InstanceWait
        {
            Kind = model.Kind,
            Since = since,
            Until = since + model.Timeout,
            NextLook = model.Kind is WaitKind.Condition or WaitKind.DagRun or WaitKind.Asset ? now + model.Every : null,
            Looks = (instance.Wait?.Looks ?? 0) + 1,
            Continues = true,
            Params = deferred.Params,
            Form = deferred.Form ?? model.Form,
        };
        run.Move(instance, TaskState.Deferred, ReasonOf(model, instance.Wait));
        if (instance.Wait.Until <= now) GiveUp(run, instance, plan, now);
        else if (model.Kind == WaitKind.Triggered) plan.Triggers.Add(instance);
        else plan.Waits.Add(instance);
    }

    private static string ReasonOf(WaitModel model, InstanceWait wait) => model.Kind switch
    {
        WaitKind.Condition => wait.Looks == 1 ? "looked once; its condition does not hold yet" : string.Create(CultureInfo.InvariantCulture, $"looked {wait.Looks} times; its condition does not hold yet"),
        WaitKind.DagRun => $"waits for {(model.TaskId is null ? "" : $"task '{model.TaskId}' of ")}a run of '{model.DagId}'",
        WaitKind.Triggered => $"starts a run of '{model.DagId}'",
        WaitKind.Approval => $"waits for a person: {wait.Form?.Title}",
        _ => $"waits for an update of {model.Asset}",
    };

    /// <summary>A look that its daemon did not survive says nothing: it is made again, and costs no retry.</summary>
    private static bool IsLookAgain(LiveRun run, TaskInstance instance, AttemptOutcome outcome, bool lost) =>
        run.Graph.Tasks[instance.TaskIndex].Wait is { Kind: WaitKind.Condition } && run.Run.EndingAs is null
        && (lost || outcome is AttemptOutcome.Failed { Error.Type: "Interrupted" });

    private static void LookAgain(LiveRun run, TaskInstance instance, RunPlan plan, DateTimeOffset now)
    {
        Defer(run, instance, new AttemptOutcome.Deferred(), plan, now, chance: 0);
        if (instance.State == TaskState.Deferred) instance.Wait = instance.Wait! with { NextLook = now };
    }

    private static void TakeUpWait(LiveRun run, TaskInstance instance, RunPlan plan)
    {
        if (run.Graph.Tasks[instance.TaskIndex].Wait is { Kind: WaitKind.Triggered } && instance.Wait is { RunId: 0 }) plan.Triggers.Add(instance);
        else plan.Waits.Add(instance);
    }

    private static void GiveUp(LiveRun run, TaskInstance instance, RunPlan plan, DateTimeOffset now)
    {
        var task = run.Graph.Tasks[instance.TaskIndex];
        var words = $"waited for {task.Wait!.Timeout:c}, as long as it may: {instance.Reason}";
        AttemptOutcome outcome = task.Wait.OnTimeout == OnTimeout.Skip
            ? new AttemptOutcome.Skipped(words)
            : new AttemptOutcome.Failed(new TaskError { Type = "Timeout", Message = words }, MayRetry: false);
        Apply(run, instance, WithPlace(outcome, task), plan, now, chance: 0);
    }
}
