using Wizart.Flow.Engine.Timetables;
using Wizart.Flow.Model;
using static Wizart.Flow.Engine.Tests.Timetables.Schedules;

namespace Wizart.Flow.Engine.Tests.Timetables;

public sealed class TimetableTests
{
    [Fact]
    public void A_dag_without_a_schedule_has_no_timetable() => Assert.Null(Timetable.For(Dag(null), T("2026-01-01")));

    [Fact]
    public void A_run_covers_the_time_between_two_firings_and_starts_at_its_end()
    {
        var slot = Of(Cron("0 6 * * *", "Europe/Minsk"), start: "2026-11-01").NextAfter(T("2026-11-10T12:00Z"))!.Value;
        Assert.Equal(T("2026-11-10T06:00+03:00"), slot.LogicalDate);
        Assert.Equal(new DataInterval(T("2026-11-10T06:00+03:00"), T("2026-11-11T06:00+03:00")), slot.Interval);
        Assert.Equal(slot.Interval.End, slot.RunAfter);
        Assert.Equal(TimeSpan.FromHours(3), slot.RunAfter.Offset);
    }

    [Fact]
    public void Across_a_change_of_the_clock_a_day_has_23_or_25_hours()
    {
        var timetable = Of(Cron("@daily", "Europe/Berlin"));
        Assert.Equal(TimeSpan.FromHours(23), timetable.NextAfter(T("2026-03-29T12:00Z"))!.Value.Interval.Length);
        Assert.Equal(TimeSpan.FromHours(25), timetable.NextAfter(T("2026-10-25T12:00Z"))!.Value.Interval.Length);
    }

    [Fact]
    public void At_start_the_run_is_at_the_time_itself_and_its_interval_is_empty()
    {
        var slot = Of(Cron("0 6 * * *") with { AtStart = true }).NextAfter(T("2026-11-10T06:00Z"))!.Value;
        Assert.Equal(new DueSlot(T("2026-11-11T06:00Z"), new DataInterval(T("2026-11-11T06:00Z"), T("2026-11-11T06:00Z")), T("2026-11-11T06:00Z")), slot);
    }

    [Fact]
    public void Without_a_start_the_first_run_is_the_first_due_after_activation()
    {
        var timetable = Of(Cron("0 * * * *"), since: "2026-05-05T10:20");
        Assert.Null(timetable.LatestAt(T("2026-05-05T10:59Z")));
        Assert.Equal(T("2026-05-05T10:00Z"), timetable.NextAfter(T("2020-01-01"))!.Value.LogicalDate);
        Assert.Equal(T("2026-05-05T11:00Z"), timetable.LatestAt(T("2026-05-05T11:00Z"))!.Value.RunAfter);
        Assert.Equal(T("2026-05-05T12:00Z"), Of(Cron("0 * * * *"), since: "2026-05-05T11:00").NextAfter(T("2020-01-01"))!.Value.RunAfter);
    }

    [Fact]
    public void No_interval_begins_before_the_start_nor_at_the_end()
    {
        var timetable = Of(Cron("0 6 * * *"), start: "2026-01-01T07:00", end: "2026-01-04T06:00");
        var all = timetable.Between(DateTimeOffset.MinValue, DateTimeOffset.MaxValue).ToArray();
        Assert.Equal([T("2026-01-02T06:00Z"), T("2026-01-03T06:00Z")], all.Select(s => s.LogicalDate));
        Assert.Equal(2, timetable.CountBetween(DateTimeOffset.MinValue, DateTimeOffset.MaxValue));
        Assert.Equal(all[^1], timetable.LatestAt(T("2030-01-01")));
        Assert.Null(timetable.NextAfter(T("2026-01-04T06:00Z")));
        Assert.Null(timetable.LatestAt(T("2026-01-03T05:59Z")));
    }

    [Fact]
    public void Every_is_counted_from_the_start()
    {
        var slots = Walk(Of(Every(TimeSpan.FromMinutes(7)), start: "2026-01-01T00:03"), T("2026-01-01")).Take(2);
        Assert.Equal([T("2026-01-01T00:03Z"), T("2026-01-01T00:10Z")], slots.Select(s => s.LogicalDate));
    }

    [Fact]
    public void Without_bounds_periods_are_still_counted_from_the_start()
    {
        var dag = Dag(Every(TimeSpan.FromMinutes(7)), start: "2026-01-01T00:03", end: "2026-01-02");
        Assert.Equal(T("2025-12-31T23:56Z"), Timetable.Unbounded(dag)!.NextAfter(T("2026-01-01"))!.Value.LogicalDate);
        Assert.Equal(T("2026-01-31T23:55Z"), Timetable.Unbounded(dag)!.LatestAt(T("2026-02-01T00:08Z"))!.Value.LogicalDate);
        Assert.Null(Timetable.Unbounded(Dag(null)));
    }

    [Fact]
    public void Every_without_a_start_falls_on_round_times() => Assert.Equal(
        new DataInterval(T("2026-05-05T10:15Z"), T("2026-05-05T10:30Z")),
        Of(Every(TimeSpan.FromMinutes(15)), since: "2026-05-05T10:20").NextAfter(T("2026-05-05T10:20Z"))!.Value.Interval);

