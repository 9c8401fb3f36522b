using Wizart.Flow.Engine.Callbacks;
using Wizart.Flow.Engine.Limits;
using Wizart.Flow.Execution;

namespace Wizart.Flow.Engine.Runs;

/// <summary>
/// A run that is being worked on, in memory: its row, its task instances, and the tallies that trigger rules look at.
/// Changed only by <see cref="RunPlanner"/>; what changed is taken with <see cref="TakeChanges"/> and stored over the
/// revision it was planned from. When the store refuses (another node was quicker), the whole is thrown away and loaded anew.
/// </summary>
public sealed partial class LiveRun
{
    private const int LargestRecent = 16 * 1024;
    private const long MostRecentBytes = 4 * 1024 * 1024;

    private readonly TaskInstance[] _instances;
    private readonly UpstreamTally[] _tallies;
    private readonly PriorityQueue<TaskInstance, (int, int, int)> _scheduled = new();
    private readonly List<TaskInstance> _changed = [];
    private readonly HashSet<TaskInstance> _isChanged = [];
    private readonly List<TaskAttempt> _ended = [];
    private readonly List<TaskOutput> _outputs = [];
    private readonly MappedTask?[] _mapped;
    private readonly IReadOnlySet<int>? _scope;
    private readonly List<MappedTask> _waitingMapped = [];
    private readonly Dictionary<(int Task, int Map), TaskValue> _recentOutputs = [];
    private long _recentBytes;
    private long _storedRevision;
    private RunState _storedState;

    /// <summary>Takes up a run as it is stored; instances that were never stored are in <see cref="TaskState.None"/>.</summary>
    public LiveRun(DagRun run, RunGraph graph, IEnumerable<TaskInstance> stored)
    {
        Run = run;
        Graph = graph;
        _storedRevision = run.Revision;
        _storedState = run.State;
        _scope = TaskScope.Of(graph.Model, run.OnlyTasks);
        _instances = new TaskInstance[graph.Tasks.Count];
        _tallies = new UpstreamTally[graph.Tasks.Count];
        _mapped = new MappedTask?[graph.Tasks.Count];
        var elements = new Dictionary<int, List<TaskInstance>>();
        foreach (var instance in stored)
        {
            if (instance.TaskIndex >= _instances.Length) continue;
            if (instance.MapIndex < 0) _instances[instance.TaskIndex] = instance;
            else if (elements.TryGetValue(instance.TaskIndex, out var list)) list.Add(instance);
            else elements[instance.TaskIndex] = [instance];
        }

        for (var i = 0; i < _instances.Length; i++)
        {
            _instances[i] ??= new TaskInstance { TaskIndex = i };
            if (graph.Tasks[i].ForEach is not null) TakeUpMapped(i, elements.GetValueOrDefault(i) ?? []);
        }

        Recount();
    }

    /// <summary>The run's row as it will be stored.</summary>
    public DagRun Run { get; private set; }

    /// <summary>Its version's tasks and edges.</summary>
    public RunGraph Graph { get; }

    /// <summary>One instance for each task; that of a mapped task stands for all its elements.</summary>
    public IReadOnlyList<TaskInstance> Instances => _instances;

    /// <summary>All instances: those of the tasks, and the elements of mapped ones.</summary>
    public IEnumerable<TaskInstance> AllInstances
    {
        get
        {
            for (var i = 0; i < _instances.Length; i++)
            {
                yield return _instances[i];
                if (_mapped[i] is not { IsSpread: true } mapped) continue;
                foreach (var element in mapped.Elements) yield return element;
            }
        }
    }

    /// <summary>Instances that are not final.</summary>
    public int Unfinished { get; private set; }

    /// <summary>
    /// Instances that are queued or running: those that count against the run's active tasks. Of tasks with limits that reach beyond
    /// the run only the running ones do: who waits for a pool must not keep the run's other tasks waiting.
    /// </summary>
    public int Active { get; private set; }

    /// <summary>Instances that are running.</summary>
    public int Running { get; private set; }

    /// <summary>Whether an instance failed whose failure fails the run.</summary>
    public bool HasFailure { get; private set; }

    /// <summary>Whether there is something to store.</summary>
    public bool HasChanges => Run.Revision != _storedRevision;

    /// <summary>Thrown away: its queued instances must not be claimed any more, the run is loaded anew.</summary>
    public bool IsEvicted { get; private set; }

    /// <summary>Whether the run is for some tasks only.</summary>
    public bool IsPartial => _scope is not null;

    /// <summary>Whether a task is not among those the run is for.</summary>
    public bool IsLeftOut(int taskIndex) => _scope is not null && !_scope.Contains(taskIndex);

