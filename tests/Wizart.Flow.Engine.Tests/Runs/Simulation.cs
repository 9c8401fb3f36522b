using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Tests.Runs;

/// <summary>
/// Drives the planner through one run as the coordinator would, choosing at random what happens next, and checks with
/// every step what must always hold.
/// </summary>
internal sealed class Simulation
{
    private readonly System.Random _random;
    private readonly List<TaskInstance> _queued = [];
    private readonly List<TaskInstance> _retries = [];
    private readonly Dictionary<(int Task, int Map), TaskInstance> _store = [];
    private readonly HashSet<(int Task, int Map)> _final = [];
    private readonly Dictionary<(int Task, int Map), int> _succeeded = [];
    private readonly HashSet<(int Task, int Map)> _marked = [];
    private readonly Dictionary<(int Task, int Map), int> _rounds = [];
    private int _interventions = 6;
    private DateTimeOffset _now = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    public Simulation(DagModel model, int seed)
    {
        _random = new System.Random(seed);
        Run = new LiveRun(RunOf(model), new RunGraph(model), []);
    }

    public LiveRun Run { get; private set; }

    /// <summary>All that can be claimed and can end: a mapped task that is spread is represented by its elements.</summary>
    private IEnumerable<TaskInstance> Instances => Run.AllInstances.Where(i => i.MapIndex >= 0 || !IsSpread(i.TaskIndex));

    public int Steps { get; private set; }

    public static DagRun RunOf(DagModel model) => new()
    {
        Id = 1,
        DagId = model.Id,
        VersionId = 1,
        Kind = RunKind.Manual,
        LogicalDate = default,
        Interval = default,
        RunAfter = default,
        State = RunState.Running,
        CreatedBy = "test",
        QueuedAt = default,
    };

    /// <summary>Runs to the end; with some luck it is cancelled, and taken up again from what is stored, on the way.</summary>
    public void Play(bool mayCancel, bool mayReload, bool mayClear = false)
    {
        Take(RunPlanner.Start(Run, _now));
        while (!Run.Run.State.IsFinal() || mayClear && _interventions > 0 && _random.Next(4) > 0)
        {
            Steps++;
            Assert.True(Steps < 10_000, "The run does not end.");
            if (mayClear && _interventions > 0 && (Run.Run.State.IsFinal() || _random.Next(8) == 0)) Intervene();
            else if (mayCancel && _random.Next(40) == 0) Take(RunPlanner.Cancel(Run, RunState.Cancelled, "test", _now));
            else if (mayReload && _random.Next(15) == 0) Reload();
            else Step();
            CheckAlways();
        }

        CheckEnded();
    }

    /// <summary>A person clears or marks something, at random.</summary>
    private void Intervene()
    {
        _interventions--;
        var keys = Run.AllInstances.Where(_ => _random.Next(4) == 0).Select(i => new InstanceKey(i.TaskIndex, i.MapIndex)).ToArray();
        if (_random.Next(2) == 0) keys = [.. keys.SelectMany(WithDownstream).Distinct()];
        var wasEnding = Run.Run.EndingAs is not null && !Run.Run.State.IsFinal();
        if (_random.Next(3) > 0)
        {
            var plan = RunPlanner.Clear(Run, keys, "cleared", _now);
            Assert.True(plan is null || !wasEnding);
            Take(plan);
        }
        else
        {
            var state = new[] { TaskState.Success, TaskState.Failed, TaskState.Skipped }[_random.Next(3)];
            var touched = keys.SelectMany(Expand).ToArray();
            _marked.UnionWith(touched);
            Take(RunPlanner.Mark(Run, keys, state, "marked", _random.Next(2) == 0, _now));
        }

        _final.Clear();
        if (Run.Run.State != RunState.Queued) return;
        var changes = Save();
        Assert.True(changes.Rework is { Restarted: true });
        Run.Begin(Run.Run with { State = RunState.Running, Revision = Run.Run.Revision + 1 });
        if (_random.Next(2) == 0) Reload();
        else Take(RunPlanner.Resume(Run, _now));
    }

    private IEnumerable<InstanceKey> WithDownstream(InstanceKey key)
    {
        yield return key;
        foreach (var downstream in Run.Graph.DownstreamOf(key.TaskIndex).ToArray())
            foreach (var further in WithDownstream(new InstanceKey(downstream))) yield return further;
    }

    private IEnumerable<(int, int)> Expand(InstanceKey key) =>
        Run.AllInstances.Where(i => i.TaskIndex == key.TaskIndex && (key.MapIndex < 0 || i.MapIndex == key.MapIndex)).Select(i => (i.TaskIndex, i.MapIndex));

