using Wizart.Flow.Engine.Backfills;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage.InMemory;
using Wizart.Flow.Engine.Tests.Coordination;
using Wizart.Flow.Model;
using static Wizart.Flow.Engine.Tests.Backfills.BackfillWorld;
using static Wizart.Flow.Engine.Tests.Coordination.EngineWorld;

namespace Wizart.Flow.Engine.Tests.Backfills;

public sealed class BackfillTests
{
    [Theory]
    [InlineData(false, new[] { 3, 4, 5, 6 })]
    [InlineData(true, new[] { 6, 5, 4, 3 })]
    public async Task Every_interval_of_the_range_gets_a_run_in_the_asked_order(bool backwards, int[] days)
    {
        await using var world = await new EngineWorld().StartAsync(Daily);
        var id = await world.BackfillAsync(Days(3, 6) with { Backwards = backwards, MaxActive = 1 });
        var end = await world.CompletedAsync(id);

        Assert.Equal((BackfillState.Completed, 4, 4, 0), (end.Backfill.State, end.Backfill.Total, end.Backfill.Created, end.Backfill.Skipped));
        Assert.Equal(4, end.Runs[RunState.Success]);
        var runs = await world.RunsAsync();
        Assert.Equal(days, runs.Select(r => r.LogicalDate.Day));
        Assert.All(runs, r => Assert.Equal((RunKind.Backfill, id, TimeSpan.FromDays(1), "ann"), (r.Kind, r.BackfillId, r.Interval.End - r.Interval.Start, r.CreatedBy)));
        Assert.Equal(runs.Select(r => r.Id), world.Orders.Select(o => o.RunId));
        Assert.All(world.Orders, o => Assert.Equal(RunKind.Backfill, o.RunKind));
    }

    [Fact]
    public async Task An_interval_that_is_not_over_is_left_out()
    {
        await using var world = await new EngineWorld().StartAsync(Daily);
        await world.CompletedAsync(await world.BackfillAsync(Days(8, 10)));
        Assert.Equal([8, 9], (await world.RunsAsync()).Select(r => r.LogicalDate.Day));
    }

    [Fact]
    public async Task Deadlines_of_its_runs_are_watched()
    {
        await using var world = new EngineWorld();
        world.Engine.Deadlines.Open(((InMemoryFlowStore)world.Store).Queries);
        var gate = world.HoldBodies();
        await world.StartAsync(Daily with
        {
            Deadlines = [new DeadlineModel(TimeSpan.FromHours(1), DeadlineReference.Queued, new NotifierModel(NotifierKind.Log))],
        });
        var id = await world.BackfillAsync(Days(3, 3));
        await world.HoldsAsync(id, p => p.Runs.GetValueOrDefault(RunState.Running) == 1);

        world.Time.Advance(TimeSpan.FromHours(1));
        await world.Engine.Coordinator.WhenStoredAsync();
        var run = Assert.Single(await world.RunsAsync());
        Assert.Single(await ((InMemoryFlowStore)world.Store).Queries.DeliveriesAsync(run.Id, CancellationToken.None));

        gate.Let(1);
        await world.CompletedAsync(id);
    }

    [Fact]
    public async Task No_more_than_its_own_limit_run_at_once_and_the_dags_own_limit_is_another()
    {
        await using var world = new EngineWorld(slots: 100);
        var gate = world.HoldBodies();
        await world.StartAsync(Daily);
        var id = await world.BackfillAsync(Days(1, 9) with { MaxActive = 3 });
        await world.HoldsAsync(id, p => p.Runs.GetValueOrDefault(RunState.Running) == 3);

        // The DAG lets one run at once: three of a backfill do not keep it from starting.
        var live = await world.TriggerAsync("daily");
        await world.UntilAsync(live.Id, r => r.Run.State == RunState.Running);

        for (var let = 0; let < 10; let++)
        {
            var progress = await world.Engine.BackfillCommands.FindAsync(id);
            Assert.True(progress.Runs.GetValueOrDefault(RunState.Queued) + progress.Runs.GetValueOrDefault(RunState.Running) <= 3);
            gate.Let(1);
        }

        await world.CompletedAsync(id);
        Assert.True(gate.Most <= 4, $"{gate.Most} bodies at once");
        Assert.Equal(9, (await world.RunsAsync()).Count(r => r.BackfillId == id));
    }

    [Fact]
    public async Task Live_runs_get_free_slots_before_those_of_a_backfill()
    {
        await using var world = new EngineWorld(slots: 1);
        var gate = world.HoldBodies();
        await world.StartAsync(Daily, DagOf("live", TaskOf(0)));
        var id = await world.BackfillAsync(Days(1, 9));
        await world.HoldsAsync(id, p => p.Runs.GetValueOrDefault(RunState.Running) == 9);
        var live = await world.TriggerAsync("live");
        await world.UntilAsync(live.Id, r => StateOf(r, 0) == TaskState.Queued);
        gate.Let(2);
        await world.EndAsync(live.Id);
        Assert.Equal(live.Id, world.Orders.ElementAt(1).RunId);
        gate.Let(8);
        await world.CompletedAsync(id);
    }