    [Fact]
    public void Every_follows_elapsed_time_when_clocks_change()
    {
        var slots = Walk(Of(Every(TimeSpan.FromHours(1), "Europe/Berlin")), T("2026-03-29T00:00Z")).Take(2).ToArray();
        Assert.Equal([1, 3], slots.Select(s => s.LogicalDate.Hour));
        Assert.All(slots, s => Assert.Equal(TimeSpan.FromHours(1), s.Interval.Length));
    }

    [Fact]
    public void Every_is_counted_without_being_walked()
    {
        var timetable = Of(Every(TimeSpan.FromSeconds(1)), start: "0100-01-01");
        Assert.Equal(59_958_144_000, timetable.CountBetween(T("0100-01-01"), T("2000-01-01")));
    }

    [Fact]
    public void Dates_run_at_the_times_listed_in_the_zone_of_the_schedule()
    {
        var timetable = Of(On("2026-12-24T18:00", "2026-03-01", "2026-12-24T15:00Z") with { Zone = "Europe/Minsk" });
        Assert.Equal([T("2026-03-01T00:00+03:00"), T("2026-12-24T18:00+03:00")], Walk(timetable, T("2026-01-01")).Select(s => s.RunAfter));
        Assert.All(Walk(timetable, T("2026-01-01")), s => Assert.Equal(TimeSpan.Zero, s.Interval.Length));
        Assert.Equal(2, timetable.CountBetween(T("2026-01-01"), T("2027-01-01")));
    }

    [Fact]
    public void Once_runs_when_the_dag_becomes_active_or_at_its_start()
    {
        Assert.Equal([T("2026-05-05T10:20Z")], Walk(Of(Once, since: "2026-05-05T10:20"), DateTimeOffset.MinValue).Select(s => s.RunAfter));
        Assert.Equal([T("2026-06-01")], Walk(Of(Once, start: "2026-06-01"), DateTimeOffset.MinValue).Select(s => s.RunAfter));
        Assert.Equal(T("2026-06-01"), Of(Once, start: "2026-06-01").LatestAt(T("2030-01-01"))!.Value.RunAfter);
    }

    [Fact]
    public void Once_waits_for_the_end_of_an_excepted_day()
    {
        var once = Once with { Except = [new(2026, 5, 5), new(2026, 5, 6)], Zone = "Europe/Minsk" };
        Assert.Equal(T("2026-05-07T00:00+03:00"), Of(once, since: "2026-05-05T10:20").NextAfter(DateTimeOffset.MinValue)!.Value.RunAfter);
    }

    [Fact]
    public void Continuously_gives_the_empty_interval_right_away()
    {
        var timetable = Of(Continuously, start: "2026-05-05", end: "2026-06-01");
        var now = T("2026-05-10T10:11:12.345Z");
        Assert.Equal(new DueSlot(now, new DataInterval(now, now), now), timetable.NextAfter(now));
        Assert.Equal(now, timetable.LatestAt(now)!.Value.RunAfter);
        Assert.Equal(T("2026-05-05"), timetable.NextAfter(T("2026-01-01"))!.Value.RunAfter);
        Assert.Null(timetable.LatestAt(T("2026-01-01")));
        Assert.Null(timetable.NextAfter(T("2026-06-01")));
        Assert.Single(timetable.Between(T("2026-05-09"), now));
        Assert.Equal(1, timetable.CountBetween(T("2026-05-09"), now));
    }

    [Fact]
    public void An_excepted_day_does_not_fire_and_the_interval_before_it_goes_on()
    {
        var holidays = Cron("0 6 * * *") with { Except = [new(2026, 12, 25), new(2026, 12, 26)] };
        var slots = Walk(Of(holidays, start: "2026-12-23"), T("2026-12-23")).Take(3).ToArray();
        Assert.Equal([T("2026-12-24T06:00Z"), T("2026-12-27T06:00Z"), T("2026-12-28T06:00Z")], slots.Select(s => s.RunAfter));
        Assert.Equal(new DataInterval(T("2026-12-24T06:00Z"), T("2026-12-27T06:00Z")), slots[1].Interval);
    }

    [Fact]
    public void An_excepted_day_is_a_day_of_the_zone_whatever_its_midnight()
    {
        var schedule = Cron("*/30 * * * *", "America/Santiago") with { AtStart = true, Except = [new(2026, 9, 6)] };
        var slots = Walk(Of(schedule), T("2026-09-06T03:00Z")).Take(2).Select(s => s.RunAfter).ToArray();
        Assert.Equal([T("2026-09-05T23:30-04:00"), T("2026-09-07T00:00-03:00")], slots);
        Assert.Equal(slots[0], Of(schedule).LatestAt(T("2026-09-07T02:59Z"))!.Value.RunAfter);
    }

