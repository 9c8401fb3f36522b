using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Timetables;

/// <summary>
/// The runs that a DAG's time schedule asks for, as an ordered sequence that can be entered anywhere. Pure: it knows no
/// clock. Times carry the offset of the schedule's zone.
/// </summary>
public abstract class Timetable
{
    /// <summary>The DAG's timetable; null when no time schedule drives it.</summary>
    /// <param name="model">A DAG that <see cref="ScheduleRules"/> has nothing against.</param>
    /// <param name="activeSince">
    /// When the DAG was first seen with this schedule. Without <see cref="DagModel.StartingOn"/> nothing that was due up
    /// to then is asked for.
    /// </param>
    /// <exception cref="FormatException">The cron expression can't be read.</exception>
    /// <exception cref="TimeZoneNotFoundException">This machine doesn't know the zone.</exception>
    public static Timetable? For(DagModel model, DateTimeOffset activeSince)
    {
        var start = model.StartingOn is { } startingOn ? Instants.Within(startingOn) : (DateTimeOffset?)null;
        return Make(model, new Bounds(start, model.EndingOn, Instants.Within(activeSince)), start);
    }

    /// <summary>
    /// The intervals of the DAG's schedule without regard to its start and end, for runs that people ask for. Periods are
    /// still counted from the start.
    /// </summary>
    /// <exception cref="FormatException">The cron expression can't be read.</exception>
    /// <exception cref="TimeZoneNotFoundException">This machine doesn't know the zone.</exception>
    public static Timetable? Unbounded(DagModel model) =>
        Make(model, new Bounds(null, null, Instants.First), model.StartingOn is { } start ? Instants.Within(start) : null);

    private static Timetable? Make(DagModel model, Bounds bounds, DateTimeOffset? start)
    {
        if (model.TimeSchedule is not { } schedule) return null;
        var zone = TimeZoneInfo.FindSystemTimeZoneById(schedule.Zone);
        var days = new ExceptedDays(schedule.Except, zone);
        var jitter = new Jitter(model.Id, schedule.Jitter);
        switch (schedule)
        {
            case CronScheduleModel cron:
                return OfFires(new CronFireTimes(CronText.Parse(cron.Expression), WallClock.Of(zone)));
            case EveryScheduleModel every:
                return OfFires(new EveryFireTimes(every.Period, start ?? DateTimeOffset.UnixEpoch, zone));
            case DatesScheduleModel dates:
                return new PointTimetable(days.Over(DateFireTimes.Parse(dates.Dates, zone)), bounds, jitter);
            case OnceScheduleModel:
                var once = days.FirstAllowed(start ?? bounds.ActiveSince);
                return new PointTimetable(new DateFireTimes([once]), bounds with { StartingOn = once }, jitter);
            case ContinuousScheduleModel:
                return new ContinuousTimetable(bounds, days);
            default:
                throw new NotSupportedException($"There is no timetable for a {schedule.GetType().Name}.");
        }

        Timetable OfFires(FireTimes fires) => schedule.AtStart
            ? new PointTimetable(days.Over(fires), bounds, jitter)
            : new IntervalTimetable(days.Over(fires), bounds, jitter);
    }

    /// <summary>The first slot whose <see cref="DueSlot.RunAfter"/> is later; null when there is none any more.</summary>
    public virtual DueSlot? NextAfter(DateTimeOffset runAfter)
    {
        // Jitter never reaches the next slot's time, so at most one slot is past its end and still to come.
        if (HasJitter && LatestEndingAt(runAfter) is { } delayed && delayed.RunAfter > runAfter) return delayed;
        return NextEndingAfter(runAfter);
    }

    /// <summary>The newest slot whose <see cref="DueSlot.RunAfter"/> has come; null when none has.</summary>
    public virtual DueSlot? LatestAt(DateTimeOffset now)
    {
        var latest = LatestEndingAt(now);
        return latest is { } delayed && delayed.RunAfter > now ? LatestEndingAt(Instants.JustBefore(delayed.Interval.End)) : latest;
    }

    /// <summary>The slots whose <see cref="DueSlot.RunAfter"/> lies in the range, in order, found as they are asked for.</summary>
    public virtual IEnumerable<DueSlot> Between(DateTimeOffset afterRunAfterExclusive, DateTimeOffset upToRunAfterInclusive)
    {
        for (var slot = NextAfter(afterRunAfterExclusive);
            slot is { } due && due.RunAfter <= upToRunAfterInclusive;
            slot = NextEndingAfter(due.Interval.End))
        {
            yield return due;
        }
    }

    /// <summary>How many slots <see cref="Between"/> gives. Computed, where the schedule lets it.</summary>
    public virtual long CountBetween(DateTimeOffset afterRunAfterExclusive, DateTimeOffset upToRunAfterInclusive) =>
        Between(afterRunAfterExclusive, upToRunAfterInclusive).LongCount();

    /// <summary>How many slots' intervals end between the two, both included; more than <paramref name="most"/> are not counted.</summary>
    internal virtual long CountEnding(DateTimeOffset first, DateTimeOffset last, long most)
    {
        var count = 0L;
        for (var slot = NextEndingAfter(Instants.JustBefore(first)); slot is { } due && due.Interval.End <= last && count <= most;
            slot = NextEndingAfter(due.Interval.End))
            count++;
        return count;
    }

    /// <summary>The first slot whose interval ends later; jitter plays no part.</summary>
    internal abstract DueSlot? NextEndingAfter(DateTimeOffset end);

    /// <summary>The newest slot whose interval has ended by then; jitter plays no part.</summary>
    internal abstract DueSlot? LatestEndingAt(DateTimeOffset end);

    private protected virtual bool HasJitter => false;
}
