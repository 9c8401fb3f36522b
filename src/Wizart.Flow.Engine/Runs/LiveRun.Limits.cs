using Wizart.Flow.Engine.Limits;

namespace Wizart.Flow.Engine.Runs;

public sealed partial class LiveRun
{
    private HashSet<TaskInstance>? _holding;
    private List<TaskInstance>? _freed;
    private HashSet<int>? _pasts;

    /// <summary>Whether a task that depends on its past was let go on.</summary>
    internal bool HasPast(int taskIndex) => _pasts?.Contains(taskIndex) == true;

    internal void NotePast(int taskIndex) => (_pasts ??= []).Add(taskIndex);

    /// <summary>The limits of instances that gave back what they held since the last call.</summary>
    internal IEnumerable<TaskLimits> TakeFreed()
    {
        if (_freed is null) return [];
        var freed = _freed;
        _freed = null;
        return freed.Select(instance => Graph.LimitsOf(instance.TaskIndex)!);
    }

    /// <summary>An instance begins or ceases to run, and so to hold what its limits count.</summary>
    private void NoteHolding(TaskInstance instance, TaskState next)
    {
        if (Graph.LimitsOf(instance.TaskIndex) is null || (instance.State == TaskState.Running) == (next == TaskState.Running)) return;
        if (instance.MapIndex < 0 && _mapped[instance.TaskIndex] is not null) return; // it stands for its elements, and no attempt runs it
        (_holding ??= []).Add(instance);
        if (next != TaskState.Running) (_freed ??= []).Add(instance);
    }

    private RunChanges WithHolding(RunChanges changes)
    {
        if (_holding is null) return changes;
        var holding = _holding;
        _holding = null;
        return changes with
        {
            Held = [.. holding.Where(i => i.State == TaskState.Running).Select(HeldBy)],
            Freed = [.. holding.Where(i => i.State != TaskState.Running).Select(i => new FreedSlots(i.TaskIndex, i.MapIndex))],
        };
    }

    private HeldSlots HeldBy(TaskInstance instance)
    {
        var limits = Graph.LimitsOf(instance.TaskIndex)!;
        return new HeldSlots(instance.TaskIndex, instance.MapIndex, limits.Pool?.Name, limits.Pool is null ? 0 : limits.Slots, limits.Task?.Name);
    }
}
