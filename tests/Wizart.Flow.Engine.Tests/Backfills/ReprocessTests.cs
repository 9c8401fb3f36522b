using Wizart.Flow.Engine.Backfills;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Tests.Coordination;
using Wizart.Flow.Execution;
using static Wizart.Flow.Engine.Tests.Backfills.BackfillWorld;
using static Wizart.Flow.Engine.Tests.Coordination.EngineWorld;

namespace Wizart.Flow.Engine.Tests.Backfills;

public sealed class ReprocessTests
{
    /// <summary>Airflow's table: what becomes of an interval by the state of its newest run.</summary>
    [Theory]
    [InlineData(Reprocess.None, null, true)]
    [InlineData(Reprocess.None, RunState.Success, false)]
    [InlineData(Reprocess.None, RunState.Failed, false)]
    [InlineData(Reprocess.None, RunState.Cancelled, false)]
    [InlineData(Reprocess.None, RunState.Queued, false)]
    [InlineData(Reprocess.None, RunState.Running, false)]
    [InlineData(Reprocess.Failed, null, true)]
    [InlineData(Reprocess.Failed, RunState.Success, false)]
    [InlineData(Reprocess.Failed, RunState.Failed, true)]
    [InlineData(Reprocess.Failed, RunState.Cancelled, false)]
    [InlineData(Reprocess.Failed, RunState.Queued, false)]
    [InlineData(Reprocess.Failed, RunState.Running, false)]
    [InlineData(Reprocess.All, null, true)]
    [InlineData(Reprocess.All, RunState.Success, true)]
    [InlineData(Reprocess.All, RunState.Failed, true)]
    [InlineData(Reprocess.All, RunState.Cancelled, true)]
    [InlineData(Reprocess.All, RunState.Queued, false)]
    [InlineData(Reprocess.All, RunState.Running, false)]
    public void An_interval_gets_a_run_by_what_there_is_of_it(Reprocess reprocess, RunState? newest, bool creates) =>
        Assert.Equal(creates, reprocess.Creates(newest is { } state ? new SlotRun(Day(1), state, !state.IsFinal()) : null));

    [Fact]
    public void An_older_run_that_is_still_running_keeps_the_interval_from_another() =>
        Assert.False(Reprocess.All.Creates(new SlotRun(Day(1), RunState.Failed, IsUnfinished: true)));

    [Theory]
    [InlineData(Reprocess.None, new[] { 1, 2, 8, 9 }, 5)]
    [InlineData(Reprocess.Failed, new[] { 1, 2, 4, 8, 9 }, 4)]
    [InlineData(Reprocess.All, new[] { 1, 2, 3, 4, 5, 6, 7, 8, 9 }, 0)]
    public async Task A_second_backfill_repeats_what_was_asked_and_keeps_the_earlier_runs(Reprocess reprocess, int[] days, int skipped)
    {
        await using var world = new EngineWorld();
        world.Body = (order, _) => Task.FromResult<AttemptOutcome>(order.IntervalStart.Day == 4 ? Failure() : Success("1"));
        await world.StartAsync(Daily);
        await world.CompletedAsync(await world.BackfillAsync(Days(3, 7)));
        var earlier = await world.RunsAsync();

        var request = Days(1, 9) with { Reprocess = reprocess };
        var preview = await world.Engine.BackfillCommands.PreviewAsync(request, "ann", CancellationToken.None);
        var second = await world.BackfillAsync(request);
        var end = await world.CompletedAsync(second);

        var runs = await world.RunsAsync();
        Assert.Equal(days, runs.Where(r => r.BackfillId == second).Select(r => r.LogicalDate.Day).Order());
        Assert.Equal((days.Length, skipped, 9), (end.Backfill.Created, end.Backfill.Skipped, end.Backfill.Total));
        Assert.Equal(earlier, runs.Take(earlier.Count));
        Assert.Equal((days.Length, skipped), (preview.Runs, preview.Skipped));
        Assert.Equal(days, preview.First.Select(s => s.LogicalDate.Day));
    }

    [Fact]
    public async Task Scheduled_runs_count_as_runs_of_their_interval()
    {
        await using var world = await new EngineWorld().StartAsync(Daily with { StartingOn = Day(1), Catchup = true, MaxActiveRuns = 100 });
        foreach (var run in await world.RunsAsync()) await world.EndAsync(run.Id);
        var end = await world.CompletedAsync(await world.BackfillAsync(new BackfillRequest("daily", Day(30, 10), Day(9))));
        Assert.Equal((2, 9), (end.Backfill.Created, end.Backfill.Skipped));
    }

    [Fact]
    public async Task An_interval_whose_run_is_queued_or_running_never_gets_a_second()
    {
        await using var world = new EngineWorld();
        var gate = world.HoldBodies();
        await world.StartAsync(Daily with { StartingOn = Day(8), Catchup = true });
        var live = await world.RunsAsync();
        Assert.Equal([8, 9], live.Select(r => r.LogicalDate.Day));

        var id = await world.BackfillAsync(Days(6, 9) with { Reprocess = Reprocess.All });
        gate.Let(10);
        var end = await world.CompletedAsync(id);
        Assert.Equal((2, 2), (end.Backfill.Created, end.Backfill.Skipped));
    }

    [Fact]
    public async Task The_schedule_makes_no_run_for_an_interval_whose_backfill_run_is_under_way()
    {
        await using var world = new EngineWorld();
        var gate = world.HoldBodies();
        await world.StartAsync(Daily);
        await world.Engine.Commands.PauseAsync("daily", paused: true, "ann");
        world.Time.Advance(TimeSpan.FromDays(1));
        var id = await world.BackfillAsync(Days(10, 11));
        await world.HoldsAsync(id, p => p.Runs.GetValueOrDefault(RunState.Queued) == 1);
        await world.Engine.Commands.PauseAsync("daily", paused: false, "ann");
        Assert.Equal([RunKind.Backfill], (await world.RunsAsync()).Select(r => r.Kind));
        gate.Let(1);
        await world.CompletedAsync(id);
    }
}