    /// <summary>The instance of a plain task.</summary>
    public TaskInstance this[int taskIndex] => _instances[taskIndex];

    /// <summary>An element of a mapped task, or the task's own instance for -1; null when there is none.</summary>
    public TaskInstance? Find(int taskIndex, int mapIndex)
    {
        if (mapIndex < 0) return _instances[taskIndex];
        return _mapped[taskIndex] is { } mapped && mapIndex < mapped.Elements.Length ? mapped.Elements[mapIndex] : null;
    }

    /// <summary>What has changed since the last call, to be stored over <see cref="RunChanges.ExpectedRevision"/>.</summary>
    public RunChanges TakeChanges()
    {
        var changes = new RunChanges(Run, Graph, _storedRevision, [.. _changed], [.. _ended], [.. _outputs]) { StateBefore = _storedState, Rework = TakeRework() };
        _storedRevision = Run.Revision;
        _storedState = Run.State;
        _changed.Clear();
        _isChanged.Clear();
        _ended.Clear();
        _outputs.Clear();
        return WithHolding(changes);
    }

    /// <summary>Throws the run away.</summary>
    public void Evict() => IsEvicted = true;

    /// <summary>A small output that was produced lately; null when it must be read from the store.</summary>
    public TaskValue? RecentOutput(int taskIndex, int mapIndex = -1) => _recentOutputs.GetValueOrDefault((taskIndex, mapIndex));

    internal ref UpstreamTally TallyOf(int taskIndex) => ref _tallies[taskIndex];

    internal void Change(DagRun run) => Run = run with { Revision = _storedRevision + 1 };

    internal void Move(TaskInstance instance, TaskState state, string? reason = null)
    {
        if (Graph.HasLimits) NoteHolding(instance, state);
        Count(instance, -1);
        instance.State = state;
        instance.Reason = reason;
        Count(instance, +1);
        Touch(instance);
    }

    internal void Record(TaskAttempt attempt) => _ended.Add(attempt);

    internal void Record(TaskOutput output)
    {
        _outputs.Add(output);
        var bytes = output.Value.Json?.Utf8.Length ?? 0;
        if (bytes > LargestRecent || _recentBytes + bytes > MostRecentBytes) return;
        _recentBytes += bytes;
        _recentOutputs[(output.TaskIndex, output.MapIndex)] = output.Value;
    }

    internal void Hold(TaskInstance instance) =>
        _scheduled.Enqueue(instance, (-Graph.WeightOf(instance.TaskIndex), instance.TaskIndex, instance.MapIndex));

    internal TaskInstance? NextHeld()
    {
        while (_scheduled.TryDequeue(out var instance, out _))
            if (instance.State == TaskState.Scheduled) return instance;
        return null;
    }

    /// <summary>The mapped task's elements; null for a plain task.</summary>
    internal MappedTask? MappedOf(int taskIndex) => _mapped[taskIndex];

    /// <summary>Whether a further instance may become active.</summary>
    internal bool HasRoom => Graph.Model.MaxActiveTasks is not { } limit || Active < limit;

    /// <summary>Mapped tasks whose elements wait for room. Those that no longer do are dropped on the way.</summary>
    internal IReadOnlyList<MappedTask> WaitingMapped()
    {
        _waitingMapped.RemoveAll(mapped => !mapped.IsWaiting);
        return _waitingMapped;
    }

    internal void NoteWaiting(MappedTask mapped)
    {
        if (!_waitingMapped.Contains(mapped)) _waitingMapped.Add(mapped);
    }

    /// <summary>A mapped task's list is known.</summary>
    internal void NoteCount(MappedTask mapped, int count)
    {
        mapped.Whole.ListCount = count;
        if (mapped.Whole.State == TaskState.None) mapped.Whole.Elements = count; // otherwise it is at work on, or done with, an earlier list
        Touch(mapped.Whole);
    }

    /// <summary>Makes instances of a mapped task's elements.</summary>
    internal void Spread(MappedTask mapped, int count)
    {
        var past = mapped.Past;
        mapped.Spread(count, past);
        Revive(past, count);
        mapped.Whole.Elements = count;
        Move(mapped.Whole, TaskState.Running);
        foreach (var element in mapped.Elements) Count(element, +1);
        foreach (var downstream in Graph.DownstreamOf(mapped.Whole.TaskIndex))
            if (!Graph.IsElementwise(downstream, mapped.Whole.TaskIndex)) _tallies[downstream].Total += count - 1;
        if (mapped.IsWaiting) NoteWaiting(mapped);
    }

