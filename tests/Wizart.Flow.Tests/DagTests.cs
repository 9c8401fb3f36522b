using Wizart.Flow.Model;
using static Wizart.Flow.Script;

namespace Wizart.Flow.Tests;

public sealed class DagTests
{
    [Fact]
    public void A_dag_keeps_all_that_is_said_of_it()
    {
        var model = Declared.Dag(() => Dag("sales.eu")
            .Describe("Sales of **Europe**").Tags("sales", "eu").Tags("eu", "daily").Owner("data")
            .Schedule(Daily.At("06:00").In("Europe/Minsk")).StartingOn("2026-11-01").EndingOn("2027-11-01T12:00")
            .Catchup(atMost: 5).MaxActiveRuns(2).MaxActiveTasks(3).Timeout(2.Hours()).Priority(7).Paused()
            .Task("a").Run(() => { }));

        Assert.Equal("sales.eu", model.Id);
        Assert.Equal("Sales of **Europe**", model.Description);
        Assert.Equal(["sales", "eu", "daily"], model.Tags);
        Assert.Equal("data", model.Owner);
        Assert.Equal("Daily at 06:00, Europe/Minsk", model.Schedule!.Text);
        Assert.Equal(new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.FromHours(3)), model.StartingOn);
        Assert.Equal(new DateTimeOffset(2027, 11, 1, 12, 0, 0, TimeSpan.FromHours(3)), model.EndingOn);
        Assert.Equal((true, (int?)5, false), (model.Catchup, model.CatchupAtMost, model.NewestFirst));
        Assert.Equal((2, (int?)3, (TimeSpan?)2.Hours(), 7, true), (model.MaxActiveRuns, model.MaxActiveTasks, model.Timeout, model.Priority, model.Paused));
        Assert.EndsWith("DagTests.cs", model.Location!.File);
    }

    [Fact]
    public void Catchup_may_begin_with_the_newest()
    {
        var all = Declared.Dag(() => Dag("a").Catchup(newestFirst: true).Task("a").Run(() => { }));
        Assert.Equal((true, (int?)null, true), (all.Catchup, all.CatchupAtMost, all.NewestFirst));
        var some = Declared.Dag(() => Dag("a").Catchup(atMost: 3, newestFirst: true).Task("a").Run(() => { }));
        Assert.Equal((true, (int?)3, true), (some.Catchup, some.CatchupAtMost, some.NewestFirst));
    }

    [Fact]
    public void A_dag_says_little_and_has_defaults()
    {
        var model = Declared.Dag(() => Dag("a").Task("a").Run(() => { }));
        Assert.Null(model.Schedule);
        Assert.Equal(16, model.MaxActiveRuns);
        Assert.False(model.Catchup);
        Assert.Equal(RetryModel.None, model.Tasks[0].Retry);
        Assert.Equal(TriggerRule.AllSuccess, model.Tasks[0].TriggerRule);
    }

    [Fact]
    public void Dags_may_be_declared_in_loops()
    {
        var description = Declared.Script(() =>
        {
            foreach (var brand in new[] { "fiat", "opel" }) Dag($"brand_{brand}").Task("load").Run(() => brand);
        });
        Assert.Empty(description.Diagnostics);
        Assert.Equal(["brand_fiat", "brand_opel"], description.Dags.Select(d => d.Id));
    }

    [Fact]
    public void Two_dags_of_one_id_are_both_kept_and_the_second_is_told()
    {
        var description = Declared.Script(() =>
        {
            Dag("a").Task("x").Run(() => { });
            Dag("a").Task("y").Run(() => { });
        });
        Assert.Equal(2, description.Dags.Count);
        Assert.Equal(FlowCodes.DuplicateDag, Assert.Single(description.Diagnostics).Code);
        Assert.NotEqual(description.Dags[0].Location, description.Diagnostics[0].Location);
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("-a")]
    [InlineData(".a")]
    [InlineData("a/b")]
    [InlineData("a\n")]
    [InlineData(null)]
    public void An_id_that_can_not_be_one_is_refused(string? id)
    {
        Assert.Equal(FlowCodes.BadId, Declared.Error(() => Dag(id!).Task("a").Run(() => { })).Code);
        Assert.Equal(FlowCodes.BadId, Declared.Error(() => Dag("a").Task(id!).Run(() => { })).Code);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("_a-b.c9")]
    [InlineData("заказы")]
    public void Letters_of_any_language_make_an_id(string id) => Assert.Equal(id, Declared.Dag(() => Dag(id).Task(id).Run(() => { })).Id);

    [Fact]
    public void An_id_has_at_most_200_characters()
    {
        Declared.Dag(() => Dag(new string('a', 200)).Task("a").Run(() => { }));
        Assert.Equal(FlowCodes.BadId, Declared.Error(() => Dag(new string('a', 201)).Task("a").Run(() => { })).Code);
    }

    [Fact]
    public void A_dag_without_tasks_is_refused() => Assert.Equal(FlowCodes.NoTasks, Declared.Error(() => Dag("a")).Code);

    [Fact]
    public void Settings_that_make_no_sense_are_told_all_together()
    {
        var description = Declared.Script(() => Dag("a")
            .Catchup(atMost: 0).MaxActiveRuns(0).MaxActiveTasks(-1).Timeout(TimeSpan.Zero).Retry(-1)
            .Task("x").Timeout(-1.Seconds()).Retry(-2, Backoff.Fixed(-1.Seconds()).Jitter(2)).Run(() => { }));
        Assert.All(description.Diagnostics, d => Assert.Equal(FlowCodes.BadSetting, d.Code));
        Assert.Equal(9, description.Diagnostics.Count);
    }

    [Theory]
    [InlineData("2026-11-01", "2026-11-01")]
    [InlineData("2026-11-01", "2026-10-01")]
    public void An_end_that_is_not_after_the_start_is_refused(string start, string end) => Assert.Equal(
        FlowCodes.BadDates, Declared.Error(() => Dag("a").StartingOn(start).EndingOn(end).Task("x").Run(() => { })).Code);

    [Theory]
    [InlineData("yesterday")]
    [InlineData("01.11.2026")]
    [InlineData("2026-02-30")]
    [InlineData("2026-13-01")]
    [InlineData("")]
    [InlineData(null)]
    public void What_is_no_date_is_refused(string? date) =>
        Assert.Equal(FlowCodes.BadDates, Declared.Error(() => Dag("a").StartingOn(date!).Task("x").Run(() => { })).Code);

    [Theory]
    [InlineData("2026-11-01", "2026-11-01T00:00:00+03:00")]
    [InlineData("2026-11-01 06:30", "2026-11-01T06:30:00+03:00")]
    [InlineData("2026-11-01T06:30:15", "2026-11-01T06:30:15+03:00")]
    [InlineData("2026-11-01T06:30Z", "2026-11-01T06:30:00+00:00")]
    [InlineData("2026-11-01T06:30+01:00", "2026-11-01T06:30:00+01:00")]
    [InlineData("9999-12-31", "9999-12-31T00:00:00+03:00")]
    [InlineData("0001-01-01", "0001-01-01T00:00:00+00:00")]
    public void Dates_without_an_offset_are_local_to_the_zone_of_the_schedule(string date, string expected)
    {
        // The schedule may be said after the date.
        var model = Declared.Dag(() => Dag("a").StartingOn(date).Schedule(Daily.In("Europe/Minsk")).Task("x").Run(() => { }));
        Assert.Equal(DateTimeOffset.Parse(expected), model.StartingOn);
        Assert.Equal(DateTimeOffset.Parse(expected).Offset, model.StartingOn!.Value.Offset);
    }

    [Fact]
    public void A_date_in_the_gap_of_a_changed_clock_moves_on_by_the_gap() => Assert.Equal(
        new DateTimeOffset(2026, 3, 29, 3, 30, 0, TimeSpan.FromHours(2)),
        Declared.Dag(() => Dag("a").StartingOn("2026-03-29T02:30").Schedule(Daily.In("Europe/Berlin")).Task("x").Run(() => { })).StartingOn);

    [Fact]
    public void The_calendars_end_is_a_date_in_every_zone() => Assert.Equal(
        DateTimeOffset.MaxValue,
        Declared.Dag(() => Dag("a").EndingOn("9999-12-31T23:59").Schedule(Daily.In("America/New_York")).Task("x").Run(() => { })).EndingOn);

    [Fact]
    public void All_errors_of_a_script_come_together_each_with_its_line()
    {
        var description = Declared.Script(() =>
        {
            var dag = Dag("bad id").Schedule(Daily.At("25:00").In("Europe/Minks"));
            dag.Task("a");
            dag.Task("b").Run(() => Task.FromResult(new MemoryStream()));
            dag.Task("b").Run(() => { });
        });
        Assert.Equal(
            [FlowCodes.BadId, FlowCodes.BadSchedule, FlowCodes.UnknownZone, FlowCodes.NotStorable, FlowCodes.DuplicateTask, FlowCodes.NoEnding],
            description.Diagnostics.Select(d => d.Code));
        var first = description.Diagnostics[0].Location!.Line;
        Assert.Equal([0, 0, 0, 2, 3, 1], description.Diagnostics.Select(d => d.Location!.Line - first));
        Assert.False(description.IsValid);
    }

    [Fact]
    public void Outside_of_a_script_nothing_can_be_declared() => Assert.Throws<InvalidOperationException>(() => Dag("a"));
}
