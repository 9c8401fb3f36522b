using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Engine.Storage.InMemory;
using Wizart.Flow.Model;
using static Wizart.Flow.Engine.Tests.Coordination.EngineWorld;

namespace Wizart.Flow.Engine.Tests.Coordination;

public sealed class SchedulingTests
{
    private static readonly DagModel Daily = DagOf("daily", TaskOf(0)) with
    {
        Schedule = new CronScheduleModel("0 6 * * *") { Text = "daily" },
        StartingOn = new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero),
        MaxActiveRuns = 1,
    };

    [Fact]
    public async Task Without_catchup_only_the_newest_missed_interval_runs()
    {
        await using var world = await new EngineWorld().StartAsync(Daily);
        var run = Assert.Single(await AllAsync(world));
        Assert.Equal(new DateTimeOffset(2026, 11, 9, 6, 0, 0, TimeSpan.Zero), run.LogicalDate);
        Assert.Equal(RunKind.Scheduled, run.Kind);
    }

    [Fact]
    public async Task With_catchup_every_missed_interval_runs_once_oldest_first()
    {
        await using var world = await new EngineWorld().StartAsync(Daily with { Catchup = true });
        var runs = await AllAsync(world);
        Assert.Equal(Enumerable.Range(1, 9), runs.Select(r => r.LogicalDate.Day));
        foreach (var run in runs) await world.EndAsync(run.Id);
        Assert.Equal(runs.Select(r => r.Id), world.Orders.Select(o => o.RunId));
    }

    [Fact]
    public async Task Catchup_may_begin_with_the_newest()
    {
        await using var world = await new EngineWorld().StartAsync(Daily with { Catchup = true, NewestFirst = true, MaxActiveRuns = 1 });
        foreach (var run in await AllAsync(world)) await world.EndAsync(run.Id);
        var runs = (await AllAsync(world)).ToDictionary(run => run.Id);
        Assert.Equal(Enumerable.Range(1, 9).Reverse(), world.Orders.Select(order => runs[order.RunId].LogicalDate.Day));
    }

    [Fact]
    public async Task The_next_run_comes_when_its_interval_ends()
    {
        await using var world = await new EngineWorld().StartAsync(Daily);
        await world.EndAsync((await AllAsync(world))[0].Id);
        world.Time.Advance(TimeSpan.FromHours(18));
        await world.Engine.Coordinator.WhenStoredAsync();
        Assert.Equal([9, 10], (await AllAsync(world)).Select(r => r.LogicalDate.Day));
    }

    [Fact]
    public async Task Restarts_and_double_alarms_double_nothing()
    {
        var store = new InMemoryFlowStore();
        await using var first = await new EngineWorld(store).StartAsync(Daily with { Catchup = true });
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => first.Engine.Scheduler.TickAsync("daily")));
        await using var second = await new EngineWorld(store, first.Time).StartAsync(Daily with { Catchup = true });
        await second.Engine.Scheduler.TickAsync("daily");
        await Task.WhenAll(first.Engine.Coordinator.WhenStoredAsync(), second.Engine.Coordinator.WhenStoredAsync());
        Assert.Equal(Enumerable.Range(1, 9), (await AllAsync(second)).Select(r => r.LogicalDate.Day));
    }

    [Fact]
    public async Task Two_daemons_that_tick_together_create_each_run_once()
    {
        var store = new InMemoryFlowStore();
        await using var first = await new EngineWorld(store, node: "a").StartAsync(Daily with { Catchup = true });
        await using var second = await new EngineWorld(store, first.Time, node: "b").StartAsync(Daily with { Catchup = true });
        first.Time.Advance(TimeSpan.FromDays(5));
        await Task.WhenAll(first.Engine.Scheduler.TickAsync("daily"), second.Engine.Scheduler.TickAsync("daily"));
        Assert.Equal(Enumerable.Range(1, 14), (await AllAsync(first)).Select(r => r.LogicalDate.Day));
    }

    [Fact]
    public async Task Paused_nothing_is_scheduled_and_unpaused_the_newest_missed_runs()
    {
        await using var world = await new EngineWorld().StartAsync(Daily);
        await world.EndAsync((await AllAsync(world))[0].Id);
        await world.Engine.Commands.PauseAsync("daily", paused: true, "ann");
        world.Time.Advance(TimeSpan.FromDays(3));
        await world.Engine.Coordinator.WhenStoredAsync();
        Assert.Single(await AllAsync(world));
        await world.Engine.Commands.PauseAsync("daily", paused: false, "ann");
        Assert.Equal([9, 12], (await AllAsync(world)).Select(r => r.LogicalDate.Day));
    }

    [Fact]
    public async Task A_clock_that_jumps_forward_and_back_loses_and_doubles_nothing()
    {
        var hourly = Daily with { Schedule = new CronScheduleModel("0 * * * *") { Text = "hourly" }, Catchup = true, MaxActiveRuns = 100 };
        await using var world = await new EngineWorld().StartAsync(hourly);
        world.Time.Advance(TimeSpan.FromHours(3));
        await world.Engine.Scheduler.TickAsync("daily");
        world.Time.AdjustTime(world.Time.GetUtcNow() - TimeSpan.FromHours(1));
        await world.Engine.Scheduler.TickAsync("daily");
        world.Time.Advance(TimeSpan.FromHours(2));
        await world.Engine.Scheduler.TickAsync("daily");

        var dates = (await AllAsync(world)).Select(r => r.LogicalDate).ToArray();
        var expected = Enumerable.Range(0, dates.Length).Select(i => new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero).AddHours(i));
        Assert.Equal(expected, dates);
        Assert.Equal(world.Time.GetUtcNow(), dates[^1].AddHours(1));
    }

    [Fact]
    public async Task A_dag_that_runs_continuously_has_one_run_after_the_other()
    {
        var model = DagOf("loop", TaskOf(0)) with { Schedule = new ContinuousScheduleModel { Text = "Continuously" } };
        await using var world = new EngineWorld();
        world.Time.AutoAdvanceAmount = TimeSpan.FromMilliseconds(1);
        await world.StartAsync(model);
        for (var id = 1; id <= 5; id++) await world.EndAsync(id);
        var runs = await AllAsync(world);
        Assert.All(runs.Zip(runs.Skip(1)), pair => Assert.True(pair.First.EndedAt <= pair.Second.StartedAt));
    }

    private static async Task<IReadOnlyList<DagRun>> AllAsync(EngineWorld world) =>
        [.. (await ((InMemoryFlowStore)world.Store).Queries.RunsAsync(new RunFilter(Count: 1000), CancellationToken.None)).Reverse()];
}