    private void Step()
    {
        _now += TimeSpan.FromSeconds(1);
        var running = Instances.Where(i => i.State == TaskState.Running).ToArray();
        _retries.RemoveAll(i => i.State != TaskState.UpForRetry);
        _queued.RemoveAll(i => i.State != TaskState.Queued);
        var choices = new List<Action>();
        if (_queued.Count > 0) choices.Add(ClaimOne);
        if (running.Length > 0) choices.Add(() => EndOne(running[_random.Next(running.Length)]));
        if (_retries.Count > 0) choices.Add(RetryOne);
        Assert.True(choices.Count > 0 || Run.Run.State.IsFinal(), $"Nothing can happen, yet the run is {Run.Run.State}: {Show()}");
        if (choices.Count > 0) choices[_random.Next(choices.Count)]();
    }

    private void ClaimOne()
    {
        var instance = _queued[_random.Next(_queued.Count)];
        CheckRuleHolds(instance);
        Assert.True(RunPlanner.Claim(Run, instance, "node", _now));
        Assert.False(RunPlanner.Claim(Run, instance, "node", _now), "An instance is claimed once.");
        _queued.Remove(instance);
    }

    private void EndOne(TaskInstance instance)
    {
        var error = new TaskError { Type = "Test", Message = "failed" };
        AttemptOutcome outcome = _random.Next(6) switch
        {
            0 => new AttemptOutcome.Failed(error),
            1 => new AttemptOutcome.Failed(error, MayRetry: false),
            2 => new AttemptOutcome.Skipped("nothing to do"),
            3 when Run.Run.EndingAs is not null || instance.Asked is not null => new AttemptOutcome.Cancelled("test"),
            _ => new AttemptOutcome.Succeeded(new TaskValue(JsonPayload.Parse("1"), null)) { Count = _random.Next(5) },
        };
        Assert.Null(RunPlanner.AttemptEnded(Run, instance, instance.Attempt - 1, outcome, _now, 0.5));
        var (asked, key) = (instance.Asked, (instance.TaskIndex, instance.MapIndex));
        Take(RunPlanner.AttemptEnded(Run, instance, instance.Attempt, outcome, _now, 0.5));
        if (asked is { } other)
        {
            Assert.DoesNotContain(Save().Outputs, o => (o.TaskIndex, o.MapIndex) == key);
            if (other != TaskState.None && instance.AttemptsBefore < instance.Attempt) Assert.Equal(other, instance.State);
            else Assert.False(instance.State is TaskState.Success or TaskState.Failed, $"A cleared instance is {instance.State} by its old outcome.");
        }
        else if (outcome is AttemptOutcome.Succeeded)
        {
            // The last of a group that failed ends it, and it begins anew.
            if (instance.AttemptsBefore < instance.Attempt) Assert.Equal(TaskState.Success, instance.State);
            _succeeded[key] = instance.Attempt;
        }

        Assert.Null(RunPlanner.AttemptEnded(Run, instance, instance.Attempt, outcome, _now, 0.5));
    }

    private void RetryOne()
    {
        var instance = _retries[_random.Next(_retries.Count)];
        Assert.Null(RunPlanner.RetryDue(Run, instance, instance.Attempt + 1, _now));
        Take(RunPlanner.RetryDue(Run, instance, instance.Attempt, _now));
        _retries.Remove(instance);
    }

    /// <summary>The daemon dies: what was stored is all that is left.</summary>
    private void Reload()
    {
        Save();
        Run = new LiveRun(Run.Run, Run.Graph, [.. _store.Values.Select(Copy)]);
        _queued.Clear();
        _retries.Clear();
        Take(RunPlanner.Resume(Run, _now));
        foreach (var instance in Instances.Where(i => i.State == TaskState.Running).ToArray())
        {
            var lost = new AttemptOutcome.Failed(new TaskError { Type = "Lost", Message = "lost" });
            Take(RunPlanner.AttemptEnded(Run, instance, instance.Attempt, lost, _now, 0.5, lost: true));
        }
    }

    /// <summary>What the store would hold: an instance's row as it was last changed.</summary>
    private RunChanges Save()
    {
        var changes = Run.TakeChanges();
        foreach (var instance in changes.Instances) _store[(instance.TaskIndex, instance.MapIndex)] = Copy(instance);
        return changes;
    }

    private static TaskInstance Copy(TaskInstance instance) => instance.At(instance.TaskIndex);

    private void Take(RunPlan? plan)
    {
        if (plan is null) return;
        _queued.AddRange(plan.Queued);
        _retries.AddRange(plan.Retries);
    }

    /// <summary>No start before its rule holds: worked out from the states themselves, not from the planner's tallies.</summary>
    private void CheckRuleHolds(TaskInstance instance)
    {
        var task = Run.Graph.Tasks[instance.TaskIndex];
        var states = task.Upstream.SelectMany(u => StatesOf(instance, u)).ToArray();
        if (task.TeardownOf is { } setup)
        {
            Assert.All(states, s => Assert.True(s.IsFinal()));
            Assert.Equal(TaskState.Success, (Run.Find(setup, instance.MapIndex) ?? Run[setup]).State);
            return;
        }

        Assert.True(ReferenceRule.Holds(task.TriggerRule, states), $"{task.Id} starts by {task.TriggerRule} over [{string.Join(", ", states)}]");
    }

