using Wizart.Flow.Engine.Timetables;
using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Backfills;

/// <summary>
/// The intervals of a range, found as they are asked for: those whose logical date lies from one time to another, both
/// included, and that have ended by a time. The DAG's own start and end play no part.
/// </summary>
public sealed class BackfillRange
{
    private readonly Timetable _timetable;
    private readonly DueSlot _first;
    private readonly DueSlot _last;

    private BackfillRange(Timetable timetable, DueSlot first, DueSlot last) => (_timetable, _first, _last) = (timetable, first, last);

    /// <summary>Whether a DAG's schedule has intervals that can be run later: not without one, nor when it runs once or continuously.</summary>
    public static bool IsPossible(DagModel model) => model.TimeSchedule is not (null or OnceScheduleModel or ContinuousScheduleModel);

    /// <summary>The range; null when no interval lies in it.</summary>
    /// <param name="model">A DAG for which <see cref="IsPossible"/> holds.</param>
    /// <param name="from">The earliest logical date.</param>
    /// <param name="to">The latest logical date, itself included.</param>
    /// <param name="endedBy">Intervals that end later are not in it.</param>
    public static BackfillRange? Of(DagModel model, DateTimeOffset from, DateTimeOffset to, DateTimeOffset endedBy)
    {
        if (!IsPossible(model) || Timetable.Unbounded(model) is not { } timetable) return null;
        var first = timetable.NextEndingAfter(Instants.JustBefore(from));
        while (first is { } early && early.LogicalDate < from) first = timetable.NextEndingAfter(early.Interval.End);
        var last = timetable.NextEndingAfter(to) is { } open && open.LogicalDate <= to && open.Interval.End <= endedBy
            ? open
            : timetable.LatestEndingAt(Instants.Earlier(to, endedBy));
        return first is { } begin && last is { } end && begin.LogicalDate <= end.LogicalDate ? new BackfillRange(timetable, begin, end) : null;
    }

    /// <summary>The range of a stored backfill.</summary>
    public static BackfillRange? Of(DagModel model, Backfill backfill) => Of(model, backfill.From, backfill.To, backfill.CreatedAt);

    /// <summary>Up to how many intervals there are; counting stops above <paramref name="most"/>.</summary>
    public long Count(long most) => _timetable.CountEnding(_first.Interval.End, _last.Interval.End, most);

    /// <summary>The intervals from the one after a position on.</summary>
    /// <param name="position">The end of the last interval that was dealt with; null for the beginning.</param>
    /// <param name="backwards">Whether the newest comes first.</param>
    public IEnumerable<DueSlot> After(DateTimeOffset? position, bool backwards)
    {
        DueSlot? slot;
        if (backwards)
        {
            slot = position is { } later ? _timetable.LatestEndingAt(Instants.JustBefore(later)) : _last;
            for (; slot is { } due && due.LogicalDate >= _first.LogicalDate; slot = _timetable.LatestEndingAt(Instants.JustBefore(due.Interval.End)))
                yield return due;
        }
        else
        {
            slot = position is { } earlier ? _timetable.NextEndingAfter(earlier) : _first;
            for (; slot is { } due && due.LogicalDate <= _last.LogicalDate; slot = _timetable.NextEndingAfter(due.Interval.End))
                yield return due;
        }
    }

    /// <summary>Whether one of its intervals has this logical date.</summary>
    public bool Has(DateTimeOffset logicalDate)
    {
        if (logicalDate < _first.LogicalDate || logicalDate > _last.LogicalDate) return false;
        var slot = _timetable.NextEndingAfter(Instants.JustBefore(logicalDate));
        if (slot is { } before && before.LogicalDate < logicalDate) slot = _timetable.NextEndingAfter(before.Interval.End);
        return slot is { } found && found.LogicalDate == logicalDate;
    }

    /// <summary>The logical dates of the first and the last interval.</summary>
    public (DateTimeOffset First, DateTimeOffset Last) LogicalDates => (_first.LogicalDate, _last.LogicalDate);
}
