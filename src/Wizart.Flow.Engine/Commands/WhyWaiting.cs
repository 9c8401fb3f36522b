using System.Globalization;
using Wizart.Flow.Engine.Attempts;
using Wizart.Flow.Engine.Coordination;
using Wizart.Flow.Engine.Dags;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Commands;

/// <summary>Why something of a run has not begun yet.</summary>
/// <param name="TaskId">The task; null for the run as a whole.</param>
/// <param name="MapIndex">The element of a mapped task; -1 otherwise.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Reason">What it waits for.</param>
public sealed record WaitingReason(string? TaskId, int MapIndex, TaskState State, string Reason);

/// <summary>Answers "why is this not running?" from what is stored and what this node does.</summary>
public sealed class WhyWaiting(
    IFlowStore store, LiveRuns runs, DagCatalog catalog, RunningAttempts running, int slots, TimeProvider time,
    WhyLimited limited)
{
    private const int Most = 1_000;
    private const int Named = 5;

    /// <summary>All that waits in a run, with the reason; at most 1,000. Empty when nothing does.</summary>
    public async Task<IReadOnlyList<WaitingReason>> OfAsync(long runId, CancellationToken cancellation)
    {
        if (await store.LoadRunAsync(runId, cancellation) is not { } stored || stored.Run.State.IsFinal()) return [];
        if (stored.Run.State == RunState.Queued) return [new WaitingReason(null, -1, TaskState.None, await OfQueuedAsync(stored.Run, cancellation))];

        var (_, graph) = await runs.VersionAsync(stored.Run.VersionId);
        var run = new LiveRun(stored.Run, graph, stored.Instances);
        var found = new List<WaitingReason>();
        foreach (var instance in run.AllInstances)
        {
            if (found.Count == Most) break;
            var limit = instance.State switch
            {
                TaskState.Queued => await limited.OfQueuedAsync(run, instance, cancellation),
                TaskState.None => await limited.OfPastAsync(run, instance, cancellation),
                _ => null,
            };
            if ((limit ?? Of(run, instance)) is { } reason)
                found.Add(new WaitingReason(graph.Tasks[instance.TaskIndex].Id, instance.MapIndex, instance.State, reason));
        }

        return found;
    }

    private async Task<string> OfQueuedAsync(DagRun run, CancellationToken cancellation)
    {
        if (run.RunAfter > time.GetUtcNow()) return $"it may start at {TimeText.Utc(run.RunAfter)}";
        if (catalog.Find(run.DagId) is not { IsActive: true } dag) return "no script declares its DAG any more; restore the file to run it";
        if (dag.IsPaused) return $"its DAG is paused{(dag.PauseReason is { } why ? $" ({why})" : "")}: flow unpause {run.DagId}";
        var limit = dag.Version.Model.MaxActiveRuns;
        var active = (await store.UnfinishedRunsAsync(cancellation)).Where(r => r.DagId == run.DagId && r.State == RunState.Running).ToArray();
        return active.Length >= limit
            ? string.Create(CultureInfo.InvariantCulture, $"{limit} {(limit == 1 ? "run" : "runs")} of its DAG may run at once, and {(limit == 1 ? "one does" : "so many do")} (run {string.Join(", ", active.Take(Named).Select(r => r.Id))}{(active.Length > Named ? ", …" : "")})")
            : "it is about to start";
    }

    private string? Of(LiveRun run, TaskInstance instance) => instance.State switch
    {
        TaskState.None => OfNone(run, instance),
        TaskState.Scheduled => instance.Reason ?? "a limit does not let it in yet",
        TaskState.Queued => running.Count >= slots
            ? string.Create(CultureInfo.InvariantCulture, $"all {slots} workers are busy")
            : "it is about to begin",
        TaskState.Deferred => OfDeferred(instance),
        TaskState.Running when instance.Asked is not null => $"{instance.Reason}; attempt {instance.Attempt} is being stopped first",
        TaskState.UpForRetry => $"attempt {instance.Attempt} failed ({instance.Reason}); it is tried again at {TimeText.Utc(instance.RetryAt ?? default)}",
        _ => null,
    };

    private static string OfDeferred(TaskInstance instance)
    {
        var words = instance.Reason ?? "waits for something outside of its run";
        if (instance.Wait is not { } wait) return words;
        if (wait is { Kind: WaitKind.Condition, NextLook: { } next }) words += $"; the next look is at {TimeText.Utc(next)}";
        return wait.Until is { } until ? $"{words}; it gives up at {TimeText.Utc(until)}" : words;
    }

    private static string OfNone(LiveRun run, TaskInstance instance)
    {
        var task = run.Graph.Tasks[instance.TaskIndex];
        if (instance.MapIndex >= 0 && !run.Graph.IsElementwise(instance.TaskIndex)) return "its turn comes when an element before it is done";
        var open = task.Upstream
            .Select(upstream => run.Graph.IsElementwise(task.Index, upstream) ? run.Find(upstream, instance.MapIndex) ?? run[upstream] : run[upstream])
            .Where(upstream => !upstream.State.IsFinal())
            .ToArray();
        var rule = task.TriggerRule == TriggerRule.AllSuccess ? "" : $" (its rule is {task.TriggerRule})";
        if (open.Length == 0) return $"it is about to be decided{rule}";
        var names = open.Take(Named).Select(upstream => $"'{run.Graph.Tasks[upstream.TaskIndex].Id}'{Element(upstream)}, which is {(upstream.State == TaskState.None ? "waiting itself" : StateWord.Spoken(upstream.State))}");
        return $"waits for {string.Join("; ", names)}{(open.Length > Named ? "; and others" : "")}{rule}";
    }

    private static string Element(TaskInstance instance) =>
        instance.MapIndex < 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"[{instance.MapIndex}]");
}
