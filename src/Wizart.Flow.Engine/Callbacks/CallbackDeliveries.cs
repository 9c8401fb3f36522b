using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Callbacks;

/// <summary>
/// Which callbacks the changes of a run call for. Looks at what changed and not at who changed it, so that no cause of an
/// end can be forgotten: a body, a timeout, a kill, a lost worker, a cancel, a person.
/// </summary>
public static class CallbackDeliveries
{
    /// <summary>The deliveries, to be stored together with the changes.</summary>
    public static IReadOnlyList<Delivery> Of(RunChanges changes, DateTimeOffset now)
    {
        if (!changes.Graph.HasCallbacks) return [];
        var deliveries = new List<Delivery>();
        AddRetries(changes, now, deliveries);
        foreach (var instance in changes.Instances) AddEnd(changes, instance, now, deliveries);
        AddRunEnd(changes, now, deliveries);
        return deliveries;
    }

    private static void AddRetries(RunChanges changes, DateTimeOffset now, List<Delivery> deliveries)
    {
        if (changes.EndedAttempts.Count == 0) return;
        var instances = changes.Instances.ToDictionary(i => (i.TaskIndex, i.MapIndex));
        foreach (var attempt in changes.EndedAttempts)
        {
            if (attempt.Result is not (AttemptResult.Failed or AttemptResult.Lost)) continue;
            var instance = instances[(attempt.TaskIndex, attempt.MapIndex)];
            var isLast = instance.State.IsFinal() && instance.Attempt == attempt.Number;
            if (!isLast)
                AddTask(changes, CallbackEvent.Retry, instance, attempt.Number, TaskState.UpForRetry, attempt.Reason, now, deliveries);
        }
    }

    private static void AddEnd(RunChanges changes, TaskInstance instance, DateTimeOffset now, List<Delivery> deliveries)
    {
        CallbackEvent? happened = instance.State switch
        {
            TaskState.Success => CallbackEvent.Success,
            TaskState.Failed => CallbackEvent.Failure,
            TaskState.Skipped => CallbackEvent.Skipped,
            // What a cancel found before its first attempt did not fail at anything; the run's own callback tells of it.
            TaskState.Cancelled when instance.Attempt > 0 => CallbackEvent.Failure,
            _ => null,
        };
        // A group that is tried again as one has not failed for good yet.
        if (happened is CallbackEvent.Failure && instance.State == TaskState.Failed && MayGroupRetry(changes, instance)) happened = CallbackEvent.Retry;
        if (happened is { } known)
            AddTask(changes, known, instance, instance.Attempt, instance.State, instance.Reason, now, deliveries);
    }

    private static bool MayGroupRetry(RunChanges changes, TaskInstance instance) =>
        changes.Graph.RetriedGroupOf(instance.TaskIndex) is >= 0 and var group && instance.Round < changes.Graph.Model.Groups[group].Retry
        && changes.Run.EndingAs is null && !changes.Graph.Tasks[instance.TaskIndex].AllowFailure;

    private static void AddTask(
        RunChanges changes, CallbackEvent happened, TaskInstance instance, int attempt, TaskState state, string? reason,
        DateTimeOffset now, List<Delivery> deliveries)
    {
        var task = changes.Graph.Tasks[instance.TaskIndex];
        foreach (var callback in task.Callbacks) AddIf(callback);
        if (happened is CallbackEvent.Success or CallbackEvent.Failure) return; // of a DAG, these are about its runs
        foreach (var callback in changes.Graph.Model.Callbacks) AddIf(callback);

        void AddIf(CallbackModel callback)
        {
            if (callback.On != happened) return;
            deliveries.Add(Of(changes.Run, callback, StateWord.Of(state), reason, now) with
            {
                TaskIndex = instance.TaskIndex,
                MapIndex = instance.MapIndex,
                TaskId = task.Id,
                Attempt = attempt,
            });
        }
    }

    private static void AddRunEnd(RunChanges changes, DateTimeOffset now, List<Delivery> deliveries)
    {
        var run = changes.Run;
        if (!run.State.IsFinal() || run.State == changes.StateBefore) return;
        var happened = run.State == RunState.Success ? CallbackEvent.Success : CallbackEvent.Failure;
        foreach (var callback in changes.Graph.Model.Callbacks)
            if (callback.On == happened) deliveries.Add(Of(run, callback, StateWord.Of(run.State), run.Reason, now));
    }

    private static Delivery Of(DagRun run, CallbackModel callback, string state, string? reason, DateTimeOffset now) => new()
    {
        RunId = run.Id,
        DagId = run.DagId,
        Event = callback.On,
        State = state,
        Reason = reason,
        Notifier = callback.Notifier,
        CreatedAt = now,
        DueAt = now,
    };
}
