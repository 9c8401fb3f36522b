using System.Collections.Concurrent;
using Wizart.Flow.Engine.Callbacks;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage.InMemory;
using Wizart.Flow.Engine.Tests.Coordination;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;
using static Wizart.Flow.Engine.Tests.Coordination.EngineWorld;

namespace Wizart.Flow.Engine.Tests.Callbacks;

public sealed class DeliveryServiceTests : IAsyncDisposable
{
    private static readonly NotifierModel Good = new(NotifierKind.Webhook, "good");
    private static readonly NotifierModel Bad = new(NotifierKind.Webhook, "bad");
    private readonly InMemoryFlowStore _store = new();
    private readonly FakeNotifier _notifier = new();

    [Fact]
    public async Task A_failure_is_told_with_its_error_and_the_end_of_its_log()
    {
        await using var world = await StartAsync(DagOf("dag", TaskOf(0) with { Callbacks = [new(CallbackEvent.Failure, Good)] }));
        world.Body = (_, _) => Task.FromResult<AttemptOutcome>(Failure("no such table"));

        var run = await world.TriggerAsync("dag");
        var told = await _notifier.NextAsync();

        Assert.Equal(("dag", run.Id, "t0", 1, "failed"), (told.Dag, told.Run, told.Task, told.Attempt, told.State));
        Assert.Equal("no such table", told.Error!.Message);
        Assert.Equal("t0 runs", Assert.Single(told.Log));
        Assert.Equal($"http://here/{run.Id}", told.Link);
        Assert.Equal($"DAG 'dag', run {run.Id}: task 't0' is failed: no such table", told.Title);
        var delivery = await UntilAsync(world, run.Id, d => d.Status == DeliveryState.Delivered);
        Assert.Equal(told.Id, delivery.Id);
    }

    [Fact]
    public async Task A_run_tells_the_error_of_its_first_failed_task()
    {
        await using var world = await StartAsync(DagOf("dag", TaskOf(0), TaskOf(1, 0)) with { Callbacks = [new(CallbackEvent.Failure, Good)] });
        world.Body = (_, _) => Task.FromResult<AttemptOutcome>(Failure("no such table"));

        await world.TriggerAsync("dag");
        var told = await _notifier.NextAsync();

        Assert.Null(told.Task);
        Assert.Equal("no such table", told.Error!.Message);
        Assert.Equal("t0 runs", Assert.Single(told.Log));
    }

    [Fact]
    public async Task What_fails_is_tried_again_after_growing_waits_and_given_up_after_about_a_day()
    {
        await using var world = await StartAsync(DagOf("dag", TaskOf(0)) with { Callbacks = [new(CallbackEvent.Success, Bad)] });
        _notifier.Answer = _ => throw new InvalidOperationException("answered 500");
        var start = world.Time.GetUtcNow();

        var run = await world.TriggerAsync("dag");
        Assert.Equal(RunState.Success, (await world.EndAsync(run.Id)).Run.State);
        for (var tries = 1; tries < DeliveryWaits.MostTries; tries++)
        {
            var number = tries;
            var pending = await UntilAsync(world, run.Id, d => d.Tries == number);
            Assert.Equal((DeliveryState.Pending, "answered 500"), (pending.Status, pending.Error));
            Assert.Equal(world.Time.GetUtcNow() + DeliveryWaits.After(tries), pending.DueAt);
            world.Time.Advance(DeliveryWaits.After(tries)!.Value);
        }

        var over = await UntilAsync(world, run.Id, d => d.Status == DeliveryState.GivenUp);
        Assert.Equal(DeliveryWaits.MostTries, over.Tries);
        Assert.InRange(over.EndedAt!.Value - start, TimeSpan.FromHours(22), TimeSpan.FromHours(26));
        Assert.Equal(RunState.Success, (await _store.LoadRunAsync(run.Id, CancellationToken.None))!.Run.State);
    }

    [Fact]
    public async Task Who_hangs_holds_up_nobody_else_and_is_tried_again()
    {
        await using var world = await StartAsync(DagOf("dag", TaskOf(0)) with { Callbacks = [new(CallbackEvent.Success, Bad), new(CallbackEvent.Success, Good)] });
        var hanging = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _notifier.Answer = notifier =>
        {
            if (notifier != Bad) return Task.CompletedTask;
            hanging.TrySetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, CancellationToken.None); // looks at no token
        };

