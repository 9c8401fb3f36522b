using Wizart.Flow.Engine;
using Wizart.Flow.Engine.Attempts;
using Wizart.Flow.Engine.Callbacks;
using Wizart.Flow.Engine.Connections;
using Wizart.Flow.Engine.Maintenance;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Host.Callbacks;
using Wizart.Flow.Host.Connections;
using Wizart.Flow.Runtime.Artifacts;
using Wizart.Flow.Runtime.Workers;
using Wizart.Flow.Scheduling;
using Wizart.Flow.Scripting;
using Wizart.Flow.Storage;
using Wizart.Flow.Web;
using Wizart.Flow.Web.Access;
using Wizart.Flow.Web.Health;
using Wizart.Flow.Web.Telemetry;
using Wizart.Flow.Web.Ui;
using Wizart.Flow.Web.Ui.Layout;

namespace Wizart.Flow.Host.Daemon;

/// <summary>One daemon's parts, put together and taken apart in the right order.</summary>
internal sealed class FlowNode : IAsyncDisposable
{
    private const string ClockDuty = "clock";
    private const string SweepDuty = "sweep of scripts";
    private const string WorkersDuty = "idle workers";

    private readonly DaemonOptions _options;
    private readonly TimeProvider _time;
    private readonly Stack<IAsyncDisposable> _parts = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly string _token = DaemonFile.NewToken();
    private Task _following = Task.CompletedTask;
    private volatile bool _isReady;
    private volatile string? _url;

    private FlowNode(DaemonOptions options, TimeProvider time) => (_options, _time) = (options, time);

    /// <summary>The engine, for who measures it.</summary>
    internal FlowEngine Engine { get; private set; } = null!;

    /// <summary>The database, for who measures it.</summary>
    internal (IFlowStore Store, IFlowQueries Queries, IRetention Retention) Stores { get; private set; }

    private QuartzClock Clock { get; set; } = null!;

    private WorkerPool Workers { get; set; } = null!;

    private ScriptSync Scripts { get; set; } = null!;

    private ArtifactFiles Artifacts { get; set; } = null!;

    private ConnectionCommands Connections { get; set; } = null!;

