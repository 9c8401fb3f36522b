namespace Wizart.Flow.Engine.Runs;

/// <summary>What clearing and marking need of a run: instances put back, and everything counted anew.</summary>
public sealed partial class LiveRun
{
    private readonly HashSet<InstanceKey> _removedOutputs = [];
    private bool _restarted;

    /// <summary>The store has begun it: its row is taken over.</summary>
    public void Begin(DagRun row)
    {
        Run = row;
        (_storedRevision, _storedState) = (row.Revision, row.State);
    }

    /// <summary>The run had ended and is to run again, as soon as its DAG's limit lets.</summary>
    internal void Restart(string reason, DateTimeOffset now)
    {
        _restarted = true;
        Change(Run with
        {
            State = RunState.Queued,
            Reason = reason,
            QueuedAt = now,
            StartedAt = null,
            EndedAt = null,
            EndingAs = null,
            Restarts = Run.Restarts + 1,
        });
    }

    /// <summary>Puts an instance that nothing runs for back to where it has not begun.</summary>
    /// <param name="instance">The instance.</param>
    /// <param name="state">None, or removed.</param>
    /// <param name="reason">For people.</param>
    /// <param name="anew">Whether it is cleared: its retries, its output and what it kept begin anew.</param>
    internal void PutBack(TaskInstance instance, TaskState state, string? reason, bool anew)
    {
        (instance.QueuedAt, instance.StartedAt, instance.EndedAt, instance.RetryAt, instance.Asked) = (null, null, null, null, null);
        if (anew)
        {
            instance.Round = 0;
            (instance.AttemptsBefore, instance.Kept, instance.Chosen, instance.Wait) = (instance.Attempt, null, null, null);
            RemoveOutput(instance);
        }

        Move(instance, state, reason);
    }

    /// <summary>A mapped task is one instance again; its list is known as far as its source has made it.</summary>
    internal void Forget(MappedTask mapped, string reason)
    {
        foreach (var element in mapped.Elements) PutBack(element, TaskState.Removed, reason, anew: true);
        mapped.Forget();
        mapped.Whole.Elements = CountOf(mapped);
        PutBack(mapped.Whole, TaskState.None, reason, anew: true);
    }

    /// <summary>How many elements the list has now; null while its source has not made it, and for a task that goes over another one's elements.</summary>
    internal int? CountOf(MappedTask mapped)
    {
        var task = mapped.Whole.TaskIndex;
        if (Graph.IsElementwise(task)) return null;
        return ElementCounts.Of(Graph.Tasks[task], Run) ?? mapped.Whole.ListCount;
    }

    /// <summary>The task that makes a list was cleared.</summary>
    internal void ForgetList(MappedTask mapped)
    {
        mapped.Whole.ListCount = null;
        if (mapped.Whole.State == TaskState.None) mapped.Whole.Elements = CountOf(mapped);
        Touch(mapped.Whole);
    }

    internal void Ask(TaskInstance instance, TaskState asked, string reason)
    {
        (instance.Asked, instance.Reason) = (asked, reason);
        Touch(instance);
    }

    /// <summary>What was asked of an instance is overtaken by something that was asked later.</summary>
    internal void Unask(TaskInstance instance)
    {
        if (instance.Asked is null) return;
        instance.Asked = null;
        Touch(instance);
    }

    /// <summary>Works out all tallies and counts from the instances' states, as for a run that is loaded.</summary>
    internal void CountAnew()
    {
        Array.Clear(_tallies);
        (Unfinished, Active, Running, HasFailure) = (0, 0, 0, false);
        _scheduled.Clear();
        foreach (var mapped in _mapped) mapped?.Recount();
        Recount();
        foreach (var mapped in _mapped)
            if (mapped is { IsWaiting: true }) NoteWaiting(mapped);
    }

    private void RemoveOutput(TaskInstance instance)
    {
        var key = new InstanceKey(instance.TaskIndex, instance.MapIndex);
        if (instance.Attempt == 0) return;
        _removedOutputs.Add(key);
        _outputs.RemoveAll(output => output.TaskIndex == key.TaskIndex && output.MapIndex == key.MapIndex);
        if (_recentOutputs.Remove((key.TaskIndex, key.MapIndex), out var value)) _recentBytes -= value.Json?.Utf8.Length ?? 0;
    }

    private void Revive(IReadOnlyList<TaskInstance> past, int count)
    {
        foreach (var element in past)
        {
            if (element.MapIndex >= count) continue;
            (element.State, element.Reason, element.Round) = (TaskState.None, null, _instances[element.TaskIndex].Round);
            Touch(element);
        }
    }

    private RunRework? TakeRework()
    {
        if (!_restarted && _removedOutputs.Count == 0) return null;
        var rework = new RunRework { Restarted = _restarted, RemovedOutputs = [.. _removedOutputs] };
        _restarted = false;
        _removedOutputs.Clear();
        return rework;
    }
}
