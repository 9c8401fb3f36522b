using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Timetables;

/// <summary>Which due slots are run when several came due since the last look: after a downtime, a pause, or a late start.</summary>
public static class CatchupRule
{
    /// <summary>
    /// The slots to run now, oldest first. With <see cref="DagModel.Catchup"/> all that were missed, or the newest
    /// <see cref="DagModel.CatchupAtMost"/> of them; otherwise only the newest, as in Airflow.
    /// </summary>
    /// <param name="timetable">The DAG's timetable.</param>
    /// <param name="model">The DAG.</param>
    /// <param name="lastRunAfter">The end of the newest interval that is already scheduled; null when none is.</param>
    /// <param name="activeSince">When the DAG was first seen with this schedule.</param>
    /// <param name="now">The time up to which slots are due.</param>
    /// <param name="limit">At most so many at a time, the oldest; ask again from the last of them until fewer come.</param>
    public static IReadOnlyList<DueSlot> Due(
        Timetable timetable, DagModel model, DateTimeOffset? lastRunAfter, DateTimeOffset activeSince, DateTimeOffset now, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var floor = lastRunAfter
            ?? (model.StartingOn is null ? Instants.JustBefore(activeSince) : DateTimeOffset.MinValue);
        if (timetable.LatestAt(now) is not { } newest || newest.Interval.End <= floor) return [];
        if (!model.Catchup || timetable is ContinuousTimetable) return [newest];
        var first = model.CatchupAtMost is { } most ? OldestOfNewest(timetable, newest, floor, most) : timetable.NextEndingAfter(floor);
        return [.. From(timetable, first).TakeWhile(s => s.Interval.End <= newest.Interval.End).Take(limit)];
    }

    private static DueSlot OldestOfNewest(Timetable timetable, DueSlot newest, DateTimeOffset floor, int most)
    {
        var oldest = newest;
        for (var count = 1; count < most; count++)
        {
            if (timetable.LatestEndingAt(Instants.JustBefore(oldest.Interval.End)) is not { } before || before.Interval.End <= floor) break;
            oldest = before;
        }

        return oldest;
    }

    private static IEnumerable<DueSlot> From(Timetable timetable, DueSlot? slot)
    {
        for (; slot is { } due; slot = timetable.NextEndingAfter(due.Interval.End)) yield return due;
    }
}
