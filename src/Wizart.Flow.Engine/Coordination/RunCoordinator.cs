using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Wizart.Flow.Engine.Alarms;
using Wizart.Flow.Engine.Attempts;
using Wizart.Flow.Engine.Requests;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Coordination;

/// <summary>
/// Where everything that changes a run comes together: messages that arrive while a commit is under way share the next
/// one (group commit). Whoever posts a message while nobody leads a commit leads it himself, so that a lone message
/// costs no change of thread.
/// </summary>
public sealed partial class RunCoordinator
{
    private const int MessagesPerCommit = 512;
    private static readonly TimeSpan[] Backoff = [.. new[] { 0.05, 0.2, 1, 5 }.Select(TimeSpan.FromSeconds)];

    private readonly ConcurrentQueue<Message> _inbox = new();
    private readonly IFlowStore _store;
    private readonly TimeProvider _time;
    private readonly ILogger<RunCoordinator> _log;
    private readonly State _state;
    private readonly RunFeed _feed;
    private readonly RunningAttempts _running;
    private readonly IAlarms _alarms;
    private readonly HashSet<long> _resuming = [];
    private IDispatcher? _dispatcher;
    private int _leading;
    private int _failures;

    /// <summary>Makes a coordinator; <see cref="Open"/> lets it begin to hand out attempts.</summary>
    public RunCoordinator(
        IFlowStore store, LiveRuns runs, RunningAttempts running, RunFeed feed, IAlarms alarms, CoordinatorOptions options,
        TimeProvider time, ILogger<RunCoordinator> log)
    {
        (_store, _running, _feed, _alarms, _time, _log) = (store, running, feed, alarms, time, log);
        _state = new State(runs, options);
    }

    /// <summary>Raised when a run ended, after its end is durable.</summary>
    public event Action<DagRun>? RunEnded;

    /// <summary>Raised when a run was created, after that is durable.</summary>
    internal event Action<DagRun>? RunCreated;

    /// <summary>Raised when deliveries of a run were stored, or may have been, after that is durable.</summary>
    internal event Action<long>? DeliveriesStored;

    /// <summary>Lets attempts be claimed and dispatched.</summary>
    public void Open(IDispatcher dispatcher)
    {
        _dispatcher = dispatcher;
        _state.MayClaim = true;
    }

    /// <summary>Claims no further attempts; those under way still end here.</summary>
    public void Close() => _state.MayClaim = false;

    /// <summary>Stores a new run and starts it when its DAG's limit lets; null when there is one of this kind and date already.</summary>
    /// <param name="run">The run.</param>
    /// <param name="assetEvents">The updates of assets that started it; null for none.</param>
    public Task<DagRun?> CreateRunAsync(DagRun run, IReadOnlyCollection<long>? assetEvents = null) => PostAsync(new CreateRun(run, assetEvents));

    /// <summary>Stores a new run unless its request was done before; null then.</summary>
    internal Task<DagRun?> CreateRunAsync(DagRun run, Once<DagRun> once) => PostAsync(new CreateRun(run, null, once));

    /// <summary>Starts queued runs of a DAG as far as its limit lets.</summary>
    public Task StartQueuedAsync(string dagId) => PostAsync(new FillDag(dagId));

    /// <summary>Stores how an attempt ended, with the last of what it told; gives the next attempt for its slot, or null.</summary>
    public Task<ClaimedAttempt?> EndAttemptAsync(ClaimedAttempt attempt, AttemptOutcome outcome, StoreWrites told) =>
        PostAsync(new EndAttempt(attempt, outcome, told));

    /// <summary>The wait before a retry is over.</summary>
    public Task RetryDueAsync(Alarm.RetryDue alarm) => PostAsync(new DueRetry(alarm.RunId, alarm.TaskIndex, alarm.MapIndex, alarm.Attempt));

    /// <summary>A deferred instance is to be looked at again, or has waited as long as it may.</summary>
    public Task LookAsync(Alarm.LookDue alarm) => PostAsync(new DueLook(new WaitKey(alarm.RunId, alarm.TaskIndex, alarm.MapIndex, alarm.Looks), rings: true));