        var run = await world.TriggerAsync("dag");
        Assert.Equal(run.Id, (await _notifier.NextAsync()).Run);
        await hanging.Task;
        world.Time.Advance(DeliveryWaits.PatienceOfOneTry);

        var late = await UntilAsync(world, run.Id, d => d.Notifier == Bad && d.Tries == 1);
        Assert.Equal("no answer within 10 s", late.Error);
    }

    [Fact]
    public async Task What_was_not_delivered_before_a_crash_is_delivered_after_it()
    {
        var model = DagOf("dag", TaskOf(0)) with { Callbacks = [new(CallbackEvent.Success, Good)] };
        var first = await StartAsync(model);
        _notifier.Answer = _ => Task.Delay(Timeout.InfiniteTimeSpan, CancellationToken.None);
        var run = await first.TriggerAsync("dag");
        await first.EndAsync(run.Id);
        await first.DisposeAsync();

        _notifier.Answer = _ => Task.CompletedTask;
        await using var second = await StartAsync(model, first);
        Assert.Equal(run.Id, (await _notifier.NextAsync()).Run);
        await UntilAsync(second, run.Id, d => d.Status == DeliveryState.Delivered);
    }

    [Fact]
    public async Task A_commit_that_was_stored_though_told_to_have_failed_is_told_of()
    {
        var faults = new ConcurrentQueue<Fault>();
        var faulty = new FaultyStore(_store, () => faults.TryDequeue(out var fault) ? fault : Fault.None);
        await using var world = new EngineWorld(faulty);
        world.Engine.Deliveries.Open(_notifier, new NotificationWriter(_store.Queries, _ => null));
        await world.StartAsync(DagOf("dag", TaskOf(0)) with { Callbacks = [new(CallbackEvent.Success, Good)] });
        world.Body = (_, _) =>
        {
            faults.Enqueue(Fault.StoredUntold);
            return Task.FromResult<AttemptOutcome>(Success("1"));
        };

        var run = await world.TriggerAsync("dag");
        var told = _notifier.NextAsync();
        while (!told.IsCompleted)
        {
            world.Time.Advance(TimeSpan.FromSeconds(1)); // the waits before a commit is tried again
            await Task.WhenAny(told, Task.Delay(10, TestContext.Current.CancellationToken));
        }

        Assert.Equal(run.Id, (await told).Run);
        Assert.Single(await _store.Queries.DeliveriesAsync(run.Id, CancellationToken.None));
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private async Task<EngineWorld> StartAsync(DagModel model, EngineWorld? before = null)
    {
        var world = new EngineWorld(_store, before?.Time);
        world.Engine.Deliveries.Open(_notifier, new NotificationWriter(_store.Queries, run => $"http://here/{run}"));
        return await world.StartAsync(model);
    }

    /// <summary>Waits until a delivery is as asked: what a try left is stored on another thread.</summary>
    private async Task<Delivery> UntilAsync(EngineWorld world, long run, Func<Delivery, bool> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            await world.Engine.Coordinator.WhenStoredAsync();
            var deliveries = await _store.Queries.DeliveriesAsync(run, CancellationToken.None);
            if (deliveries.FirstOrDefault(holds) is { } found) return found;
            Assert.False(patience.IsCancellationRequested, $"It stays so: {string.Join('\n', deliveries)}");
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    private sealed class FakeNotifier : INotifier
    {
        private readonly System.Threading.Channels.Channel<Notification> _told = System.Threading.Channels.Channel.CreateUnbounded<Notification>();

        public Func<NotifierModel, Task> Answer { get; set; } = _ => Task.CompletedTask;

        public async Task NotifyAsync(NotifierModel notifier, Notification notification, CancellationToken cancellation)
        {
            await Answer(notifier);
            _told.Writer.TryWrite(notification);
        }

        public async Task<Notification> NextAsync()
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            return await _told.Reader.ReadAsync(patience.Token);
        }
    }
}
