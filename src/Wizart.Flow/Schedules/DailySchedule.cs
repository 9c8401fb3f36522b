using System.Runtime.CompilerServices;
using Wizart.Flow.Model;

namespace Wizart.Flow;

/// <summary>On chosen days, at midnight unless <see cref="At"/> says otherwise: <c>Daily</c>, <c>Weekly.On(…)</c>, <c>Monthly.On(…)</c>.</summary>
public sealed class DailySchedule : TimeSchedule
{
    private readonly string _days;
    private readonly string _text;

    /// <param name="days">The cron fields of day, month and weekday.</param>
    /// <param name="text">The days as a person reads them.</param>
    /// <param name="problems">What is wrong with the days.</param>
    internal DailySchedule(string days, string text, params IEnumerable<Diagnostic> problems)
        : base(ModelOf(days, text, TimeOnly.MinValue), problems)
    {
        _days = days;
        _text = text;
    }

    /// <summary>At this time of day: <c>"06:00"</c>, or <c>"06:00:30"</c> with seconds.</summary>
    public TimeSchedule At(string time, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        TimeOfDay.TryParse(time, out var value)
            ? new TimeSchedule(ModelOf(_days, _text, value), Problems)
            : new TimeSchedule(
                ModelOf(_days, _text, TimeOnly.MinValue),
                Problems.Append(ScheduleProblems.Bad(
                    $"'{time}' is not a time of day. Write \"06:00\" (00:00 to 23:59), or \"06:00:30\" with seconds.",
                    new SourceLocation(file, line))));

    private static CronScheduleModel ModelOf(string days, string text, TimeOnly time) =>
        new($"{TimeOfDay.Cron(time)} {days}") { Text = $"{text} at {TimeOfDay.Text(time)}" };
}