    [Fact]
    public async Task Paused_it_creates_and_starts_nothing_until_it_goes_on()
    {
        await using var world = new EngineWorld();
        var gate = world.HoldBodies();
        await world.StartAsync(Daily);
        var id = await world.BackfillAsync(Days(1, 9) with { MaxActive = 2 });
        await world.HoldsAsync(id, p => p.Runs.GetValueOrDefault(RunState.Running) == 2);
        await world.Engine.BackfillCommands.PauseAsync(id, paused: true, "ann");
        gate.Let(2);
        var paused = await world.HoldsAsync(id, p => p.Runs.GetValueOrDefault(RunState.Success) == 2);
        await world.Engine.Backfills.TickAsync(id);
        Assert.Equal(2, (await world.RunsAsync()).Count);
        Assert.Equal(BackfillState.Paused, paused.Backfill.State);

        gate.Let(7);
        await world.Engine.BackfillCommands.PauseAsync(id, paused: false, "ann");
        Assert.Equal(9, (await world.CompletedAsync(id)).Backfill.Created);
    }

    [Fact]
    public async Task A_paused_dag_lets_its_backfill_wait()
    {
        await using var world = await new EngineWorld().StartAsync(Daily);
        await world.Engine.Commands.PauseAsync("daily", paused: true, "ann");
        var id = await world.BackfillAsync(Days(1, 9) with { MaxActive = 2 });
        await world.HoldsAsync(id, p => p.Runs.GetValueOrDefault(RunState.Queued) == 2);
        await world.Engine.Commands.PauseAsync("daily", paused: false, "ann");
        Assert.Equal(9, (await world.CompletedAsync(id)).Runs[RunState.Success]);
    }

    [Fact]
    public async Task Cancelled_its_queued_and_running_runs_are_cancelled()
    {
        await using var world = new EngineWorld();
        world.HoldBodies();
        await world.StartAsync(Daily);
        var id = await world.BackfillAsync(Days(1, 9) with { MaxActive = 2 });
        await world.HoldsAsync(id, p => p.Runs.GetValueOrDefault(RunState.Running) == 2);
        var cancelled = await world.Engine.BackfillCommands.CancelAsync(id, "bob");
        Assert.Equal(BackfillState.Cancelled, cancelled.Backfill.State);
        var end = await world.HoldsAsync(id, p => p.Runs.GetValueOrDefault(RunState.Cancelled) == 2);
        await world.Engine.Backfills.TickAsync(id);
        Assert.Equal(2, (await world.RunsAsync()).Count);
        Assert.Equal(world.Time.GetUtcNow(), end.Backfill.EndedAt);
    }

    [Fact]
    public async Task A_restart_goes_on_where_it_stopped_and_repeats_nothing()
    {
        var store = new InMemoryFlowStore();
        await using var first = new EngineWorld(store);
        var gate = first.HoldBodies();
        await first.StartAsync(Daily);
        var id = await first.BackfillAsync(Days(1, 9) with { MaxActive = 2 });
        gate.Let(3);
        await first.HoldsAsync(id, p => p.Runs.GetValueOrDefault(RunState.Success) == 3);
        await first.Engine.StopAsync(TimeSpan.Zero);
        var left = (await store.LoadBackfillAsync(id, CancellationToken.None))!;
        Assert.InRange(left.Created, 3, 5);
        await first.DisposeAsync();

        await using var second = await new EngineWorld(store, first.Time).StartAsync();
        var end = await second.CompletedAsync(id);
        Assert.Equal((BackfillState.Completed, 9), (end.Backfill.State, end.Backfill.Created));
        Assert.Equal(Enumerable.Range(1, 9), (await second.RunsAsync()).Select(r => r.LogicalDate.Day).Order());
    }

    [Fact]
    public async Task A_failed_run_holds_nothing_up_and_the_backfill_is_completed()
    {
        await using var world = new EngineWorld();
        world.Body = (order, _) => Task.FromResult<Execution.AttemptOutcome>(order.IntervalStart.Day == 4 ? Failure() : Success("1"));
        await world.StartAsync(Daily);
        var end = await world.CompletedAsync(await world.BackfillAsync(Days(3, 6) with { MaxActive = 1 }));
        Assert.Equal(BackfillState.Completed, end.Backfill.State);
        Assert.Equal((3, 1), (end.Runs[RunState.Success], end.Runs[RunState.Failed]));
    }

    [Fact]
    public async Task Ten_years_of_minutes_are_begun_at_once()
    {
        var minutes = Daily with { Schedule = new Model.EveryScheduleModel(TimeSpan.FromMinutes(1)) { Text = "every minute" } };
        await using var world = new EngineWorld();
        world.HoldBodies();
        await world.StartAsync(minutes);
        var id = await world.BackfillAsync(new BackfillRequest("daily", Day(9).AddYears(-10), Day(9)) { MaxActive = 5 });
        var progress = await world.HoldsAsync(id, p => p.Runs.GetValueOrDefault(RunState.Running) > 0);
        Assert.Equal(3652 * 1440 + 1, progress.Backfill.Total);
        Assert.Equal(5, progress.Backfill.Created);
    }
}
