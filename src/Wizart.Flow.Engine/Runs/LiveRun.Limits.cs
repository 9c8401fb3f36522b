using Wizart.Flow.Engine.Limits;

namespace Wizart.Flow.Engine.Runs;

public sealed partial class LiveRun
{
    private HashSet<TaskInstance>? _holding;
    private List<TaskInstance>? _freed;
    private HashSet<int>? _pasts;
    private Queue<TaskInstance>? _heldLimited;

    /// <summary>A queued instance whose limits had room, but not its run: it goes back to their lines when the run has.</summary>
    internal void HoldLimited(TaskInstance instance) => (_heldLimited ??= new()).Enqueue(instance);

    /// <summary>The next that may go back; null when none does.</summary>
    internal TaskInstance? NextHeldLimited()
    {
        while (_heldLimited?.TryDequeue(out var instance) == true)
            if (instance.State == TaskState.Queued) return instance;
        return null;
    }

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

    private bool IsWaitingForLimits(TaskInstance instance) => instance.State == TaskState.Queued && Graph.LimitsOf(instance.TaskIndex) is not null;

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
