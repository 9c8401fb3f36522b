using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Tests.Runs;

/// <summary>
/// What a run means, written as plainly as possible: after each event every task that waits is looked at anew, over the states
/// of all that it waits for, until nothing changes. No tallies, no queues, no limits: what is ready is ready.
/// </summary>
/// <param name="dag">The DAG.</param>
/// <param name="leftOut">Tasks that the run is not for.</param>
internal sealed class ReferenceModel(DagModel dag, IReadOnlyCollection<int> leftOut)
{
    private readonly Instance[] _instances = [.. dag.Tasks.Select(task => new Instance { State = leftOut.Contains(task.Index) ? TaskState.Removed : TaskState.None })];

    public RunState State { get; private set; } = RunState.Running;

    public RunState? EndingAs { get; private set; }

    /// <summary>What a task is now; <see cref="TaskState.Queued"/> for whatever is ready.</summary>
    public TaskState this[int task] => _instances[task].State;

    public void Start(int task)
    {
        _instances[task].State = TaskState.Running;
        _instances[task].Attempts++;
    }

    public void End(int task, TaskState outcome, bool mayRetry)
    {
        var instance = _instances[task];
        if (instance.Asked is { } asked)
        {
            (instance.Asked, instance.State) = (null, asked != TaskState.None ? asked : EndingAs is null ? TaskState.None : TaskState.Cancelled);
            if (instance.State == TaskState.None) instance.Attempts = 0;
        }
        else if (outcome == TaskState.Failed && mayRetry && EndingAs is null && instance.Attempts <= dag.Tasks[task].Retry.Count)
        {
            instance.State = Decide(task) switch
            {
                TaskState.Queued when dag.Tasks[task].Retry.Backoff.WaitBefore(instance.Attempts, 0.5) > TimeSpan.Zero => TaskState.UpForRetry,
                TaskState.Queued => TaskState.Queued,
                TaskState.None => TaskState.None,
                _ => TaskState.Failed,
            };
        }
        else
        {
            instance.State = outcome;
        }

        Settle();
    }

    public void RetryDue(int task) => _instances[task].State = TaskState.Queued;

    public void Cancel()
    {
        if (State.IsFinal() || EndingAs is not null) return;
        EndAll(RunState.Cancelled);
        Settle();
    }

    public void Clear(IReadOnlyCollection<int> tasks)
    {
        if (EndingAs is not null && !State.IsFinal() || State.IsFinal() && tasks.Count == 0) return;
        (State, EndingAs) = (RunState.Running, null);
        foreach (var task in tasks)
        {
            var instance = _instances[task];
            if (instance.State == TaskState.Running) instance.Asked = TaskState.None;
            else (instance.State, instance.Attempts) = (leftOut.Contains(task) ? TaskState.Removed : TaskState.None, 0);
        }

        WaitAgain(tasks);
        Settle();
    }

    public void Mark(IReadOnlyCollection<int> tasks, TaskState state, bool goesOn)
    {
        var changed = new HashSet<int>();
        foreach (var task in tasks)
        {
            var instance = _instances[task];
            if (instance.State == TaskState.Running ? instance.Asked == state : instance.State == state) continue;
            if (instance.State == TaskState.Running) instance.Asked = state;
            else instance.State = state;
            changed.Add(task);
        }

        if (changed.Count == 0) return;
        if (goesOn && state != TaskState.Failed && (EndingAs is null || State.IsFinal()))
        {
            // All that failed only because something above it did, and hangs on a changed task through nothing but the same.
            foreach (var task in dag.Tasks.OrderBy(t => t.Index))
                if (this[task.Index] == TaskState.UpstreamFailed && task.Upstream.Any(changed.Contains))
                {
                    (_instances[task.Index].State, _instances[task.Index].Attempts) = (TaskState.None, 0);
                    changed.Add(task.Index);
                }
        }

        WaitAgain(changed);
        if (!State.IsFinal()) Settle();
        else if (_instances.Any(i => !i.State.IsFinal())) (State, EndingAs) = (RunState.Running, null);
        else EndAnew();
        Settle();
    }

    private void EndAnew()
    {
        if (_instances.All(i => i.State != TaskState.Cancelled)) EndingAs = null;
        State = EndState;
    }

    private RunState EndState =>
        EndingAs ?? (HasFailure ? RunState.Failed : _instances.Any(i => i.State == TaskState.Cancelled) ? RunState.Cancelled : RunState.Success);

    private void WaitAgain(IEnumerable<int> above)
    {
        foreach (var task in dag.Tasks)
            if (task.Upstream.Intersect(above).Any() && this[task.Index] is (TaskState.Queued or TaskState.UpForRetry))
                _instances[task.Index].State = TaskState.None;
    }

    private void Settle()
    {
        if (State.IsFinal()) return;
        if (dag.FailFast && EndingAs is null && HasFailure) EndAll(RunState.Failed);
        for (var changes = true; changes && EndingAs is null;)
        {
            changes = false;
            foreach (var task in dag.Tasks)
            {
                if (this[task.Index] != TaskState.None || Decide(task.Index) is TaskState.None) continue;
                _instances[task.Index].State = Decide(task.Index);
                changes = true;
            }
        }

        if (_instances.Any(i => !i.State.IsFinal())) return;
        State = EndState;
    }

    private void EndAll(RunState endsAs)
    {
        EndingAs = endsAs;
        foreach (var instance in _instances)
            if (instance.State != TaskState.Running && !instance.State.IsFinal()) instance.State = TaskState.Cancelled;
    }

    private bool HasFailure => dag.Tasks.Any(task => this[task.Index] == TaskState.Failed && !task.AllowFailure);

    /// <summary>Ready when the rule holds; none while it still may; and what it becomes when it never can.</summary>
    private TaskState Decide(int task)
    {
        var rule = dag.Tasks[task].TriggerRule;
        TaskState[] above = [.. dag.Tasks[task].Upstream.Select(u => this[u])];
        if (ReferenceRule.Holds(rule, above)) return TaskState.Queued;
        TaskState[] ends = [TaskState.Success, TaskState.Failed, TaskState.Skipped, TaskState.UpstreamFailed];
        if (above.Any(s => !s.IsFinal()) && ends.Any(end => ReferenceRule.Holds(rule, [.. above.Select(s => s.IsFinal() ? s : end)]))) return TaskState.None;
        var isFailure = above.Any(s => s is TaskState.Failed or TaskState.UpstreamFailed or TaskState.Cancelled);
        return isFailure && ReferenceRule.FailsByFailure(rule) ? TaskState.UpstreamFailed : TaskState.Skipped;
    }

    private sealed class Instance
    {
        public TaskState State { get; set; }

        public TaskState? Asked { get; set; }

        /// <summary>Since it was last cleared.</summary>
        public int Attempts { get; set; }
    }
}
