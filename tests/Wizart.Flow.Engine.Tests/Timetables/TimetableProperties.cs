using CsCheck;
using Wizart.Flow.Engine.Timetables;
using Wizart.Flow.Model;
using static Wizart.Flow.Engine.Tests.Timetables.Schedules;

namespace Wizart.Flow.Engine.Tests.Timetables;

/// <summary>What holds of every timetable, over random schedules, zones and times, many of them near changes of the clock.</summary>
public sealed class TimetableProperties
{
    // Zones whose clocks change by an hour, by half an hour, at midnight, the wrong way round, by a whole day, or with no rule.
    private static readonly string[] Zones =
    [
        "UTC", "Europe/Minsk", "Europe/London", "Europe/Berlin", "Europe/Dublin", "Europe/Moscow", "America/New_York",
        "America/Santiago", "America/Sao_Paulo", "America/Caracas", "America/St_Johns", "America/Nuuk", "Asia/Beirut",
        "Asia/Tehran", "Asia/Kathmandu", "Asia/Pyongyang", "Asia/Gaza", "Africa/Casablanca", "Africa/Cairo",
        "Australia/Lord_Howe", "Pacific/Apia", "Pacific/Chatham", "Pacific/Kiritimati", "Antarctica/Troll",
    ];

    private static readonly string[] Changes =
    [
        "2026-03-29T01:00Z", "2026-10-25T01:00Z", "2026-03-08T07:00Z", "2026-11-01T06:00Z", "2026-04-04T15:00Z",
        "2026-10-03T15:30Z", "2014-10-25T22:00Z", "2011-03-27T00:00Z", "2011-12-30T10:00Z", "2018-05-04T15:00Z",
        "2015-08-14T15:00Z", "2016-05-01T07:00Z", "2026-03-28T22:00Z", "2026-10-24T21:00Z", "2026-09-06T04:00Z",
        "2026-04-05T03:00Z", "2024-02-29T00:00Z", "2099-12-31T23:59Z", "2017-10-15T03:00Z", "2022-09-21T19:30Z",
    ];

    private static readonly Gen<DateTimeOffset> Times = Gen.Frequency(
        (1, Gen.Long[T("1990-01-01").UtcTicks, T("2100-01-01").UtcTicks].Select(t => new DateTimeOffset(t, TimeSpan.Zero))),
        (3, Gen.Select(Pick(Changes), Gen.Int[-11_000, 11_000], Pick(0L, 0L, 1L, -1L, 5_000_000L))
            .Select((change, seconds, ticks) => T(change).AddSeconds(seconds).AddTicks(ticks))));

    private static readonly Gen<string> Minutes = Pick("0", "30", "*", "*/15", "5,35", "17", "59", "10-20", "*/7");
    private static readonly Gen<string> Hours = Pick("0", "1", "2", "3", "*", "*/2", "1-3", "0,12", "23", "2,3");
    private static readonly Gen<string> Days = Pick("*", "*", "*", "1", "13", "L", "31", "29", "*/2", "15W", "1W", "LW", "L-2");
    private static readonly Gen<string> Months = Pick("*", "*", "*", "2", "2", "3,10", "*/3");
    private static readonly Gen<string> Weekdays = Pick("*", "*", "*", "MON", "0", "1-5", "SUN#1", "5L");

    private static readonly Gen<TimeScheduleModel> CronSchedules =
        Gen.Select(Minutes, Hours, Days, Months, Weekdays, Pick(Zones))
            .Select((minute, hour, day, month, weekday, zone) =>
                (TimeScheduleModel)Cron($"{minute} {hour} {day} {month} {weekday}", zone))
            .Where(s => ScheduleRules.Check(Dag(s)).Count == 0);

    private static readonly Gen<TimeScheduleModel> EverySchedules =
        Gen.Select(Pick(1, 7, 60, 900, 3_600, 5_400, 86_400, 90_061), Pick(Zones))
            .Select((seconds, zone) => (TimeScheduleModel)Every(TimeSpan.FromSeconds(seconds), zone));

    private static readonly Gen<DagModel> Dags =
        Gen.Select(Gen.OneOf(CronSchedules, EverySchedules), Gen.Bool, Gen.Int[0, 3], Gen.Int[0, 4], Times, Times)
            .Select((schedule, atStart, jitter, bounds, some, other) => new DagModel
            {
                Id = $"dag_{some.Second}",
                Schedule = schedule with
                {
                    AtStart = atStart,
                    Jitter = jitter switch { 2 => TimeSpan.FromSeconds(30), 3 => TimeSpan.FromHours(5), _ => null },
                    Except = jitter == 1 ? [Day(some), Day(some).AddDays(1), Day(other)] : [],
                },
                StartingOn = bounds is 1 or 2 ? (some < other ? some : other) : null,
                EndingOn = bounds is 2 or 3 ? (some < other ? other : some) : null,
            });

    private static readonly Gen<(DagModel Dag, DateTimeOffset Time)> Cases =
        Gen.Select(Dags, Times, Gen.Bool, (dag, time, near) =>
            (dag, near ? (dag.StartingOn ?? dag.EndingOn ?? time) : time));

    private static readonly DateTimeOffset LongAgo = T("1980-01-01");

