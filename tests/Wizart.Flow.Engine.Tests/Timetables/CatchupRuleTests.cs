using Wizart.Flow.Engine.Timetables;
using Wizart.Flow.Model;
using static Wizart.Flow.Engine.Tests.Timetables.Schedules;

namespace Wizart.Flow.Engine.Tests.Timetables;

public sealed class CatchupRuleTests
{
    private static readonly DateTimeOffset Active = T("2026-01-01T12:00Z");

    [Fact]
    public void Without_catchup_only_the_newest_missed_interval_is_run() =>
        Assert.Equal(["2026-01-09"], Due(Dag(Cron("@daily")), last: "2026-01-03", now: "2026-01-10T08:00"));

    [Fact]
    public void Without_catchup_a_start_long_past_gives_the_newest_completed_interval() =>
        Assert.Equal(["2026-01-09"], Due(Dag(Cron("@daily"), start: "2016-01-01"), last: null, now: "2026-01-10T08:00"));

    [Fact]
    public void With_catchup_all_missed_intervals_are_run_oldest_first() => Assert.Equal(
        ["2026-01-03", "2026-01-04", "2026-01-05"],
        Due(Dag(Cron("@daily")) with { Catchup = true }, last: "2026-01-03", now: "2026-01-06T08:00"));

    [Fact]
    public void With_catchup_and_a_start_the_first_interval_is_that_of_the_start() => Assert.Equal(
        ["2025-12-30", "2025-12-31", "2026-01-01"],
        Due(Dag(Cron("@daily"), start: "2025-12-30") with { Catchup = true }, last: null, now: "2026-01-02T08:00"));

    [Fact]
    public void Without_a_start_nothing_before_activation_is_caught_up() => Assert.Equal(
        ["2026-01-01", "2026-01-02"],
        Due(Dag(Cron("@daily")) with { Catchup = true }, last: null, now: "2026-01-03T08:00"));

    [Fact]
    public void Catchup_at_most_takes_the_newest_oldest_first() => Assert.Equal(
        ["2026-01-08", "2026-01-09"],
        Due(Dag(Cron("@daily")) with { Catchup = true, CatchupAtMost = 2 }, last: "2026-01-03", now: "2026-01-10T08:00"));

    [Fact]
    public void Catchup_at_most_does_not_run_again_what_was_run() => Assert.Equal(
        ["2026-01-09"],
        Due(Dag(Cron("@daily")) with { Catchup = true, CatchupAtMost = 5 }, last: "2026-01-09", now: "2026-01-10T08:00"));

    [Fact]
    public void Ten_years_of_minutes_come_in_batches_without_gap_or_repetition()
    {
        var dag = Dag(Cron("* * * * *"), start: "2016-01-01") with { Catchup = true };
        var timetable = Timetable.For(dag, Active)!;
        DateTimeOffset? last = null;
        var expected = T("2016-01-01");
        for (var batch = 0; batch < 5; batch++)
        {
            var due = CatchupRule.Due(timetable, dag, last, Active, T("2026-01-01"), 200);
            Assert.Equal(200, due.Count);
            foreach (var slot in due)
            {
                Assert.Equal(expected, slot.LogicalDate);
                expected = slot.Interval.End;
            }

            last = due[^1].Interval.End;
        }
    }

    [Fact]
    public void Catchup_at_most_in_batches_gives_so_many_in_all()
    {
        var dag = Dag(Cron("* * * * *"), start: "2026-01-01") with { Catchup = true, CatchupAtMost = 250 };
        var timetable = Timetable.For(dag, Active)!;
        DateTimeOffset? last = null;
        var count = 0;
        while (CatchupRule.Due(timetable, dag, last, Active, T("2026-01-02"), 100) is { Count: > 0 } due)
        {
            count += due.Count;
            last = due[^1].Interval.End;
        }

        Assert.Equal(250, count);
        Assert.Equal(T("2026-01-02"), last);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Nothing_is_due_twice_or_early(bool catchup)
    {
        var dag = Dag(Cron("@daily")) with { Catchup = catchup };
        Assert.Empty(Due(dag, last: "2026-01-10", now: "2026-01-10T23:59:59"));
        Assert.Equal(["2026-01-10"], Due(dag, last: "2026-01-10", now: "2026-01-11T00:00"));
        Assert.Empty(Due(dag, last: "2026-01-11", now: "2026-01-11T00:00"));
        Assert.Empty(Due(dag, last: "2026-02-01", now: "2026-01-11T00:00"));
    }

    [Fact]
    public void A_slot_is_due_after_its_jitter_and_once()
    {
        var dag = Dag(Cron("@daily") with { Jitter = TimeSpan.FromHours(6) }) with { Catchup = true };
        var timetable = Timetable.For(dag, Active)!;
        var slot = timetable.NextAfter(T("2026-01-05T12:00Z"))!.Value;
        Assert.True(slot.RunAfter > slot.Interval.End);
        Assert.Empty(CatchupRule.Due(timetable, dag, slot.Interval.Start, Active, slot.RunAfter.AddTicks(-1), 10));
        Assert.Equal([slot], CatchupRule.Due(timetable, dag, slot.Interval.Start, Active, slot.RunAfter, 10));
        Assert.Empty(CatchupRule.Due(timetable, dag, slot.Interval.End, Active, slot.RunAfter, 10));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Once_is_due_once(bool catchup)
    {
        var dag = Dag(Once) with { Catchup = catchup };
        Assert.Equal(["2026-01-01"], Due(dag, last: null, now: "2026-01-01T12:00"));
        Assert.Equal(["2026-01-01"], Due(dag, last: null, now: "2027-01-01T12:00"));
        Assert.Empty(Due(dag, last: "2026-01-01T12:00", now: "2027-01-01T12:00"));
    }

    [Fact]
    public void Continuously_is_due_now_and_never_in_arrears() => Assert.Equal(
        ["2026-01-20"],
        Due(Dag(Continuously) with { Catchup = true }, last: "2026-01-03", now: "2026-01-20T08:00"));

    [Fact]
    public void After_the_end_what_was_missed_is_still_due() => Assert.Equal(
        ["2026-01-03", "2026-01-04"],
        Due(Dag(Cron("@daily"), end: "2026-01-05") with { Catchup = true }, last: "2026-01-03", now: "2026-06-01"));

    [Fact]
    public void A_limit_below_one_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(
        () => CatchupRule.Due(Of(Cron("@daily")), Dag(Cron("@daily")), null, Active, Active, 0));

    private static string[] Due(DagModel dag, string? last, string now) =>
        [.. CatchupRule.Due(Timetable.For(dag, Active)!, dag, last is null ? null : T(last), Active, T(now), 100)
            .Select(s => s.LogicalDate.ToString("yyyy-MM-dd"))];
}