    /// <summary>What a deferred instance waits for has come; false when it no longer waits for it.</summary>
    internal Task<bool> EndWaitAsync(WaitKey key, AttemptOutcome outcome) => PostAsync(new EndWait(key, outcome));

    /// <summary>Ends a run before its time; false when it had ended, or was ending, already.</summary>
    public Task<bool> CancelAsync(long runId, RunState endsAs, string reason) => PostAsync(new CancelRun(runId, endsAs, reason));

    /// <summary>Takes a stored run up again after a start; attempts that ran on this node are lost and follow their retry policy.</summary>
    public Task ResumeAsync(long runId) => PostAsync(new ResumeRun(runId));

    /// <summary>Clears or marks something of a run; false when there was nothing to do.</summary>
    internal Task<bool> ReworkAsync(long runId, Func<LiveRun, DateTimeOffset, RunPlan?> step) => PostAsync(new ReworkRun(runId, step));

    /// <summary>The same on another version of its DAG; false when the run was changed meanwhile.</summary>
    internal Task<bool> ReworkAsync(StoredRun stored, RunMove move, Func<LiveRun, DateTimeOffset, RunPlan?> step) =>
        PostAsync(new ReworkRun(stored.Run.Id, step) { Move = (stored, move) });

    /// <summary>Stores what an attempt tells, soon.</summary>
    public void Store(StoreWrites told) => _ = PostAsync(new StoreTold(told));

    /// <summary>Complete when everything posted up to now is stored.</summary>
    public Task WhenStoredAsync() => PostAsync(new StoreTold(new StoreWrites()));

    /// <summary>About how many instances, and lines of those that limits hold, wait for a slot of this node.</summary>
    public int Waiting => _state.Ready.Count;

    /// <summary>Whether nothing is being stored, and nothing waits to be.</summary>
    internal bool IsQuiet => _inbox.IsEmpty && Volatile.Read(ref _leading) == 0;

    /// <summary>Stores anything else in the same order and the same commits.</summary>
    public Task<T> ExecuteAsync<T>(Func<IFlowTransaction, ValueTask<T>> action) => PostAsync(new Execute<T>(action));

    /// <summary>A run was stored by <see cref="ExecuteAsync"/>, and what watches new runs is to know of it.</summary>
    internal void TellCreated(DagRun run) => RunCreated?.Invoke(run);

    private Task<T> PostAsync<T>(Message<T> message)
    {
        _inbox.Enqueue(message);
        if (TryLead()) _ = LeadAsync();
        return message.Completion;
    }

    private bool TryLead() => Interlocked.CompareExchange(ref _leading, 1, 0) == 0;

    private async Task LeadAsync()
    {
        var messages = new List<Message>();
        while (messages.Count < MessagesPerCommit && _inbox.TryDequeue(out var message)) messages.Add(message);
        if (messages.Count > 0) await CommitAsync(messages).ConfigureAwait(false);

        // The leader has work of its own to go on with: whoever led this commit does not lead the next one too.
        Volatile.Write(ref _leading, 0);
        if (!_inbox.IsEmpty && TryLead())
            ThreadPool.UnsafeQueueUserWorkItem(static self => _ = self.LeadAsync(), this, preferLocal: false);
    }

    private async Task CommitAsync(List<Message> messages)
    {
        CommitBatch? batch = null;
        try
        {
            await using var transaction = await _store.BeginAsync(CancellationToken.None).ConfigureAwait(false);
            batch = new CommitBatch(_state, transaction, _time.GetUtcNow());
            foreach (var message in messages) await message.ApplyAsync(batch).ConfigureAwait(false);
            var conflicts = await batch.CompleteAsync().ConfigureAwait(false);
            _failures = 0;
            Follow(batch, messages, conflicts);
        }
        catch (Exception error)
        {
            batch?.Undo();
            if (batch is not null) WakeClocks(batch);
            await RetryAsync(messages, batch, error).ConfigureAwait(false);
        }
    }

