using Wizart.Flow.Engine.Commands;
using Wizart.Flow.Engine.Simulations;
using Wizart.Flow.Model;
using static Wizart.Flow.Engine.Tests.Coordination.EngineWorld;

namespace Wizart.Flow.Engine.Tests.Simulations;

public sealed class FlowSimulationTests
{
    private static readonly DagModel Daily = DagOf("daily", TaskOf(0), TaskOf(1, 0)) with
    {
        Schedule = new CronScheduleModel("0 6 * * *") { Text = "daily" },
        StartingOn = At(1, month: 10),
    };

    [Fact]
    public async Task Every_run_that_comes_due_is_told_with_its_time()
    {
        var runs = await RunsAsync(Daily);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9], runs.Select(r => r.CreatedAt.Day));
        Assert.All(runs, r => Assert.Equal(
            ("daily", RunKind.Scheduled, r.CreatedAt.AddDays(-1), r.CreatedAt, r.CreatedAt, SimulatedCause.Schedule),
            (r.DagId, r.Kind, r.LogicalDate, r.Interval.End, r.StartedAt, r.Cause)));
        Assert.Equal(At(1, 6), runs[0].CreatedAt);
    }

    [Theory]
    [InlineData(false, new[] { 5 })]
    [InlineData(true, new[] { 2, 3, 4, 5 })]
    public async Task After_a_downtime_the_newest_or_all_missed_intervals_run(bool catchup, int[] days)
    {
        var runs = await RunsAsync(Daily with { Catchup = catchup }, o => o with { Downtimes = [new(At(3), At(6, 12))] });
        var caught = runs.Where(r => r.Cause == SimulatedCause.Downtime).ToArray();
        Assert.Equal(days, caught.Select(r => r.LogicalDate.Day));
        Assert.All(caught, r => Assert.Equal(At(6, 12), r.CreatedAt));
        Assert.Equal([1, 2, 7, 8, 9], runs.Where(r => r.Cause == SimulatedCause.Schedule).Select(r => r.CreatedAt.Day));
    }

    [Fact]
    public async Task After_unpausing_too_and_other_dags_are_left_alone()
    {
        var other = Daily with { Id = "other" };
        var runs = await RunsAsync([Daily with { Catchup = true }, other], o => o with { Pauses = [("daily", new(At(3), At(5, 12)))] });
        Assert.Equal([2, 3, 4], runs.Where(r => r.Cause == SimulatedCause.Unpause).Select(r => r.LogicalDate.Day));
        Assert.All(runs.Where(r => r.DagId == "other"), r => Assert.Equal(SimulatedCause.Schedule, r.Cause));
        Assert.Equal((9, 9), (runs.Count(r => r.DagId == "daily"), runs.Count(r => r.DagId == "other")));
    }

    [Fact]
    public async Task A_pause_within_a_downtime_holds_when_the_daemon_is_back()
    {
        var runs = await RunsAsync(
            Daily with { Catchup = true },
            o => o with { Downtimes = [new(At(3), At(5))], Pauses = [("daily", new(At(4), At(7, 12)))] });
        Assert.Equal([2, 3, 4, 5, 6], runs.Where(r => r.Cause == SimulatedCause.Unpause).Select(r => r.LogicalDate.Day));
        Assert.DoesNotContain(runs, r => r.Cause == SimulatedCause.Downtime);
    }

    [Fact]
    public async Task A_downtime_at_the_very_beginning_and_overlapping_ones_count_as_one()
    {
        var runs = await RunsAsync(Daily, o => o with { Downtimes = [new(At(1).AddDays(-3), At(4)), new(At(3), At(5, 12))] });
        Assert.Equal((At(5, 12), SimulatedCause.Downtime), (runs[0].CreatedAt, runs[0].Cause));
        Assert.Equal([5, 6, 7, 8, 9], runs.Select(r => r.CreatedAt.Day));
    }

    [Fact]
    public async Task With_an_empty_database_what_came_before_is_missed()
    {
        var runs = await RunsAsync(Daily with { Catchup = true, CatchupAtMost = 3 }, o => o with { Fresh = true });
        Assert.Equal([29, 30, 31], runs.Where(r => r.Cause == SimulatedCause.FirstStart).Select(r => r.CreatedAt == At(1) ? r.LogicalDate.AddDays(1).Day : 0).Order());
        Assert.Equal(12, runs.Count);
    }

    [Fact]
    public async Task Many_runs_are_few_seconds_and_portions_of_a_catchup_have_one_cause()
    {
        var minutes = Daily with { Schedule = new CronScheduleModel("* * * * *") { Text = "every minute" }, Catchup = true, MaxActiveRuns = 3 };
        var runs = await RunsAsync(minutes, o => o with { To = At(2), Downtimes = [new(At(1, 2), At(1, 22))] });
        Assert.Equal(1440, runs.Count);
        Assert.Equal(1200, runs.Count(r => r.Cause == SimulatedCause.Downtime && r.CreatedAt == At(1, 22)));
        Assert.Equal(runs.Select(r => r.LogicalDate).Distinct(), runs.Select(r => r.LogicalDate));
    }

    [Fact]
    public async Task A_dag_that_is_continuous_or_paused_is_told()
    {
        var loop = DagOf("loop", TaskOf(0)) with { Schedule = new ContinuousScheduleModel { Text = "Continuously" } };
        var result = await FlowSimulation.RunAsync(
            new SimulationOptions([loop, Daily with { Paused = true }, DagOf("by_hand", TaskOf(0))], At(1), At(10)), TestContext.Current.CancellationToken);
        Assert.Empty(result.Runs);
        Assert.Equal(["loop"], result.Continuous);
        Assert.Equal(["daily"], result.Paused);
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused_all_of_it_at_once()
    {
        var refused = await Assert.ThrowsAsync<FlowCommandException>(() => RunsAsync(Daily, o => o with
        {
            To = At(1),
            Downtimes = [new(At(3), At(2))],
            Pauses = [("dayly", new(At(3), At(3)))],
        }));
        foreach (var says in (string[])["The range is turned round", "The downtime is turned round", "The pause of 'dayly' is turned round", "Did you mean 'daily'?"])
            Assert.Contains(says, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_runs_than_the_limit_are_refused()
    {
        var refused = await Assert.ThrowsAsync<FlowCommandException>(() => RunsAsync(Daily, o => o with { MostRuns = 8 }));
        Assert.Contains("more than 8 runs", refused.Message, StringComparison.Ordinal);
        Assert.Equal(9, (await RunsAsync(Daily, o => o with { MostRuns = 9 })).Count);
    }

    private static DateTimeOffset At(int day, int hour = 0, int month = 11) => new(2026, month, day, hour, 0, 0, TimeSpan.Zero);

    private static Task<IReadOnlyList<SimulatedRun>> RunsAsync(DagModel dag, Func<SimulationOptions, SimulationOptions>? with = null) => RunsAsync([dag], with);

    /// <summary>From the 1st of November until before the 10th.</summary>
    private static async Task<IReadOnlyList<SimulatedRun>> RunsAsync(DagModel[] dags, Func<SimulationOptions, SimulationOptions>? with = null)
    {
        var options = new SimulationOptions(dags, At(1), At(10));
        return (await FlowSimulation.RunAsync(with is null ? options : with(options), TestContext.Current.CancellationToken)).Runs;
    }
}
