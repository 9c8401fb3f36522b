using Microsoft.Extensions.Logging;
using Wizart.Flow.Engine.Alarms;
using Wizart.Flow.Engine.Assets;
using Wizart.Flow.Engine.Attempts;
using Wizart.Flow.Engine.Backfills;
using Wizart.Flow.Engine.Callbacks;
using Wizart.Flow.Engine.Coordination;
using Wizart.Flow.Engine.Dags;
using Wizart.Flow.Engine.Maintenance;
using Wizart.Flow.Engine.Metrics;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Schedules;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Engine.Telemetry;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;

namespace Wizart.Flow.Engine;

/// <summary>
/// The engine of one node, put together: takes up from the store where the last daemon stopped, works, and stops so that
/// the next can take up.
/// </summary>
public sealed class FlowEngine
{
    private readonly IFlowStore _store;
    private readonly TimeProvider _time;
    private readonly ILogger<FlowEngine> _log;

    /// <summary>Puts the engine together.</summary>
    public FlowEngine(
        IFlowStore store, IAttemptExecutor executor, ISecretStore secrets, IAlarms alarms, EngineOptions options,
        TimeProvider time, ILoggerFactory logs)
    {
        (_store, _time, _log) = (store, time, logs.CreateLogger<FlowEngine>());
        Options = options;
        Catalog = new DagCatalog();
        Feed = new RunFeed();
        Running = new RunningAttempts();
        Runs = new LiveRuns(store);
        var coordination = new CoordinatorOptions
        {
            NodeName = options.NodeName,
            Slots = options.Slots,
            FindDag = Catalog.Find,
            Answer = options.Answer,
            Queues = options.Queues,
            Chance = options.Chance,
            Values = new AssetValues(options.OpenArtifact, options.KeepArtifact),
        };
        Coordinator = new RunCoordinator(store, Runs, Running, Feed, alarms, coordination, time, logs.CreateLogger<RunCoordinator>());
        Assets = new AssetCommands(Coordinator, Catalog, store, coordination.Values, time);
        var orders = new OrderBuilder(store, secrets, new ElementLists(store, options.OpenArtifact), Assets.MakersOf, options.Metrics ?? store);
        Slots = new SlotLoop(executor, orders, Coordinator, Running, alarms, time, Counts);
        Scheduler = new RunScheduler(store, Coordinator, Catalog, alarms, time);
        Publisher = new DagPublisher(Coordinator, Catalog, Scheduler, Feed, time, options.Queues);
        Commands = new Commands.FlowCommands(Coordinator, Catalog, Scheduler, store, Feed, time);
        Approvals = new Commands.ApprovalCommands(Coordinator, Runs, store, time);
        Why = new Commands.WhyWaiting(store, Runs, Catalog, Running, options.Slots, time, new Commands.WhyLimited(store, options));
        Pools = new Commands.PoolCommands(Coordinator, Catalog, store, time);
        Backfills = new BackfillService(store, Runs, Coordinator, Catalog, alarms, time, logs.CreateLogger<BackfillService>());
        BackfillCommands = new Commands.BackfillCommands(Commands, Coordinator, Backfills, store, time);
        Reworks = new Commands.ReworkCommands(Commands, Coordinator, Runs, store, time);
        Duties = new DutyRoster(alarms, time, logs.CreateLogger<DutyRoster>());
        Deliveries = new DeliveryService(store, Coordinator, alarms, time, logs.CreateLogger<DeliveryService>());
        Deadlines = new DeadlineService(Runs, Coordinator, Deliveries, alarms, time);
        Alarms = new AlarmRouter(Scheduler, Backfills, Coordinator, Running, Duties, Deliveries, Deadlines);
        Coordinator.DeliveriesStored += Deliveries.Stored;
        Coordinator.AssetsReady += dagId => _ = Scheduler.TickAsync(dagId);
        Coordinator.RunCreated += OnRunCreated;
        Coordinator.RunEnded += OnRunEnded;
        Coordinator.DagPaused += OnDagPaused;
    }

    /// <summary>What this node has done since it started.</summary>
    public EngineCounts Counts { get; } = new();

    /// <summary>What it knows of its node.</summary>
    public EngineOptions Options { get; }

    /// <summary>All published DAGs.</summary>
    public DagCatalog Catalog { get; }

    /// <summary>What happens, as it happens.</summary>
    public RunFeed Feed { get; }

    /// <summary>The attempts that run on this node.</summary>
    public RunningAttempts Running { get; }

    /// <summary>The runs that are worked on, and their versions.</summary>
    public LiveRuns Runs { get; }

    /// <summary>Where changes come together.</summary>
    public RunCoordinator Coordinator { get; }

    /// <summary>Runs attempts in a slot of this node; given to the dispatcher.</summary>
    public SlotLoop Slots { get; }

    /// <summary>Creates the runs that schedules make due.</summary>
    public RunScheduler Scheduler { get; }

    /// <summary>Takes scripts as they are saved.</summary>
    public DagPublisher Publisher { get; }

    /// <summary>What people and programs may ask for.</summary>
    public Commands.FlowCommands Commands { get; }

    /// <summary>What people answer to tasks that ask them.</summary>
    public Commands.ApprovalCommands Approvals { get; }

    /// <summary>Why something has not begun yet.</summary>
    public Commands.WhyWaiting Why { get; }