    private void TakeUpMapped(int taskIndex, List<TaskInstance> known)
    {
        var whole = _instances[taskIndex];
        var mapped = new MappedTask(Graph.Tasks[taskIndex], whole) { BeginsAtOnce = !Graph.IsElementwise(taskIndex) };
        _mapped[taskIndex] = mapped;
        whole.Elements ??= ElementCounts.Of(Graph.Tasks[taskIndex], Run);
        if (whole.State == TaskState.Running || known.Exists(element => element.State != TaskState.Removed))
            mapped.Spread(whole.Elements ?? known.Count, known);
        else
            mapped.Past = known;
        if (mapped.IsWaiting) NoteWaiting(mapped);
    }

    private void Touch(TaskInstance instance)
    {
        if (_isChanged.Add(instance)) _changed.Add(instance);
        if (Run.Revision == _storedRevision) Run = Run with { Revision = _storedRevision + 1 };
    }

    private void Count(TaskInstance instance, int by)
    {
        var mapped = _mapped[instance.TaskIndex];
        if (instance.MapIndex < 0 && mapped is not null && instance.State == TaskState.Running) return; // its elements count
        var isActive = instance.State is TaskState.Queued or TaskState.Running;
        if (Graph.HasRetriedGroups) CountInGroup(instance, by);
        if (!instance.State.IsFinal()) Unfinished += by;
        if (isActive && !IsWaitingForLimits(instance)) Active += by;
        if (instance.State == TaskState.Running) Running += by;
        if (instance.MapIndex >= 0)
        {
            if (!instance.State.IsFinal()) mapped!.Open += by;
            if (isActive) mapped!.Active += by;
        }

        if (by > 0 && instance.State == TaskState.Failed && !Graph.Tasks[instance.TaskIndex].AllowFailure) HasFailure = true;
    }

    private void Recount()
    {
        _openInGroups.Clear();
        _unspreadInGroups.Clear();
        foreach (var instance in AllInstances)
        {
            Count(instance, +1);
            if (instance.State != TaskState.Scheduled) continue;
            if (instance.MapIndex >= 0 && Graph.Tasks[instance.TaskIndex].AtMost is not null)
            {
                _mapped[instance.TaskIndex]!.Hold(instance);
                NoteWaiting(_mapped[instance.TaskIndex]!);
            }
            else
            {
                Hold(instance);
            }
        }

        ReleaseDoneGroups();
        foreach (var task in Graph.Tasks) RecountTally(task);
    }

    private void RecountTally(Model.TaskModel task)
    {
        ref var tally = ref _tallies[task.Index];
        foreach (var upstream in task.Upstream)
        {
            if (_mapped[upstream] is { IsSpread: true } spread)
            {
                if (Graph.IsElementwise(task.Index, upstream)) continue;
                tally.Total += spread.Elements.Length;
                foreach (var element in spread.Elements)
                    if (IsDoneFor(element, task.Index)) tally.Count(element.State);
            }
            else
            {
                var isDone = IsDoneFor(_instances[upstream], task.Index);
                if (isDone || !Graph.IsElementwise(task.Index, upstream)) tally.Total++;
                if (isDone) tally.Count(_instances[upstream].State);
            }
        }
    }
}

/// <summary>What a planning step changed of one run.</summary>
/// <param name="Run">The run's row, its revision raised.</param>
/// <param name="Graph">Its version's tasks, for their ids.</param>
/// <param name="ExpectedRevision">The revision that must be stored now; otherwise nothing of this is stored.</param>
/// <param name="Instances">Instances to insert or update.</param>
/// <param name="EndedAttempts">Attempts to insert.</param>
/// <param name="Outputs">Outputs to insert or replace.</param>
public sealed record RunChanges(
    DagRun Run,
    RunGraph Graph,
    long ExpectedRevision,
    IReadOnlyList<TaskInstance> Instances,
    IReadOnlyList<TaskAttempt> EndedAttempts,
    IReadOnlyList<TaskOutput> Outputs)
{
    /// <summary>The run's state as it is stored now.</summary>
    public RunState StateBefore { get; init; }

    /// <summary>What clearing removed or moved; null, as nearly always, when nothing was cleared.</summary>
    public RunRework? Rework { get; init; }

    /// <summary>Rows of the outbox to insert: who is to be told of these changes.</summary>
    public IReadOnlyList<Delivery> Deliveries { get; init; } = [];

    /// <summary>Slots that instances hold from now on.</summary>
    public IReadOnlyList<HeldSlots> Held { get; init; } = [];

    /// <summary>Instances that hold no slots any more.</summary>
    public IReadOnlyList<FreedSlots> Freed { get; init; } = [];
}

/// <summary>The output of one task instance.</summary>
public sealed record TaskOutput(int TaskIndex, int MapIndex, TaskValue Value);
