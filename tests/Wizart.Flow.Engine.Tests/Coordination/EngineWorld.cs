using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Wizart.Flow.Connections;
using Wizart.Flow.Engine.Alarms;
using Wizart.Flow.Engine.Attempts;
using Wizart.Flow.Engine.Coordination;
using Wizart.Flow.Engine.Dags;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Engine.Storage.InMemory;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Tests.Coordination;

/// <summary>An engine on a store in memory, with fake time and bodies that are functions of the order.</summary>
internal sealed class EngineWorld : IAttemptExecutor, ISecretStore, IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly LocalAlarms _alarms;
    private readonly ConcurrentQueue<AttemptOrder> _orders = new();

    public EngineWorld(IFlowStore? store = null, FakeTimeProvider? time = null, int slots = 4, string node = "node",
        IReadOnlyList<string>? queues = null)
    {
        Time = time ?? new FakeTimeProvider(new DateTimeOffset(2026, 11, 10, 12, 0, 0, TimeSpan.Zero));
        Store = store ?? new InMemoryFlowStore();
        _alarms = new LocalAlarms(Time);
        Engine = new FlowEngine(
            Store, this, this, _alarms, new EngineOptions { NodeName = node, Slots = slots, Queues = queues ?? [], Chance = () => 0.5 }, Time, NullLoggerFactory.Instance);
        _alarms.Open(Engine.Alarms);
    }

    public FlowEngine Engine { get; }

    public IFlowStore Store { get; }

    public IFlowQueries Queries => ((InMemoryFlowStore)Store).Queries;

    public FakeTimeProvider Time { get; }

    /// <summary>What a body does; by default it succeeds with the task's id.</summary>
    public Func<AttemptOrder, AttemptControl, Task<AttemptOutcome>> Body { get; set; } =
        (order, _) => Task.FromResult<AttemptOutcome>(Success($"\"{order.TaskId}\""));

    /// <summary>How far every body says it is; null to say nothing.</summary>
    public double? Progress { get; set; }

    public IReadOnlyCollection<AttemptOrder> Orders => _orders;

    public static AttemptOutcome.Succeeded Success(string json) => new(new TaskValue(JsonPayload.Parse(json), null));

    public static AttemptOutcome.Failed Failure(string message = "failed") => new(new TaskError { Type = "Test", Message = message });

    public static DagModel DagOf(string id, params TaskModel[] tasks) => new() { Id = id, Tasks = tasks };

    public static TaskModel TaskOf(int index, params int[] upstream) => new()
    {
        Id = $"t{index}",
        Index = index,
        Upstream = upstream,
        Inputs = [.. upstream.Select(u => new InputModel(InputKind.Output, $"t{u}", new TypeModel("string")))],
    };

    public async Task<EngineWorld> StartAsync(params DagModel[] dags)
    {
        await Engine.StartAsync(new LocalDispatcher(Engine.Slots), CancellationToken.None);
        await PublishAsync(dags);
        await Engine.OpenSchedulesAsync(CancellationToken.None);
        return this;
    }

    public async Task PublishAsync(params DagModel[] dags)
    {
        foreach (var dag in dags)
            Assert.DoesNotContain(
                await Engine.Publisher.PublishAsync(Update($"{dag.Id}.csx", $"code {dag.Id}", dag), CancellationToken.None),
                found => found.Severity == DiagnosticSeverity.Error);
    }

    public static ScriptUpdate Update(string file, string code, params DagModel[] dags) => new()
    {
        File = file,
        Description = new ScriptDescription(dags, []),
        ImageHash = $"image {code}",
        ImageDirectory = "/images",
        CodeHash = code,
    };

    public Task<DagRun> TriggerAsync(string dagId) =>
        Engine.Commands.TriggerAsync(dagId, new Dictionary<string, System.Text.Json.JsonElement>(), null, "test");

    /// <summary>Waits until the stored run is as asked, told by the feed, not by the clock.</summary>
    public async Task<StoredRun> UntilAsync(long runId, Func<StoredRun, bool> holds)
    {
        using var feed = Engine.Feed.Listen(e => e is FlowEvent.RunChanged changed && changed.Run.Id == runId);
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var run = await Store.LoadRunAsync(runId, CancellationToken.None);
            if (run is not null && holds(run)) return run;
            try
            {
                await feed.Events.ReadAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail(run is null ? $"Run {runId} never came." : $"Run {runId} is {run.Run.State} and stays so: {Show(run)}");
            }
        }
    }

    public Task<StoredRun> EndAsync(long runId) => UntilAsync(runId, r => r.Run.State.IsFinal());

    public static TaskState StateOf(StoredRun run, int task) =>
        run.Instances.FirstOrDefault(i => i.TaskIndex == task)?.State ?? TaskState.None;

    public Task<AttemptOutcome> RunAsync(AttemptOrder order, Action<AttemptEvent> tell, AttemptControl control)
    {
        _orders.Enqueue(order);
        tell(new AttemptEvent.Started(Environment.ProcessId));
        tell(new AttemptEvent.Log(Time.GetUtcNow(), LogLevel.Information, LogSource.Output, $"{order.TaskId} runs"));
        if (Progress is { } share) tell(new AttemptEvent.Progress(share, null));
        return Body(order, control);
    }

    public ValueTask<ConnectionSettings?> FindConnectionAsync(string id, CancellationToken cancellation) => ValueTask.FromResult<ConnectionSettings?>(null);

    public ValueTask DisposeAsync()
    {
        _alarms.Dispose();
        Engine.Publisher.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string Show(StoredRun run) => string.Join(" ", run.Instances.Select(i => $"{i.TaskIndex}:{i.State}#{i.Attempt}"));
}