    /// <summary>Creates the runs of backfills.</summary>
    public BackfillService Backfills { get; }

    /// <summary>What people and programs may ask of backfills.</summary>
    public Commands.BackfillCommands BackfillCommands { get; }

    /// <summary>Clearing, marking and noting.</summary>
    public Commands.ReworkCommands Reworks { get; }

    /// <summary>What people and programs may ask of pools.</summary>
    public Commands.PoolCommands Pools { get; }

    /// <summary>What people and programs may ask of assets.</summary>
    public AssetCommands Assets { get; }

    /// <summary>What is done again and again beside the work.</summary>
    public DutyRoster Duties { get; }

    /// <summary>Tells what callbacks have to tell.</summary>
    public DeliveryService Deliveries { get; }

    /// <summary>Tells when a run is not over in time.</summary>
    public DeadlineService Deadlines { get; }

    /// <summary>Hears the alarms.</summary>
    public IAlarmHandler Alarms { get; }

    /// <summary>
    /// Takes up from the store: what was queued is queued again, what was running on this node is a lost attempt and
    /// follows its retry policy, waits for retries and run timeouts are set anew.
    /// </summary>
    public async Task StartAsync(IDispatcher dispatcher, CancellationToken cancellation)
    {
        foreach (var dag in await _store.LoadDagsAsync(cancellation)) Catalog.Set(dag);
        Coordinator.Open(dispatcher);
        var unfinished = await _store.UnfinishedRunsAsync(cancellation);
        foreach (var run in unfinished.Where(r => r.State == RunState.Running)) await Coordinator.ResumeAsync(run.Id);
        foreach (var dagId in unfinished.Select(r => r.DagId).Distinct()) await Coordinator.StartQueuedAsync(dagId);
        await Deliveries.StartAsync(cancellation);
        foreach (var run in unfinished) await Deadlines.WatchAsync(run);
        if (unfinished.Count > 0) _log.LogInformation("Took up {Count} unfinished runs", unfinished.Count);
    }

    /// <summary>Begins to create the runs of schedules and backfills; called once the scripts on disk have been looked at.</summary>
    public async Task OpenSchedulesAsync(CancellationToken cancellation)
    {
        await Scheduler.OpenAsync(cancellation);
        await Backfills.OpenAsync(cancellation);
    }

    /// <summary>
    /// Stops: nothing new is begun; running attempts may end by themselves during the grace period, and are then recorded
    /// as interrupted, which counts as a failed attempt and follows their retry policy at the next start.
    /// </summary>
    public async Task StopAsync(TimeSpan grace)
    {
        Scheduler.Close();
        Backfills.Close();
        Coordinator.Close();
        var idle = Running.WhenIdleAsync();
        var ended = await Task.WhenAny(idle, Task.Delay(grace, _time));
        if (ended != idle) Running.StopAll(StopKind.Shutdown, "the daemon stopped while the attempt ran");
        await idle;
        await Deliveries.DisposeAsync();
        await Coordinator.WhenStoredAsync();
    }

    private void OnRunCreated(DagRun run) => _ = WatchAsync(run);

    private async Task WatchAsync(DagRun run)
    {
        try
        {
            await Deadlines.WatchAsync(run);
        }
        catch (StoreException error)
        {
            _log.LogError("The deadlines of run {Run} are not watched until the next start: {Error}", run.Id, error.Message);
        }
    }

    private void OnDagPaused(string dagId, string reason)
    {
        Catalog.Change(dagId, dag => dag with { IsPaused = true, PauseReason = reason });
        _log.LogWarning("DAG {Dag} is paused: {Reason}", dagId, reason);
        _ = Scheduler.RefreshAsync(dagId);
        Feed.Tell(new FlowEvent.DagsChanged());
    }

    private void OnRunEnded(DagRun run)
    {
        Counts.RunEnded(run);
        _ = Scheduler.RunEndedAsync(run);
        _ = Backfills.RunEndedAsync(run);
    }
}

/// <summary>What an engine needs to know of its node.</summary>
public sealed record EngineOptions
{
    /// <summary>The node's name; the same after a restart.</summary>
    public string NodeName { get; init; } = Environment.MachineName;

    /// <summary>How many attempts may run at once.</summary>
    public required int Slots { get; init; }

    /// <summary>The queues whose tasks run here; none stands for all.</summary>
    public IReadOnlyList<string> Queues { get; init; } = [];

    /// <summary>Gives numbers in [0, 1) for jitter.</summary>
    public Func<double> Chance { get; init; } = Random.Shared.NextDouble;

    /// <summary>Answers for the world outside where there is none, as in a local run; null to wait for the real one.</summary>
    public Func<WaitModel, InstanceWait, AttemptOutcome?> Answer { get; init; } = (_, _) => null;

    /// <summary>Opens an artifact's content by its hash, null when it is not there: large lists that tasks are mapped over.</summary>
    public Func<string, Stream?> OpenArtifact { get; init; } = _ => null;

    /// <summary>Keeps a large value of an asset as an artifact; null to store every value in place.</summary>
    public Func<string, ReadOnlyMemory<byte>, Artifact>? KeepArtifact { get; init; }

    /// <summary>Where the earlier values of metrics are read; null for the engine's own store.</summary>
    public IMetricReads? Metrics { get; init; }
}
