using System.Globalization;
using Wizart.Flow.Engine.Limits;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;

namespace Wizart.Flow.Engine.Commands;

/// <summary>Which queue, limit or past run an instance waits for.</summary>
public sealed class WhyLimited(ILimitReads store, EngineOptions options)
{
    private const int Named = 3;

    /// <summary>Why a queued instance has not begun; null when no limit holds it.</summary>
    public async Task<string?> OfQueuedAsync(LiveRun run, TaskInstance instance, CancellationToken cancellation)
    {
        var task = run.Graph.Tasks[instance.TaskIndex];
        var queue = task.Queue ?? Queues.Default;
        if (options.Queues.Count > 0 && !options.Queues.Contains(queue))
            return $"waits for a node that serves queue '{queue}': this one, {options.NodeName}, serves {string.Join(", ", options.Queues)} (setting Flow:Queues)";
        if (run.Graph.LimitsOf(instance.TaskIndex) is not { } limits) return null;
        return await OfPoolAsync(limits, cancellation) ?? await OfTaskAsync(task.Id, limits, cancellation) ?? OfRun(run);
    }

    /// <summary>Why a task whose rule holds has not begun; null when its past does not hold it.</summary>
    public async Task<string?> OfPastAsync(LiveRun run, TaskInstance instance, CancellationToken cancellation)
    {
        var task = run.Graph.Tasks[instance.TaskIndex];
        if (!task.DependsOnPast || instance.MapIndex >= 0 || TriggerRules.Decide(task.TriggerRule, run.TallyOf(task.Index)) != RuleDecision.Run) return null;
        var past = await store.PastOfAsync(run.Run.DagId, run.Run.LogicalDate, task.Id, cancellation);
        if (PastRule.Holds(past)) return null;
        var state = past!.State is { } known and not TaskState.None ? StateWord.Spoken(known) : past.RunState == RunState.Queued ? "waiting, as its run is queued" : "waiting";
        var advice = past.State?.IsFinal() == true ? "; clear it there, or mark it as success" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"depends on its past: in run {past.RunId} of {past.LogicalDate:yyyy-MM-dd HH:mm}, '{task.Id}' is {state}{advice}");
    }

    private static string? OfRun(LiveRun run) => run.HasRoom
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"{run.Graph.Model.MaxActiveTasks} tasks of the run are active, its limit");

    private async Task<string?> OfPoolAsync(TaskLimits limits, CancellationToken cancellation)
    {
        if (limits.Pool is not { } key) return null;
        var size = (await store.PoolsAsync(cancellation)).FirstOrDefault(pool => pool.Name == key.Name)?.Slots ?? 0;
        if (limits.Slots > size)
            return string.Create(CultureInfo.InvariantCulture, $"needs {limits.Slots} slots of pool '{key.Name}', which has {size}: flow pools set {key.Name} {limits.Slots}");
        var holders = await store.HoldersAsync(key, cancellation);
        var used = holders.Sum(holder => holder.Slots);
        if (used == 0) return null;
        var need = limits.Slots == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" and it needs {limits.Slots}");
        return used + limits.Slots > size
            ? string.Create(CultureInfo.InvariantCulture, $"waits for pool '{key.Name}': {used} of {size} slots are taken by {Names(holders)}{need}")
            : null;
    }

    private async Task<string?> OfTaskAsync(string taskId, TaskLimits limits, CancellationToken cancellation)
    {
        if (limits.Task is not { } key) return null;
        var holders = await store.HoldersAsync(key, cancellation);
        return holders.Count >= limits.MaxActive
            ? string.Create(CultureInfo.InvariantCulture, $"{limits.MaxActive} of '{taskId}' may run at once in all runs of its DAG, and {(limits.MaxActive == 1 ? "one does" : "so many do")}: {Names(holders)}")
            : null;
    }

    private static string Names(IReadOnlyList<Holder> holders)
    {
        var names = holders.Take(Named).Select(holder =>
            string.Create(CultureInfo.InvariantCulture, $"{holder.DagId}/{holder.TaskId}{(holder.MapIndex < 0 ? "" : $"[{holder.MapIndex}]")} (run {holder.RunId})"));
        return string.Join(", ", names) + (holders.Count > Named ? string.Create(CultureInfo.InvariantCulture, $" and {holders.Count - Named} more") : "");
    }
}