    /// <summary>Does what follows from a commit that is durable.</summary>
    private void Follow(CommitBatch batch, List<Message> messages, IReadOnlyList<TouchedRun> conflicts)
    {
        var again = new HashSet<Message>();
        foreach (var conflict in conflicts)
        {
            _state.Runs.Evict(conflict.Run);
            again.UnionWith(conflict.Messages);
            RequestResume(conflict.Run.Run.Id);
        }

        foreach (var started in batch.Started) SetRunTimeout(started);
        FollowAssets(batch);
        if (_feed.HasListeners)
        {
            foreach (var key in batch.Logged) _feed.Tell(new FlowEvent.LogStored(key));
            foreach (var key in batch.Progressed) _feed.Tell(new FlowEvent.ProgressStored(key));
        }

        var claims = new Queue<ClaimedAttempt>();
        foreach (var touched in batch.Touched) FollowRun(touched, claims);
        FollowLimits(batch);

        foreach (var message in messages)
        {
            if (again.Contains(message))
            {
                _inbox.Enqueue(message);
                continue;
            }

            if (message is CreateRun { Created: { } created }) RunCreated?.Invoke(created);
            if (message is DueLook look && look.Missing) _state.Waits.Remove(look.Key);
            if (message is ResumeRun resumed) _resuming.Remove(resumed.RunId);
            if (message is EndAttempt ended && claims.TryDequeue(out var next)) ended.Continue(next);
            message.Committed();
        }

        foreach (var key in _state.Waits.TakeWoken()) _inbox.Enqueue(new DueLook(key));
        foreach (var message in again.Except(messages)) _inbox.Enqueue(message);
        while (claims.TryDequeue(out var claim)) _dispatcher!.Dispatch(claim);
    }

    private void FollowRun(TouchedRun touched, Queue<ClaimedAttempt> claims)
    {
        var run = touched.Run;
        foreach (var claim in touched.Claims)
        {
            _running.Add(claim.Key);
            claims.Enqueue(claim);
        }

        foreach (var instance in touched.Retries)
        {
            if (instance.RetryAt is not { } due) continue;
            _alarms.Set(new Alarm.RetryDue(run.Run.Id, instance.TaskIndex, instance.MapIndex, instance.Attempt), due);
        }

        foreach (var instance in touched.Waits) FollowWait(run, instance);
        foreach (var stop in touched.Stops)
            _running.Stop(new AttemptKey(run.Run.Id, stop.Task.TaskIndex, stop.Task.MapIndex, stop.Attempt), stop.Kind, stop.Reason);

        if (run.Run.State.IsFinal())
        {
            _state.Runs.Evict(run);
            _state.Waits.RemoveRun(run.Run.Id);
            if (run.Graph.Model.Timeout is not null) _alarms.Cancel(new Alarm.RunTimeout(run.Run.Id, default).Key);
        }

        _feed.Tell(new FlowEvent.RunChanged(run.Run));
        if (touched.HasDeliveries) DeliveriesStored?.Invoke(run.Run.Id);
        if (touched.Ended) RunEnded?.Invoke(run.Run);
    }

    private void FollowWait(LiveRun run, TaskInstance instance)
    {
        if (instance is not { State: TaskState.Deferred, Wait: { } wait }) return;
        var key = new WaitKey(run.Run.Id, instance.TaskIndex, instance.MapIndex, wait.Looks);
        var model = run.Graph.Tasks[instance.TaskIndex].Wait!;
        if (_state.Answer(model, wait) is { } answer)
        {
            _inbox.Enqueue(new EndWait(key, answer));
            return;
        }

        // What the engine itself looks at may have come before this was durable: it is looked at once more, from here on.
        if (_state.Waits.Watch(key, run.Run, model, wait)) _inbox.Enqueue(new DueLook(key));
        if ((wait.NextLook is { } next && (wait.Until is not { } until || next < until) ? wait.NextLook : wait.Until) is { } due)
            _alarms.Set(new Alarm.LookDue(key.RunId, key.TaskIndex, key.MapIndex, key.Looks), due);
    }

    private void SetRunTimeout(DagRun run)
    {
        if (_state.Runs.Find(run.Id)?.Graph.Model.Timeout is { } limit)
            _alarms.Set(new Alarm.RunTimeout(run.Id, limit), (run.StartedAt ?? run.QueuedAt) + limit);
    }