    [Fact]
    public void Jitter_is_the_same_each_time_and_differs_between_dags_and_dates()
    {
        static TimeSpan[] Waits(string dag) => [.. Timetable
            .For(Dag(Cron("@daily") with { Jitter = TimeSpan.FromMinutes(30) }) with { Id = dag }, T("2026-01-01"))!
            .Between(T("2026-01-01"), T("2026-12-31")).Select(s => s.RunAfter - s.Interval.End)];

        Assert.Equal(Waits("a"), Waits("a"));
        Assert.NotEqual(Waits("a"), Waits("b"));
        Assert.All(Waits("a"), w => Assert.InRange(w, TimeSpan.Zero, TimeSpan.FromMinutes(30)));
        Assert.InRange(Waits("a").Average(w => w.TotalMinutes), 13, 17);
    }

    [Fact]
    public void Jitter_is_the_same_in_every_process() => Assert.Equal(
        T("2026-01-02T00:12:27.485Z"),
        Of(Cron("@daily") with { Jitter = TimeSpan.FromMinutes(30) }).NextAfter(T("2026-01-01T12:00Z"))!.Value.RunAfter);

    [Theory]
    [InlineData("0 0 29 2 *", "2024-03-01", "2028-02-29")]
    [InlineData("0 0 29 2 *", "2096-03-01", "2104-02-29")] // 2100 is no leap year
    [InlineData("0 0 * 2 MON#5", "2026-01-01", "2044-02-29")] // a February with five Mondays
    [InlineData("0 0 31 * *", "2026-02-01", "2026-03-31")]
    [InlineData("0 0 L * *", "2028-02-01", "2028-02-29")]
    [InlineData("0 0 LW * *", "2026-05-01", "2026-05-29")]
    [InlineData("0 0 1 1 *", "8999-06-01", "9000-01-01")]
    public void Cron_finds_rare_days(string cron, string after, string expected)
    {
        var timetable = Of(Cron(cron) with { AtStart = true });
        Assert.Equal(T(expected), timetable.NextAfter(T(after))!.Value.RunAfter);
        Assert.Equal(T(expected), timetable.LatestAt(T(expected).AddHours(5))!.Value.RunAfter);
    }

    // crontab(5): "If both fields are restricted (i.e., don't start with *), the command will be run when either field matches."
    [Theory]
    [InlineData("0 0 13 * 5", "2026-03-01", "2026-03-06 | 2026-03-13 | 2026-03-20 | 2026-03-27 | 2026-04-03 | 2026-04-10 | 2026-04-13")]
    [InlineData("0 0 1,15 * MON", "2026-03-01T00:00:01", "2026-03-02 | 2026-03-09 | 2026-03-15 | 2026-03-16")]
    [InlineData("0 0 */2 * MON", "2026-03-01", "2026-03-09 | 2026-03-23 | 2026-04-13")]
    [InlineData("0 0 31 2 FRI", "2026-01-01", "2026-02-06 | 2026-02-13 | 2026-02-20 | 2026-02-27 | 2027-02-05")]
    [InlineData("0 0 ? * 7", "2026-03-01", "2026-03-08 | 2026-03-15")]
    [InlineData("0 0 0 1 */6 ?", "2026-03-01", "2026-07-01 | 2027-01-01")]
    public void Cron_takes_days_as_Unix_does(string cron, string after, string expected) => Assert.Equal(
        expected.Split(" | ").Select(T),
        Walk(Of(Cron(cron) with { AtStart = true }), T(after)).Select(s => s.RunAfter).Take(expected.Split(" | ").Length));

    [Theory]
    [InlineData("@hourly", "2026-01-01T01:00")]
    [InlineData("@daily", "2026-01-02")]
    [InlineData("@midnight", "2026-01-02")]
    [InlineData("@weekly", "2026-01-04")]
    [InlineData("@monthly", "2026-02-01")]
    [InlineData("@yearly", "2027-01-01")]
    [InlineData("@Annually", "2027-01-01")]
    [InlineData("30 5 0 * * *", "2026-01-01T00:05:30")]
    public void Cron_knows_macros_and_seconds(string cron, string expected) =>
        Assert.Equal(T(expected), Of(Cron(cron) with { AtStart = true }).NextAfter(T("2026-01-01"))!.Value.RunAfter);

    [Theory]
    [InlineData("UTC")]
    [InlineData("Pacific/Kiritimati")]
    [InlineData("America/New_York")]
    public void The_ends_of_the_calendar_are_not_errors(string zone)
    {
        foreach (var schedule in new TimeScheduleModel[] { Cron("0 6 * * *", zone), Every(TimeSpan.FromDays(1), zone), Cron("0 6 * * *", zone) with { AtStart = true } })
        {
            var timetable = Timetable.For(Dag(schedule with { Jitter = TimeSpan.FromHours(1) }), DateTimeOffset.MinValue)!;
            Assert.Null(timetable.NextAfter(DateTimeOffset.MaxValue));
            Assert.Null(timetable.LatestAt(DateTimeOffset.MinValue));
            Assert.Equal(9998, timetable.LatestAt(DateTimeOffset.MaxValue)!.Value.LogicalDate.UtcDateTime.Year);
            Assert.InRange(timetable.NextAfter(DateTimeOffset.MinValue)!.Value.LogicalDate.Year, 1, 2);
        }
    }
}
