using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Wizart.Flow.Connections;
using Wizart.Flow.Engine;
using Wizart.Flow.Engine.Alarms;
using Wizart.Flow.Engine.Attempts;
using Wizart.Flow.Engine.Coordination;
using Wizart.Flow.Engine.Dags;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage.InMemory;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;

namespace Wizart.Flow.Scheduling.Tests;

/// <summary>The real Quartz, by the real clock: what is waited for is the alarm itself.</summary>
public sealed class QuartzClockTests : IAlarmHandler, IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly ConcurrentQueue<Alarm> _rung = new();
    private readonly SemaphoreSlim _rings = new(0);
    private Func<Alarm, Task> _hear = _ => Task.CompletedTask;
    private QuartzClock _clock = null!;

    public async ValueTask InitializeAsync()
    {
        _clock = await QuartzClock.CreateAsync(4, TimeProvider.System, NullLogger<QuartzClock>.Instance);
        await _clock.StartAsync(this, null!);
    }

    public ValueTask DisposeAsync() => _clock.DisposeAsync();

    async Task IAlarmHandler.RingAsync(Alarm alarm, CancellationToken cancellation)
    {
        _rung.Enqueue(alarm);
        _rings.Release();
        await _hear(alarm);
    }

    [Fact]
    public async Task An_alarm_rings_not_before_its_time()
    {
        var due = TimeProvider.System.GetUtcNow() + TimeSpan.FromMilliseconds(200);
        _clock.Set(new Alarm.ScheduleDue("dag"), due);
        await RungAsync();
        Assert.True(TimeProvider.System.GetUtcNow() >= due);
        Assert.Equal(new Alarm.ScheduleDue("dag"), Assert.Single(_rung));
    }

    [Fact]
    public async Task An_alarm_that_is_due_already_rings_at_once()
    {
        _clock.Set(new Alarm.ScheduleDue("dag"), TimeProvider.System.GetUtcNow() - TimeSpan.FromDays(3));
        await RungAsync();
    }

    [Fact]
    public async Task A_cancelled_alarm_does_not_ring_and_one_set_anew_rings_once()
    {
        var soon = TimeProvider.System.GetUtcNow() + TimeSpan.FromMilliseconds(100);
        _clock.Set(new Alarm.ScheduleDue("cancelled"), soon);
        _clock.Cancel(new Alarm.ScheduleDue("cancelled").Key);
        _clock.Set(new Alarm.ScheduleDue("moved"), TimeProvider.System.GetUtcNow() + TimeSpan.FromDays(1));
        _clock.Set(new Alarm.ScheduleDue("moved"), soon);
        _clock.Set(new Alarm.ScheduleDue("last"), soon + TimeSpan.FromMilliseconds(200));
        await RungAsync();
        await RungAsync();
        Assert.Equal(["moved", "last"], _rung.Cast<Alarm.ScheduleDue>().Select(a => a.DagId));
    }

    [Fact]
    public async Task An_alarm_may_set_itself_anew_while_it_rings()
    {
        var times = 0;
        _hear = alarm =>
        {
            if (++times < 3) _clock.Set(alarm, TimeProvider.System.GetUtcNow());
            return Task.CompletedTask;
        };
        _clock.Set(new Alarm.Maintenance("sweep"), TimeProvider.System.GetUtcNow());
        for (var i = 0; i < 3; i++) await RungAsync();
    }

    [Fact]
    public async Task A_thousand_alarms_for_one_moment_all_ring()
    {
        var due = TimeProvider.System.GetUtcNow() + TimeSpan.FromMilliseconds(300);
        for (var i = 0; i < 1_000; i++) _clock.Set(new Alarm.RetryDue(i, 0, -1, 1), due);
        for (var i = 0; i < 1_000; i++) await RungAsync();
        Assert.Equal(1_000, _rung.Distinct().Count());
    }

    [Fact]
    public async Task Attempts_are_brought_to_slots_and_a_whole_run_ends()
    {
        await using var clock = await QuartzClock.CreateAsync(4, TimeProvider.System, NullLogger<QuartzClock>.Instance);
        var store = new InMemoryFlowStore();
        var engine = new FlowEngine(
            store, new Bodies(), new NoSecrets(), clock, new EngineOptions { Slots = 4 }, TimeProvider.System, NullLoggerFactory.Instance);
        await clock.StartAsync(engine.Alarms, engine.Slots);
        await engine.StartAsync(clock, CancellationToken.None);
        var retried = new TaskModel { Id = "first", Index = 0, Retry = new RetryModel(1, Backoff.Fixed(TimeSpan.FromMilliseconds(50))) };
        var tasks = Enumerable.Range(1, 100).Select(i => new TaskModel { Id = $"t{i}", Index = i, Upstream = [0] });
        await engine.Publisher.PublishAsync(
            new ScriptUpdate
            {
                File = "dag.csx",
                Description = new ScriptDescription([new DagModel { Id = "dag", Tasks = [retried, .. tasks] }], []),
                ImageHash = "image",
                ImageDirectory = "/images",
            },
            CancellationToken.None);

        using var feed = engine.Feed.Listen(e => e is FlowEvent.RunChanged { Run.State: RunState.Success });
        await engine.Commands.TriggerAsync("dag", new Dictionary<string, System.Text.Json.JsonElement>(), null, "test");
        using var patience = new CancellationTokenSource(Patience);
        var ended = Assert.IsType<FlowEvent.RunChanged>(await feed.Events.ReadAsync(patience.Token));
        var run = (await store.LoadRunAsync(ended.Run.Id, CancellationToken.None))!;
        Assert.Equal(2, run.Instances.Single(i => i.TaskIndex == 0).Attempt);
        Assert.Equal(101, run.Instances.Count(i => i.State == TaskState.Success));
    }

    private async Task RungAsync() => Assert.True(await _rings.WaitAsync(Patience), "The alarm did not ring.");

    private sealed class Bodies : IAttemptExecutor
    {
        public Task<AttemptOutcome> RunAsync(AttemptOrder order, Action<AttemptEvent> tell, AttemptControl control) =>
            Task.FromResult<AttemptOutcome>(order is { TaskId: "first", Attempt: 1 }
                ? new AttemptOutcome.Failed(new TaskError { Type = "Test", Message = "again" })
                : new AttemptOutcome.Succeeded(null));
    }

    private sealed class NoSecrets : ISecretStore
    {
        public ValueTask<ConnectionSettings?> FindConnectionAsync(string id, CancellationToken cancellation) =>
            ValueTask.FromResult<ConnectionSettings?>(null);
    }
}