    [Fact]
    public void Next_is_strictly_later_and_latest_is_not_later() => Cases.Sample(c =>
    {
        var timetable = Timetable.For(c.Dag, LongAgo)!;
        Assert.False(timetable.NextAfter(c.Time)?.RunAfter <= c.Time);
        Assert.False(timetable.LatestAt(c.Time)?.RunAfter > c.Time);
        var last = c.Time;
        foreach (var slot in Walk(timetable, c.Time).Take(20))
        {
            Assert.True(slot.RunAfter > last);
            last = slot.RunAfter;
        }
    });

    [Fact]
    public void Latest_and_next_are_neighbours() => Cases.Sample(c =>
    {
        var timetable = Timetable.For(c.Dag, LongAgo)!;
        if (timetable.LatestAt(c.Time) is { } latest)
        {
            Assert.Equal(timetable.NextAfter(c.Time), timetable.NextAfter(latest.RunAfter));
            Assert.Equal(latest, timetable.NextAfter(latest.RunAfter.AddTicks(-1)));
        }

        if (timetable.NextAfter(c.Time) is { } next)
        {
            Assert.Equal(timetable.LatestAt(c.Time), timetable.LatestAt(next.RunAfter.AddTicks(-1)));
            Assert.Equal(next, timetable.LatestAt(next.RunAfter));
        }
    });

    [Fact]
    public void Going_back_meets_the_slots_of_going_forward() => Cases.Sample(c =>
    {
        var timetable = Timetable.For(c.Dag, LongAgo)!;
        var forward = Walk(timetable, c.Time).Take(20).ToArray();
        if (forward.Length == 0) return;
        var back = new List<DueSlot>();
        for (var slot = timetable.LatestAt(forward[^1].RunAfter);
            slot is { } s && s.RunAfter > c.Time;
            slot = timetable.LatestAt(s.RunAfter.AddTicks(-1))) back.Insert(0, s);
        Assert.Equal(forward, back);
    });

    [Fact]
    public void Between_gives_what_repeated_next_gives_and_count_counts_it() => Cases.Sample(c =>
    {
        var timetable = Timetable.For(c.Dag, LongAgo)!;
        var walked = Walk(timetable, c.Time).Take(30).ToArray();
        if (walked.Length == 0) return;
        var last = walked[^1].RunAfter;
        Assert.Equal(walked, timetable.Between(c.Time, last));
        Assert.Equal(walked.Length, timetable.CountBetween(c.Time, last));
        Assert.Equal(walked.Length - 1, timetable.CountBetween(c.Time, last.AddTicks(-1)));
        Assert.Equal(0, timetable.CountBetween(last, c.Time));
    });

    [Fact]
    public void Intervals_cover_time_without_gap_or_overlap() => Cases.Sample(c =>
    {
        if (((TimeScheduleModel)c.Dag.Schedule!).AtStart) return;
        DueSlot? before = null;
        foreach (var slot in Walk(Timetable.For(c.Dag, LongAgo)!, c.Time).Take(30))
        {
            Assert.True(slot.Interval.Start < slot.Interval.End);
            Assert.Equal(slot.Interval.Start, slot.LogicalDate);
            Assert.False(slot.Interval.Start < c.Dag.StartingOn);
            Assert.False(slot.Interval.Start >= c.Dag.EndingOn);
            if (before is { } b) Assert.Equal(b.Interval.End, slot.Interval.Start);
            before = slot;
        }
    });

    [Fact]
    public void Jitter_moves_a_run_but_not_its_interval_and_never_past_the_next() => Cases.Sample(c =>
    {
        var schedule = (TimeScheduleModel)c.Dag.Schedule!;
        var plain = Timetable.For(c.Dag with { Schedule = schedule with { Jitter = null } }, LongAgo)!;
        var moved = Timetable.For(c.Dag with { Schedule = schedule with { Jitter = TimeSpan.FromHours(2) } }, LongAgo)!;
        if (plain.NextAfter(c.Time) is not { } slot) return;
        var same = moved.LatestAt(slot.RunAfter + TimeSpan.FromHours(2)) is { } latest && latest.Interval == slot.Interval
            ? latest
            : Walk(moved, slot.RunAfter.AddTicks(-1)).First(s => s.Interval == slot.Interval);
        Assert.Equal(slot.LogicalDate, same.LogicalDate);
        Assert.InRange(same.RunAfter, slot.RunAfter, slot.RunAfter + TimeSpan.FromHours(2));
        if (plain.NextAfter(slot.RunAfter) is { } next) Assert.True(same.RunAfter < next.RunAfter);
    });

    [Fact]
    public void Nothing_fires_on_excepted_days() => Cases.Sample(c =>
    {
        var schedule = (TimeScheduleModel)c.Dag.Schedule! with { AtStart = true };
        if (schedule.Except.Count == 0) return;
        foreach (var slot in Walk(Timetable.For(c.Dag with { Schedule = schedule }, LongAgo)!, c.Time).Take(20))
            Assert.DoesNotContain(Day(slot.LogicalDate), schedule.Except);
    });

    private static Gen<T> Pick<T>(params T[] values) => Gen.OneOf(values);

    private static DateOnly Day(DateTimeOffset time) => DateOnly.FromDateTime(time.DateTime);
}
