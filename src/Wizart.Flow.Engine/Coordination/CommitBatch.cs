using Wizart.Flow.Engine.Attempts;
using Wizart.Flow.Engine.Callbacks;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;

namespace Wizart.Flow.Engine.Coordination;

/// <summary>One commit being put together: what it changes, and what follows once it is durable.</summary>
internal sealed partial class CommitBatch(RunCoordinator.State state, IFlowTransaction transaction, DateTimeOffset now)
{
    private readonly Dictionary<long, TouchedRun> _touched = [];
    private readonly HashSet<string> _dagsToFill = [];
    private readonly List<DagRun> _started = [];
    private readonly List<(LiveRun Run, TaskInstance Instance)> _triggers = [];
    private readonly List<AttemptKey> _claimed = [];
    private readonly List<AttemptKey> _freed = [];
    private readonly HashSet<AttemptKey> _logged = [];
    private readonly HashSet<AttemptKey> _progressed = [];
    private readonly List<TouchedRun> _conflicts = [];
    private StoreWrites _writes = new();

    public IFlowTransaction Transaction => transaction;

    public DateTimeOffset Now => now;

    /// <summary>Runs whose changes are in this commit.</summary>
    public IEnumerable<TouchedRun> Touched => _touched.Values;

    /// <summary>Runs that began, or were taken up again, in this commit.</summary>
    public IReadOnlyList<DagRun> Started => _started;

    /// <summary>Attempts whose log grows by this commit.</summary>
    public IReadOnlyCollection<AttemptKey> Logged => _logged;

    /// <summary>Attempts of which this commit stores how far they are.</summary>
    public IReadOnlyCollection<AttemptKey> Progressed => _progressed;

    public double Chance() => state.Chance();

    /// <summary>Whether the store knows an attempt as running on this node, though no slot runs it.</summary>
    public bool IsLost(LiveRun run, TaskInstance instance) =>
        instance.State == TaskState.Running && instance.Node == state.NodeName
        && !state.Occupied.Contains(new AttemptKey(run.Run.Id, instance.TaskIndex, instance.MapIndex, instance.Attempt));

    /// <summary>An attempt gave its slot back.</summary>
    public void Free(AttemptKey key)
    {
        if (state.Occupied.Remove(key)) _freed.Add(key);
    }

    /// <summary>Nothing of this was stored: slots and runs are as before.</summary>
    public void Undo()
    {
        foreach (var key in _claimed) state.Occupied.Remove(key);
        foreach (var key in _freed) state.Occupied.Add(key);
        foreach (var touched in _touched.Values) state.Runs.Evict(touched.Run);
        UndoLimits();
    }

    public void Fill(string dagId) => _dagsToFill.Add(dagId);

    public void Add(StoreWrites told)
    {
        _writes.Logs.AddRange(told.Logs);
        foreach (var chunk in told.Logs) _logged.Add(chunk.Key);
        _writes.Progress.AddRange(told.Progress);
        foreach (var update in told.Progress) _progressed.Add(update.Key);
        _writes.Metrics.AddRange(told.Metrics);
        _writes.Artifacts.AddRange(told.Artifacts);
    }

    /// <summary>The run a message is about, loaded when it is not in memory; null when there is none.</summary>
    public async ValueTask<LiveRun?> RunAsync(long runId, Message message)
    {
        var run = _touched.TryGetValue(runId, out var known) ? known.Run : state.Runs.Find(runId);
        if (run is null)
        {
            run = await state.Runs.LoadAsync(runId).ConfigureAwait(false);
            if (run is null) return null;

            // A commit may have been stored though it was told to have failed, and what it left in the outbox is not known.
            Touch(run).HasDeliveries = run.Graph.HasCallbacks;
            if (run.Run.State == RunState.Running)
            {
                Plan(run, RunPlanner.Resume(run, now));
                _started.Add(run.Run);
            }
        }

        Touch(run).Messages.Add(message);
        return run;
    }

    /// <summary>A run that has ended, on another version of its DAG; null when it was changed meanwhile.</summary>
    public async ValueTask<LiveRun?> MovedRunAsync(StoredRun stored, RunMove move, Message message)
    {
        if (_touched.ContainsKey(move.RunId) || !await transaction.MoveRunAsync(move).ConfigureAwait(false)) return null;
        var run = await state.Runs.MovedAsync(stored, move).ConfigureAwait(false);
        Touch(run).Messages.Add(message);
        return run;
    }

    /// <summary>Takes up what planning gave; false when there was nothing to plan.</summary>
    public bool Plan(LiveRun run, RunPlan? plan)
    {
        if (plan is null) return false;
        var touched = Touch(run);
        touched.Retries.AddRange(plan.Retries);
        touched.Stops.AddRange(plan.Stops);
        touched.Waits.AddRange(plan.Waits);
        foreach (var instance in plan.Triggers) _triggers.Add((run, instance));
        foreach (var instance in plan.Queued) state.Ready.Add(run, instance);
        TakeLimits(run, plan);
        if (!plan.Ended) return true;
        touched.Ended = true;
        Fill(run.Run.DagId);
        return true;
    }