    /// <summary>
    /// A commit failed as a whole. With several messages each is tried alone, so that one that can't be stored does not
    /// hold up the others; alone, it is refused, or kept and tried again later when nothing may be lost.
    /// </summary>
    private async Task RetryAsync(List<Message> messages, CommitBatch? batch, Exception error)
    {
        var evicted = batch?.Touched.Select(t => t.Run.Run.Id).ToArray() ?? [];
        if (messages.Count > 1)
        {
            foreach (var message in messages) await CommitAsync([message]).ConfigureAwait(false);
        }
        else if (messages[0].FailsFast)
        {
            messages[0].Refused(error);
        }
        else
        {
            KeepForLater(messages[0], error);
        }

        foreach (var id in evicted) RequestResume(id);
    }

    /// <summary>A run was thrown away: it is loaded anew, so that what it waits for is known again. One request a run is enough.</summary>
    private void RequestResume(long runId)
    {
        if (_resuming.Add(runId)) _inbox.Enqueue(new ResumeRun(runId));
    }

    private void KeepForLater(Message message, Exception error)
    {
        var wait = Backoff[Math.Min(_failures++, Backoff.Length - 1)];
        if (error is StoreException) _log.LogError("Storing {What} failed, trying again in {Wait}: {Error}", message.GetType().Name, wait, error.Message);
        else _log.LogError(error, "Storing {What} failed, trying again in {Wait}", message.GetType().Name, wait);

        _ = AgainAsync();
        async Task AgainAsync()
        {
            await Task.Delay(wait, _time).ConfigureAwait(false);
            _inbox.Enqueue(message);
            if (TryLead()) await LeadAsync().ConfigureAwait(false);
        }
    }

    /// <summary>What only the one who leads a commit may touch.</summary>
    internal sealed class State(LiveRuns runs, CoordinatorOptions options)
    {
        public LiveRuns Runs => runs;

        public ReadyQueue Ready { get; } = new(options.Queues.Count == 0 ? null : options.Queues.ToHashSet(StringComparer.Ordinal));

        public PastWaits Past { get; } = new();

        /// <summary>Deferred instances, by what they wait for.</summary>
        public WaitIndex Waits { get; } = new();

        public Func<string, StoredDag?> FindDag => options.FindDag;

        /// <summary>How many runs of a DAG may be running; null when none may be started.</summary>
        public int? MaxActiveRuns(string dagId) =>
            FindDag(dagId) is { IsActive: true, IsPaused: false } dag ? dag.Version.Model.MaxActiveRuns : null;

        /// <summary>A DAG as it is declared now, for what its runs mean to each other; null when none declares it.</summary>
        public Model.DagModel? ModelOf(string dagId) => FindDag(dagId) is { IsActive: true } dag ? dag.Version.Model : null;

        public Func<WaitModel, InstanceWait, AttemptOutcome?> Answer => options.Answer;

        /// <summary>Attempts that hold a slot of this node.</summary>
        public HashSet<AttemptKey> Occupied { get; } = [];

        public int Slots => options.Slots;

        public string NodeName => options.NodeName;

        public Func<double> Chance => options.Chance;

        public Assets.AssetValues Values => options.Values;

        public bool MayClaim { get; set; }
    }
}

/// <summary>What a coordinator needs to know of its node.</summary>
public sealed record CoordinatorOptions
{
    /// <summary>The node's name; attempts are recorded under it, and are lost when a daemon of this name starts anew.</summary>
    public required string NodeName { get; init; }

    /// <summary>How many attempts may run at once on this node.</summary>
    public required int Slots { get; init; }

    /// <summary>Finds a published DAG, inactive ones included; null when there is none of this id.</summary>
    public required Func<string, StoredDag?> FindDag { get; init; }

    /// <summary>Answers for the world outside where there is none, as in a local run; null to wait for the real one.</summary>
    public Func<WaitModel, InstanceWait, AttemptOutcome?> Answer { get; init; } = (_, _) => null;

    /// <summary>The queues that this node serves; none stands for all.</summary>
    public IReadOnlyCollection<string> Queues { get; init; } = [];

    /// <summary>Makes the values of assets that mapped tasks update.</summary>
    public Assets.AssetValues Values { get; init; } = new(_ => null, null);

    /// <summary>Gives numbers in [0, 1) for jitter.</summary>
    public Func<double> Chance { get; init; } = Random.Shared.NextDouble;
}
