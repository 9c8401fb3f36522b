using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Runs;

/// <summary>
/// A mapped task of a live run. Before its list is known it is one instance like any other. Then it is spread: that
/// instance stands for the whole (running until all elements are done), and each element is an instance of its own, which
/// trigger rules downstream count one by one, as in Airflow.
/// </summary>
internal sealed class MappedTask(TaskModel task, TaskInstance whole)
{
    // Elements that nothing holds back become queued in portions: a hundred thousand rows in one commit would stop all others.
    private const int Portion = 256;

    private readonly PriorityQueue<TaskInstance, int> _held = new();
    private int _next;

    /// <summary>The instance that stands for all elements.</summary>
    public TaskInstance Whole => whole;

    /// <summary>The elements; empty until the task is spread.</summary>
    public TaskInstance[] Elements { get; private set; } = [];

    /// <summary>Whether the elements are instances of their own.</summary>
    public bool IsSpread => Elements.Length > 0;

    /// <summary>Elements of an earlier list that are not in the present one, kept for the numbers of their attempts.</summary>
    public IReadOnlyList<TaskInstance> Past { get; set; } = [];

    /// <summary>Whether no element may begin now, because the task's rule no longer holds since something upstream was cleared.</summary>
    public bool IsClosed { get; set; }

    /// <summary>Elements that are not final.</summary>
    public int Open { get; set; }

    /// <summary>Elements that are queued or running.</summary>
    public int Active { get; set; }

    /// <summary>Whether every element begins as soon as it is let in, because none waits for an element upstream.</summary>
    public bool BeginsAtOnce { get; init; }

    /// <summary>Whether an element that is ready must wait for another of this task.</summary>
    public bool IsFull => task.AtMost is { } most && Active >= most;

    /// <summary>Whether a further portion may become queued.</summary>
    public bool HasRoom => Active < (task.AtMost ?? Portion);

    /// <summary>Whether elements wait for room.</summary>
    public bool IsWaiting => !IsClosed && (_held.Count > 0 || (BeginsAtOnce && _next < Elements.Length));

    public void Spread(int count, IReadOnlyList<TaskInstance> known)
    {
        Elements = new TaskInstance[count];
        foreach (var element in known)
            if (element.MapIndex < count) Elements[element.MapIndex] = element;
        Past = [.. known.Where(element => element.MapIndex >= count)];
        for (var i = 0; i < count; i++) Elements[i] ??= new TaskInstance { TaskIndex = task.Index, MapIndex = i, Round = whole.Round };
    }

    public void Hold(TaskInstance element) => _held.Enqueue(element, element.MapIndex);

    /// <summary>The list is not known any more: the task is one instance again.</summary>
    public void Forget()
    {
        Past = [.. Elements, .. Past];
        Elements = [];
        Recount();
    }

    /// <summary>Counts and queues are made anew from the elements' states.</summary>
    public void Recount()
    {
        _held.Clear();
        (_next, Open, Active, IsClosed) = (0, 0, 0, false);
    }

    /// <summary>The next element that waits for room; null when none does.</summary>
    public TaskInstance? NextWaiting()
    {
        if (IsClosed) return null;
        while (_held.TryDequeue(out var element, out _))
            if (element.State == TaskState.Scheduled) return element;
        if (!BeginsAtOnce) return null;
        while (_next < Elements.Length)
            if (Elements[_next++] is { State: TaskState.None } element) return element;
        return null;
    }

    /// <summary>What the whole is once every element is final: failed if one is, skipped if all are.</summary>
    public TaskState Sum()
    {
        var states = Elements.Select(e => e.State).ToHashSet();
        if (states.Contains(TaskState.Cancelled)) return TaskState.Cancelled;
        if (states.Contains(TaskState.Failed)) return TaskState.Failed;
        if (states.Contains(TaskState.UpstreamFailed)) return TaskState.UpstreamFailed;
        return states.Contains(TaskState.Success) ? TaskState.Success : TaskState.Skipped;
    }
}