    private IEnumerable<TaskState> StatesOf(TaskInstance instance, int upstream)
    {
        if (!IsSpread(upstream)) return [Run[upstream].State];
        if (Run.Graph.IsElementwise(instance.TaskIndex, upstream)) return [Run.Find(upstream, instance.MapIndex)!.State];
        CheckIsSettled(instance.TaskIndex, upstream);
        return Run.AllInstances.Where(i => i.TaskIndex == upstream && i.MapIndex >= 0).Select(i => i.State);
    }

    /// <summary>What a group that is retried as one gave is seen outside of it only when nothing of it runs or may run again.</summary>
    private void CheckIsSettled(int task, int upstream)
    {
        if (Run.Graph.RetriedGroupOf(upstream) is not (>= 0 and var group) || Run.Graph.RetriedGroupOf(task) == group) return;
        var model = Run.Graph.Model.Groups[group];
        if (model.ForEach is not null) return; // settled element by element
        var members = Instances.Where(i => Run.Graph.RetriedGroupOf(i.TaskIndex) == group).ToArray();
        if (Run.Graph.Tasks[task].TriggerRule is TriggerRule.AllSuccess or TriggerRule.AllDone)
            Assert.All(members.Where(m => m.TaskIndex == upstream), m => Assert.True(m.State.IsFinal(), Show()));
    }

    private bool IsSpread(int taskIndex) => Run.Find(taskIndex, 0) is not null;

    private void CheckAlways()
    {
        // A group that begins anew takes with it what went over the elements of a list that is made anew.
        if (Run.AllInstances.Any(i => _rounds.TryGetValue((i.TaskIndex, i.MapIndex), out var round) && round != i.Round)) _final.Clear();
        foreach (var instance in Instances)
        {
            var task = Run.Graph.Tasks[instance.TaskIndex];
            if (Run.Graph.RetriedGroupOf(instance.TaskIndex) is >= 0 and var group) Assert.InRange(instance.Round, 0, Run.Graph.Model.Groups[group].Retry);
            if (_final.Contains((instance.TaskIndex, instance.MapIndex))) Assert.True(instance.State.IsFinal(), $"{task.Id} was final and is {instance.State}. {Show()}");
            if (instance.State.IsFinal()) _final.Add((instance.TaskIndex, instance.MapIndex));
            var attempts = instance.Attempt - instance.AttemptsBefore;
            Assert.True(attempts <= task.Retry.Count + 1, $"{task.Id} had {attempts} attempts of {task.Retry.Count + 1}.");
        }

        foreach (var instance in Run.AllInstances) _rounds[(instance.TaskIndex, instance.MapIndex)] = instance.Round;
        Assert.Equal(Instances.Count(i => !i.State.IsFinal()), Run.Unfinished);
        Assert.Equal(Instances.Count(i => i.State is TaskState.Queued or TaskState.Running), Run.Active);
        if (Run.Graph.Model.MaxActiveTasks is { } limit) Assert.True(Run.Active <= limit, $"{Run.Active} active, limit {limit}");
        foreach (var mapped in Instances.Where(i => i.MapIndex >= 0).GroupBy(i => i.TaskIndex))
            if (Run.Graph.Tasks[mapped.Key].AtMost is { } most)
                Assert.InRange(mapped.Count(i => i.State is TaskState.Queued or TaskState.Running), 0, most);
    }

    private void CheckEnded()
    {
        Assert.All(Run.AllInstances, i => Assert.True(i.State.IsFinal(), Show()));
        foreach (var instance in Instances.Where(i => i.State == TaskState.Success))
        {
            var key = (instance.TaskIndex, instance.MapIndex);
            if (_marked.Contains(key)) continue;
            Assert.Equal(instance.Attempt, _succeeded[key]);
            Assert.True(instance.Attempt > instance.AttemptsBefore, "A success from before the last clear does not count.");
        }

        var failed = Instances.Any(i => i.State == TaskState.Failed && !Run.Graph.Tasks[i.TaskIndex].AllowFailure);
        var expected = Run.Run.EndingAs ?? (failed ? RunState.Failed : Run.Instances.Any(i => i.State == TaskState.Cancelled) ? RunState.Cancelled : RunState.Success);
        Assert.Equal(expected, Run.Run.State);
    }

    private string Show() => string.Join(" ", Run.AllInstances.Select(i => $"{Run.Graph.Tasks[i.TaskIndex].Id}[{i.MapIndex}]:{i.State}"));
}