    /// <summary>Opens the database and makes the parts; nothing runs yet.</summary>
    /// <exception cref="StoreException">The database can't be used.</exception>
    /// <exception cref="DaemonException">The state folder can't be used, or another daemon uses it.</exception>
    public static async Task<FlowNode> CreateAsync(
        DaemonOptions options, TimeProvider time, ILoggerFactory logs, CancellationToken cancellation)
    {
        var node = new FlowNode(options, time);
        try
        {
            await node.MakeAsync(time, logs, cancellation);
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    /// <summary>What the API needs.</summary>
    public void AddServices(IServiceCollection services)
    {
        services.AddSingleton(Engine);
        services.AddSingleton(Connections);
        services.AddFlowApi(_options.Access());
        services.AddFlowUi();
        services.AddFlowHealth();
        services.AddSingleton<IMetricSource>(new WorkerMetrics(Workers));
        foreach (var part in Parts()) services.AddSingleton(part);
        services.AddSingleton(Stores.Queries);
        services.AddSingleton(Stores.Store);
        services.AddSingleton<IArtifactStore>(Artifacts);
        services.AddSingleton(new ApiTokens([new ApiToken("local", _token)]));
    }

    /// <summary>The parts that can be asked how they are: each has a duty that gives a sign of life.</summary>
    private IEnumerable<IHealthPart> Parts()
    {
        var duties = Engine.Duties;
        yield return new DutyHealth("scheduler", duties, ClockDuty, TimeSpan.FromSeconds(30), PartStatus.Failed, _time);
        yield return new DutyHealth("watcher", duties, SweepDuty, _options.Sweep + TimeSpan.FromMinutes(2), PartStatus.Late, _time);
        yield return new DutyHealth("workers", duties, WorkersDuty, TimeSpan.FromMinutes(2), PartStatus.Late, _time, () =>
        {
            var workers = Workers.Statistics;
            return $"{workers.Busy} busy, {workers.Idle} idle, {workers.Died} died";
        });
    }

    /// <summary>Takes up the work: unfinished runs first, then the scripts as they are now, then the schedules.</summary>
    public async Task StartAsync(string url, CancellationToken cancellation)
    {
        _url = url;
        await Clock.StartAsync(Engine.Alarms, Engine.Slots);
        new DaemonFile(url, _token, Environment.ProcessId).Write(Path.GetFullPath(_options.State));
        await Engine.StartAsync(Clock, cancellation);
        await Scripts.LoadAsync(cancellation);
        await Workers.WarmAsync();
        await Engine.OpenSchedulesAsync(cancellation);
        _following = Scripts.FollowAsync(_stopping.Token);
        _isReady = true;
    }

    /// <summary>Stops the work so that the next start can take it up.</summary>
    public async Task StopAsync()
    {
        _isReady = false;
        await _stopping.CancelAsync();
        await Engine.StopAsync(_options.StopGrace);
    }

    /// <summary>Answers 503 until the work is taken up, so that nobody is told of a state that is not yet true.</summary>
    public Task RefuseUntilReady(HttpContext context, RequestDelegate next)
    {
        if (_isReady || context.Request.Path.Value!.EndsWith("/alive", StringComparison.Ordinal)) return next(context);
        context.Response.Headers.RetryAfter = "1";
        if (context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal)) return StartingPage.WriteAsync(context);
        return Results.Problem("The daemon is starting, or stopping. Try again in a moment.", statusCode: StatusCodes.Status503ServiceUnavailable)
            .ExecuteAsync(context);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        try
        {
            await _following;
        }
        catch (OperationCanceledException)
        {
            // That is how following ends.
        }

        while (_parts.TryPop(out var part)) await part.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task MakeAsync(TimeProvider time, ILoggerFactory logs, CancellationToken cancellation)
    {
        var state = StateDirectory();
        var database = _options.Database with { Path = Path.Combine(state, "flow.db") };
        if (_options.Database.Path != new StorageOptions().Path) database = database with { Path = _options.Database.Path };
        Stores = FlowStores.Create(database, time);
        Keep(Stores.Store);
        await Stores.Store.InitializeAsync(cancellation);

        Clock = await QuartzClock.CreateAsync(_options.Workers, time, logs.CreateLogger<QuartzClock>());
        Workers = Keep(new WorkerPool(WorkerOptions(), time, logs.CreateLogger<WorkerPool>()));
        var connections = new ConnectionsFile(Path.GetFullPath(_options.Pipelines), state);
        Artifacts = new ArtifactFiles(new LocalArtifactStore(_options.StateFile("artifacts")));
        var engine = new EngineOptions
        {
            NodeName = _options.Node,
            Slots = _options.Workers,
            Queues = _options.QueueNames(),
            OpenArtifact = Artifacts.Open,
            KeepArtifact = Artifacts.Keep,
        };
        var stored = new StoredSettings(Stores.Store, new SettingsCipher(_options.StateFile("keys")));
        var secrets = new DatabaseSecrets(connections, stored);
        Engine = new FlowEngine(Stores.Store, new WorkerExecutor(Workers), secrets, Clock, engine, time, logs);
        Connections = new ConnectionCommands(Engine.Coordinator, Stores.Store, stored, connections, HostConnections.Create(), time);
        OpenCallbacks(secrets, time, logs);
        MakeScripts(time, logs);
        Keep(Clock); // the first to go: what it calls upon must still be there
        Engine.Duties.Add(new Duty(WorkersDuty, TimeSpan.FromMinutes(1), _ =>
        {
            Workers.TrimIdle();
            return Task.CompletedTask;
        }));
        Engine.Duties.Add(new Duty(ClockDuty, TimeSpan.FromSeconds(5), _ => Task.CompletedTask));
        Engine.Duties.Add(new RetentionDuty(Stores.Retention, Artifacts, _options.Retention, time, logs.CreateLogger<RetentionDuty>()));
    }

    private void OpenCallbacks(ISecretStore connections, TimeProvider time, ILoggerFactory logs)
    {
        var notifier = new HostNotifier(
            new LogNotifier(logs.CreateLogger<LogNotifier>()),
            new WebhookNotifier(connections, time),
            new ChannelNotifier(connections, HostConnections.Create(), time, logs.CreateLogger<ChannelNotifier>()));
        Engine.Deadlines.Open(Stores.Queries);
        Engine.Deliveries.Open(notifier, new NotificationWriter(Stores.Queries, run => _url is { } url ? $"{PublicAddress.Of(_options.PublicUrl, url, _options.PathBase)}/runs/{run}" : null));
    }

    private void MakeScripts(TimeProvider time, ILoggerFactory logs)
    {
        var images = new ImageCache(_options.StateFile("images"), time);
        var compiler = new ScriptCompiler(ScriptReferences.OfApplication(), images, time);
        var importer = new ScriptImporter(compiler, images, Workers, logs.CreateLogger<ScriptImporter>());
        var folder = new ScriptFolder(_options.Pipelines, importer);
        var watcher = new ScriptFolderWatcher(folder, time, logs.CreateLogger<ScriptFolderWatcher>());
        var memory = new MemoryReturn(time);
        _parts.Push(new Disposing(() =>
        {
            memory.Dispose();
            watcher.Dispose();
            folder.Dispose();
            compiler.Dispose();
        }));
        Scripts = new ScriptSync(folder, watcher, Engine.Publisher, Engine.Catalog, memory, logs.CreateLogger<ScriptSync>());
        Engine.Duties.Add(new Duty(SweepDuty, _options.Sweep, watcher.SweepAsync));
        _ = compiler.WarmUp(_stopping.Token);
    }

    private string StateDirectory()
    {
        var state = Path.GetFullPath(_options.State);
        try
        {
            Directory.CreateDirectory(state);
            return state;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DaemonException($"The state folder {state} can't be made: {error.Message} Choose another: --state DIR.", error);
        }
    }

    private WorkerPoolOptions WorkerOptions() => new()
    {
        MaxWorkers = _options.Workers,
        MinWorkers = _options.WarmWorkers,
        MemoryLimitBytes = _options.WorkerMemoryBytes,
        DescribeTimeout = _options.DeclareTimeout,
        CancelGrace = _options.CancelGrace,
        ArtifactRoot = _options.StateFile("artifacts"),
    };

    private T Keep<T>(T part)
        where T : IAsyncDisposable
    {
        _parts.Push(part);
        return part;
    }

    private sealed class Disposing(Action dispose) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            dispose();
            return ValueTask.CompletedTask;
        }
    }
}
