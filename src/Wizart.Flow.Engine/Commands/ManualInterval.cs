using Wizart.Flow.Engine.Timetables;
using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Commands;

/// <summary>
/// The data interval of a run that a person asks for. Without a date, the newest interval that is complete, as Airflow
/// infers it; with one, the interval that the date lies in. A DAG without a time schedule gets an empty interval.
/// </summary>
public static class ManualInterval
{
    /// <summary>The interval.</summary>
    public static DataInterval For(DagModel model, DateTimeOffset? date, DateTimeOffset now)
    {
        var empty = new DataInterval(date ?? now, date ?? now);
        if (model.TimeSchedule is not { AtStart: false } || model.TimeSchedule is OnceScheduleModel or ContinuousScheduleModel
            || Timetable.Unbounded(model) is not { } timetable)
            return empty;

        if (date is not { } asked) return timetable.LatestAt(now)?.Interval ?? empty;
        // Jitter moves a slot's RunAfter, not its interval: the one that holds the date is among the next two.
        var slot = timetable.NextAfter(asked);
        if (slot is { } first && first.Interval.End <= asked) slot = timetable.NextAfter(first.RunAfter);
        return slot is { } found && found.Interval.Start <= asked && asked < found.Interval.End ? found.Interval : empty;
    }
}