    /// <summary>Claims, writes and starts runs until nothing more follows; then commits.</summary>
    /// <returns>Runs that another node was quicker with; nothing of theirs is in the commit.</returns>
    public async ValueTask<IReadOnlyList<TouchedRun>> CompleteAsync()
    {
        while (true)
        {
            await ClaimAsync().ConfigureAwait(false);
            CollectChanges();
            if (_dagsToFill.Count == 0 && _triggers.Count == 0 && _taskUpdates is null && !HasPastsToCheck)
            {
                // What a refused run leaves free is claimed in the commit that takes the run up again.
                Refuse(await transaction.WriteAndCommitAsync(_writes).ConfigureAwait(false));
                return _conflicts;
            }

            await FlushAsync().ConfigureAwait(false);
            await UpdateAssetsAsync().ConfigureAwait(false);
            await TriggerAsync().ConfigureAwait(false);
            await PauseAsync().ConfigureAwait(false);
            await CheckPastsAsync().ConfigureAwait(false);
            await StartRunsAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask FlushAsync()
    {
        if (!_writes.IsEmpty) Refuse(await transaction.WriteAsync(_writes).ConfigureAwait(false));
        _writes = new StoreWrites();
    }

    private bool CanClaim() => state.MayClaim && state.Occupied.Count < state.Slots && state.Ready.Count > 0;

    private async ValueTask ClaimAsync()
    {
        while (CanClaim() && state.Ready.TryTake(out var ready, out var line))
        {
            if (line is null) await ClaimAsync(ready.Run, ready.Instance).ConfigureAwait(false);
            else await ClaimFromAsync(line).ConfigureAwait(false);
        }
    }

    private async ValueTask ClaimAsync(LiveRun run, TaskInstance instance)
    {
        var touched = Touch(run); // first: should the rest fail, what was planned here must not be taken for stored
        if (!RunPlanner.Claim(run, instance, state.NodeName, now)) return;
        var (version, _) = await state.Runs.VersionAsync(run.Run.VersionId).ConfigureAwait(false);
        var claim = Claimed(run, instance, version);
        state.Occupied.Add(claim.Key);
        _claimed.Add(claim.Key);
        touched.Claims.Add(claim);
    }

    private void CollectChanges()
    {
        foreach (var touched in _touched.Values)
        {
            if (!touched.Run.HasChanges) continue;
            var changes = touched.Run.TakeChanges();
            if (CallbackDeliveries.Of(changes, now) is { Count: > 0 } deliveries)
            {
                changes = changes with { Deliveries = deliveries };
                touched.HasDeliveries = true;
            }

            state.Waits.NoteEnds(changes);
            NoteEnds(changes);
            CollectUpdates(touched.Run, changes);
            _writes.Runs.Add(changes);
        }
    }

    private void Refuse(IReadOnlyList<long> runs)
    {
        if (runs.Count == 0) return;
        foreach (var id in runs)
        {
            var touched = _touched[id];
            _touched.Remove(id);
            foreach (var claim in touched.Claims) state.Occupied.Remove(claim.Key);
            state.Runs.Evict(touched.Run); // what is left of it here is out of date, and must not be claimed any more
            _conflicts.Add(touched);
        }

        WakeUsed();
    }

    private async ValueTask StartRunsAsync()
    {
        string[] dags = [.. _dagsToFill];
        _dagsToFill.Clear();
        foreach (var dagId in dags)
        {
            if (state.MaxActiveRuns(dagId) is not { } limit) continue;
            foreach (var row in await transaction.StartRunsAsync(dagId, limit, now, state.FindDag(dagId)?.Version.Model.NewestFirst == true).ConfigureAwait(false))
            {
                var run = _touched.TryGetValue(row.Id, out var touched)
                    ? state.Runs.Begin(touched.Run, row)
                    : await state.Runs.BeginAsync(row).ConfigureAwait(false);
                _started.Add(row);
                Plan(run, LiveRuns.IsFresh(row) ? RunPlanner.Start(run, now) : RunPlanner.Resume(run, now));
            }

            await OverlapAsync(dagId).ConfigureAwait(false);
        }
    }

    private static ClaimedAttempt Claimed(LiveRun run, TaskInstance instance, DagVersion version)
    {
        var task = run.Graph.Tasks[instance.TaskIndex];
        Dictionary<int, Execution.TaskValue>? known = null;
        foreach (var upstream in task.Upstream)
            if (run.RecentOutput(upstream, run.Graph.IsInSameMappedGroup(task.Index, upstream) ? instance.MapIndex : -1) is { } value)
                (known ??= [])[upstream] = value;

        var claimed = new ClaimedAttempt
        {
            Run = run.Run,
            Version = version,
            Task = task,
            MapIndex = instance.MapIndex,
            Number = instance.Attempt,
            Look = instance.Wait?.Looks ?? 0,
            AttemptsBefore = instance.AttemptsBefore,
            Kept = instance.Kept,
        };
        if (run.Graph.ListSourceOf(task.Index) is >= 0 and var list) claimed = claimed with { ListAttempt = run[list].Attempt };
        if (known is not null) claimed = claimed with { KnownOutputs = known };
        if (run.Graph.MappedGroupOf(task.Index) >= 0)
            claimed = claimed with { PerElement = [.. task.Upstream.Where(upstream => run.Graph.IsInSameMappedGroup(task.Index, upstream))] };
        return run.Graph.FollowedBy(task.Index) is >= 0 and var source
            ? claimed with { KnownElement = run.RecentOutput(source, instance.MapIndex) }
            : claimed;
    }

    private TouchedRun Touch(LiveRun run)
    {
        if (_touched.TryGetValue(run.Run.Id, out var touched)) return touched;
        return _touched[run.Run.Id] = new TouchedRun(run);
    }
}

/// <summary>A run that a commit changes, and what follows once it is durable.</summary>
internal sealed class TouchedRun(LiveRun run)
{
    public LiveRun Run => run;

    public List<Message> Messages { get; } = [];

    public List<ClaimedAttempt> Claims { get; } = [];

    public List<TaskInstance> Retries { get; } = [];

    public List<AttemptStop> Stops { get; } = [];

    public List<TaskInstance> Waits { get; } = [];

    public bool Ended { get; set; }

    /// <summary>Whether the outbox may hold something of it that nobody has taken up.</summary>
    public bool HasDeliveries { get; set; }
}
