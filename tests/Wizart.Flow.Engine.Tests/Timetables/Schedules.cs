using System.Globalization;
using Wizart.Flow.Engine.Timetables;
using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Tests.Timetables;

/// <summary>DAGs with schedules, and times, as short as tests want to write them.</summary>
internal static class Schedules
{
    public static DateTimeOffset T(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    public static CronScheduleModel Cron(string expression, string zone = "UTC") =>
        new(expression) { Text = $"Cron {expression}", Zone = zone };

    public static EveryScheduleModel Every(TimeSpan period, string zone = "UTC") => new(period) { Text = "Every", Zone = zone };

    public static DatesScheduleModel On(params string[] dates) => new(dates) { Text = "On" };

    public static OnceScheduleModel Once { get; } = new() { Text = "Once" };

    public static ContinuousScheduleModel Continuously { get; } = new() { Text = "Continuously" };

    public static DagModel Dag(ScheduleModel? schedule, string? start = null, string? end = null) => new()
    {
        Id = "sample",
        Schedule = schedule,
        StartingOn = start is null ? null : T(start),
        EndingOn = end is null ? null : T(end),
    };

    public static Timetable Of(ScheduleModel schedule, string? start = null, string? end = null, string since = "2020-01-01") =>
        Timetable.For(Dag(schedule, start, end), T(since))!;

    /// <summary>The fire times from after a time on, as ISO texts with their offsets.</summary>
    public static string[] Fires(string cron, string zone, string after, int count) =>
        [.. Walk(Of(Cron(cron, zone) with { AtStart = true }, since: after), T(after)).Take(count)
            .Select(s => s.LogicalDate.ToString("yyyy-MM-dd HH:mm:sszzz", CultureInfo.InvariantCulture)
                .Replace(":00+", "+", StringComparison.Ordinal).Replace(":00-", "-", StringComparison.Ordinal))];

    /// <summary>Slot after slot by <see cref="Timetable.NextAfter"/>.</summary>
    public static IEnumerable<DueSlot> Walk(Timetable timetable, DateTimeOffset after)
    {
        while (timetable.NextAfter(after) is { } slot)
        {
            yield return slot;
            after = slot.RunAfter;
        }
    }
}
