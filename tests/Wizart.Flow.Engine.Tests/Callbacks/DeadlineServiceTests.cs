using Wizart.Flow.Engine.Callbacks;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage.InMemory;
using Wizart.Flow.Engine.Tests.Coordination;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;
using static Wizart.Flow.Engine.Tests.Coordination.EngineWorld;

namespace Wizart.Flow.Engine.Tests.Callbacks;

public sealed class DeadlineServiceTests : IAsyncDisposable
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly NotifierModel Log = new(NotifierKind.Log);
    private readonly InMemoryFlowStore _store = new();

    [Fact]
    public async Task A_run_that_is_not_over_in_time_is_told_once_and_goes_on()
    {
        await using var world = await StartAsync(new DeadlineModel(Hour, DeadlineReference.Queued, Log), new DeadlineModel(2 * Hour, DeadlineReference.Queued, Log));
        var body = Hold(world);
        var run = await RunningAsync(world);

        world.Time.Advance(Hour - TimeSpan.FromTicks(1));
        Assert.Empty(await ToldAsync(world, run));
        world.Time.Advance(TimeSpan.FromTicks(1));
        var told = Assert.Single(await ToldAsync(world, run));
        Assert.Equal((CallbackEvent.Deadline, "running", "not over 01:00:00 after it was queued"), (told.Event, told.State, told.Reason));

        body.SetResult(Success("1"));
        Assert.Equal(RunState.Success, (await world.EndAsync(run)).Run.State);
        world.Time.Advance(2 * Hour);
        Assert.Single(await ToldAsync(world, run));
    }

    [Fact]
    public async Task A_deadline_is_watched_after_a_restart_and_told_at_once_when_it_passed_meanwhile()
    {
        var first = await StartAsync(new DeadlineModel(Hour, DeadlineReference.Queued, Log));
        Hold(first);
        var run = await RunningAsync(first);
        await first.DisposeAsync();
        first.Time.Advance(2 * Hour);

        await using var second = Open(first);
        Hold(second);
        await second.Engine.StartAsync(new Attempts.LocalDispatcher(second.Engine.Slots), CancellationToken.None);

        Assert.Single(await ToldAsync(second, run));
    }

    [Fact]
    public async Task The_average_counts_once_three_runs_succeeded()
    {
        await using var world = await StartAsync(new DeadlineModel(Hour, DeadlineReference.AverageOfLastRuns, Log));
        for (var i = 1; i <= 3; i++)
        {
            var body = Hold(world);
            var earlier = await RunningAsync(world);
            world.Time.Advance(i * Hour); // one, two and three hours: two on average
            body.SetResult(Success("1"));
            await world.EndAsync(earlier);
            Assert.Empty(await ToldAsync(world, earlier));
        }

        Hold(world);
        var run = await RunningAsync(world);
        world.Time.Advance(3 * Hour - TimeSpan.FromSeconds(1));
        Assert.Empty(await ToldAsync(world, run));
        world.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Single(await ToldAsync(world, run));
    }

    [Fact]
    public async Task Of_an_old_interval_that_a_person_runs_nobody_is_told_that_it_is_late()
    {
        await using var world = await StartAsync(new DeadlineModel(TimeSpan.Zero, DeadlineReference.LogicalDate, Log));
        Hold(world);
        var run = await RunningAsync(world);
        world.Time.Advance(Hour);
        Assert.Empty(await ToldAsync(world, run));
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private EngineWorld Open(EngineWorld? before = null)
    {
        var world = new EngineWorld(_store, before?.Time);
        world.Engine.Deadlines.Open(_store.Queries);
        return world;
    }

    private Task<EngineWorld> StartAsync(params DeadlineModel[] deadlines) =>
        Open().StartAsync(DagOf("dag", TaskOf(0) with { Retry = new RetryModel(5, Backoff.None) }) with { Deadlines = deadlines });

    private static TaskCompletionSource<AttemptOutcome> Hold(EngineWorld world)
    {
        var body = new TaskCompletionSource<AttemptOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        world.Body = (_, _) => body.Task;
        return body;
    }

    private static async Task<long> RunningAsync(EngineWorld world)
    {
        var run = await world.TriggerAsync("dag");
        await world.UntilAsync(run.Id, r => StateOf(r, 0) == TaskState.Running);
        return run.Id;
    }

    private async Task<IReadOnlyList<Delivery>> ToldAsync(EngineWorld world, long run)
    {
        await world.Engine.Coordinator.WhenStoredAsync();
        return await _store.Queries.DeliveriesAsync(run, CancellationToken.None);
    }
}
