using Wizart.Flow.Model;

namespace Wizart.Flow;

public static partial class Script
{
    /// <summary>Monday.</summary>
    public const DayOfWeek Monday = DayOfWeek.Monday;

    /// <summary>Tuesday.</summary>
    public const DayOfWeek Tuesday = DayOfWeek.Tuesday;

    /// <summary>Wednesday.</summary>
    public const DayOfWeek Wednesday = DayOfWeek.Wednesday;

    /// <summary>Thursday.</summary>
    public const DayOfWeek Thursday = DayOfWeek.Thursday;

    /// <summary>Friday.</summary>
    public const DayOfWeek Friday = DayOfWeek.Friday;

    /// <summary>Saturday.</summary>
    public const DayOfWeek Saturday = DayOfWeek.Saturday;

    /// <summary>Sunday.</summary>
    public const DayOfWeek Sunday = DayOfWeek.Sunday;

    /// <summary>The last day of a month: <c>Monthly.On(Last)</c>.</summary>
    public static LastDay Last { get; } = new();

    /// <summary>Every hour: <c>Hourly.At(15)</c> for another minute than the first.</summary>
    public static HourlySchedule Hourly => new();

    /// <summary>Every day: <c>Daily.At("06:00")</c> for another time than midnight.</summary>
    public static DailySchedule Daily => new("* * *", "Daily");

    /// <summary>Every week: <c>Weekly.On(Monday, Friday).At("05:00")</c>.</summary>
    public static WeeklyWord Weekly { get; } = new();

    /// <summary>Every month: <c>Monthly.On(1).At("05:00")</c>, <c>Monthly.On(Last)</c>.</summary>
    public static MonthlyWord Monthly { get; } = new();

    /// <summary>One run, as soon as the DAG is active, but not before its start.</summary>
    public static TimeSchedule Once => new(new OnceScheduleModel { Text = "Once" });

    /// <summary>The next run as soon as the last has ended; never two at once.</summary>
    public static TimeSchedule Continuously => new(new ContinuousScheduleModel { Text = "Continuously" });

    /// <summary>
    /// By a Unix cron expression: five fields (minute, hour, day of the month, month, weekday), six with seconds first, or
    /// <c>@hourly</c>, <c>@daily</c>, <c>@midnight</c>, <c>@weekly</c>, <c>@monthly</c>, <c>@yearly</c>. When both the day of
    /// the month and the weekday are restricted, either of them fires, as in Unix.
    /// </summary>
    public static TimeSchedule Cron(string expression) =>
        new(new CronScheduleModel(expression ?? "") { Text = $"Cron {expression}" });

    /// <summary>
    /// By elapsed time: <c>Every(15.Minutes())</c>. Counted from <see cref="Dag.StartingOn"/>, without it from 1970-01-01
    /// 00:00 UTC, so that a quarter of an hour falls on :00, :15, :30 and :45.
    /// </summary>
    public static TimeSchedule Every(TimeSpan period) =>
        new(new EveryScheduleModel(period) { Text = ScheduleText.Every(period) });

    /// <summary>At the times listed, with empty intervals: <c>On("2026-12-24", "2027-03-01T06:00")</c>.</summary>
    public static TimeSchedule On(params string[] dates)
    {
        var known = dates.Where(d => Zones.TryParse(d, TimeZoneInfo.Utc, out _)).ToArray();
        var problems = dates.Except(known).Select(d => ScheduleProblems.Bad(
            $"'{d}' in On(…) is not a date. Write \"2026-12-24\", or \"2026-12-24T06:00\" with a time.", null));
        if (dates.Length == 0) problems = [ScheduleProblems.Bad("On() lists no date. Write On(\"2026-12-24\"), or several dates.", null)];
        var text = known.Length <= 3 ? ScheduleText.List(known) : $"{ScheduleText.Count(known.Length, "date")} from {known[0]} on";
        return new TimeSchedule(new DatesScheduleModel(known) { Text = $"On {text}" }, problems);
    }

    /// <summary>Dates that schedules leave out: <c>Daily.At("06:00").Except(Calendar("2026-12-25", "2027-01-01"))</c>.</summary>
    public static Calendar Calendar(params string[] dates) => new(dates);
}
