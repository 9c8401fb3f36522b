using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Tests.Runs;

/// <summary>
/// What a run with mapped tasks means, written as plainly as possible: a task is one instance until its list is known, then as
/// many as the list has elements. After each event everything that waits is looked at anew, until nothing changes.
/// </summary>
/// <param name="dag">The DAG; lists come from the script, from an output, or from the elements of another mapped task.</param>
internal sealed class ReferenceMapping(DagModel dag)
{
    private readonly Cell[] _wholes = [.. dag.Tasks.Select(_ => new Cell())];
    private readonly Cell[]?[] _elements = new Cell[dag.Tasks.Count][];
    private readonly int?[] _lists = new int?[dag.Tasks.Count];

    public RunState State { get; private set; } = RunState.Running;

    private RunState? EndingAs { get; set; }

    /// <summary>How many elements a task has become; 0 while it is one instance.</summary>
    public int Elements(int task) => _elements[task]?.Length ?? 0;

    /// <summary>What an element is now, or a task as a whole for -1; <see cref="TaskState.Queued"/> for whatever is ready.</summary>
    public TaskState this[int task, int map] => map < 0 ? Whole(task) : _elements[task]![map].State;

    public void Begin() => Settle();

    public void Start(int task, int map)
    {
        var cell = At(task, map);
        (cell.State, cell.Attempts) = (TaskState.Running, cell.Attempts + 1);
    }

    /// <summary>An attempt ended; a success gave a list of <paramref name="count"/> elements.</summary>
    public void End(int task, int map, TaskState outcome, bool mayRetry, int count)
    {
        var cell = At(task, map);
        var retry = dag.Tasks[task].Retry;
        if (outcome == TaskState.Failed && mayRetry && EndingAs is null && cell.Attempts <= retry.Count)
            cell.State = retry.Backoff.WaitBefore(cell.Attempts, 0.5) > TimeSpan.Zero ? TaskState.UpForRetry : TaskState.Queued;
        else
            cell.State = outcome;
        if (outcome == TaskState.Success && map < 0) _lists[task] = count;
        Settle();
    }

    public void RetryDue(int task, int map) => At(task, map).State = TaskState.Queued;

    public void Cancel()
    {
        if (State.IsFinal() || EndingAs is not null) return;
        EndAll(RunState.Cancelled);
        Settle();
    }

    /// <summary>Tasks of a run that has ended, and all that comes after them, begin anew.</summary>
    public void ClearEnded(IReadOnlyCollection<int> tasks)
    {
        foreach (var task in tasks) (_wholes[task], _elements[task], _lists[task]) = (new Cell(), null, null);
        (State, EndingAs) = (RunState.Running, null);
        Settle();
    }

    private Cell At(int task, int map) => map < 0 ? _wholes[task] : _elements[task]![map];

    private TaskState Whole(int task)
    {
        if (_elements[task] is not { } elements) return _wholes[task].State;
        if (elements.Any(e => !e.State.IsFinal())) return TaskState.Running;
        TaskState[] worst = [TaskState.Cancelled, TaskState.Failed, TaskState.UpstreamFailed, TaskState.Success, TaskState.Skipped];
        return worst.First(state => elements.Any(e => e.State == state));
    }

    private IEnumerable<Cell> Cells(int task) => _elements[task] ?? [_wholes[task]];

    private IEnumerable<Cell> All => dag.Tasks.SelectMany(task => Cells(task.Index));

    private int? SourceOf(TaskModel task, InputKind kind) =>
        task.ForEach is { } list && list.Kind == kind ? task.Upstream.Single(u => dag.Tasks[u].Id == list.Name) : null;

    private bool HasFailure => dag.Tasks.Any(task => !task.AllowFailure && Cells(task.Index).Any(c => c.State == TaskState.Failed));

    private void Settle()
    {
        if (State.IsFinal()) return;
        if (dag.FailFast && EndingAs is null && HasFailure) EndAll(RunState.Failed);
        while (EndingAs is null && dag.Tasks.Any(Look))
        {
        }

        if (All.Any(c => !c.State.IsFinal())) return;
        State = EndingAs ?? (HasFailure ? RunState.Failed : All.Any(c => c.State == TaskState.Cancelled) ? RunState.Cancelled : RunState.Success);
    }

    private void EndAll(RunState endsAs)
    {
        EndingAs = endsAs;
        foreach (var cell in All)
            if (cell.State != TaskState.Running && !cell.State.IsFinal()) cell.State = TaskState.Cancelled;
    }

    /// <summary>Whether something of a task changed.</summary>
    private bool Look(TaskModel task)
    {
        var source = SourceOf(task, InputKind.MappedOutput);
        if (_elements[task.Index] is { } elements)
        {
            // Those over a list were all ready when it was known; those that follow others are each decided by themselves.
            var changed = false;
            for (var map = 0; source is not null && map < elements.Length; map++) changed |= Set(elements[map], Decide(task, source, map));
            return changed;
        }

        var whole = _wholes[task.Index];
        if (whole.State != TaskState.None) return false;
        if (source is { } followed && _elements[followed] is { } spread) return Spread(task.Index, spread.Length, TaskState.None);
        if (source is { } other && !_wholes[other].State.IsFinal()) return false;
        var decided = Decide(task, null, -1);
        if (decided != TaskState.Queued || task.ForEach is null) return Set(whole, decided);

        var list = SourceOf(task, InputKind.Output);
        if (list is { } needed && !_wholes[needed].State.IsFinal()) return false;
        var count = list is { } from ? _lists[from] : task.ElementCount;
        if (count > 0) return Spread(task.Index, count.Value, TaskState.Queued);
        var isMissing = count is null && list is { } maker && _wholes[maker].State is not (TaskState.Success or TaskState.Skipped);
        return Set(whole, isMissing ? TaskState.UpstreamFailed : TaskState.Skipped);
    }

    private static bool Set(Cell cell, TaskState state)
    {
        if (cell.State != TaskState.None || state == TaskState.None) return false;
        cell.State = state;
        return true;
    }

    private bool Spread(int task, int count, TaskState state)
    {
        _elements[task] = [.. Enumerable.Range(0, count).Select(_ => new Cell { State = state })];
        return true;
    }

    /// <summary>Ready when the rule holds over all instances above; none while it still may; and what it becomes when it never can.</summary>
    private TaskState Decide(TaskModel task, int? followed, int map)
    {
        TaskState[] above = [.. task.Upstream.SelectMany(u => u == followed ? [_elements[u]![map].State] : Cells(u).Select(c => c.State))];
        if (ReferenceRule.Holds(task.TriggerRule, above)) return TaskState.Queued;
        TaskState[] ends = [TaskState.Success, TaskState.Failed, TaskState.Skipped, TaskState.UpstreamFailed];
        if (above.Any(s => !s.IsFinal()) && ends.Any(end => ReferenceRule.Holds(task.TriggerRule, [.. above.Select(s => s.IsFinal() ? s : end)])))
            return TaskState.None;
        var isFailure = above.Any(s => s is TaskState.Failed or TaskState.UpstreamFailed or TaskState.Cancelled);
        return isFailure && ReferenceRule.FailsByFailure(task.TriggerRule) ? TaskState.UpstreamFailed : TaskState.Skipped;
    }

    private sealed class Cell
    {
        public TaskState State { get; set; }

        public int Attempts { get; set; }
    }
}
