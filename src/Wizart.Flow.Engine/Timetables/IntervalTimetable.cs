namespace Wizart.Flow.Engine.Timetables;

/// <summary>
/// Runs for the intervals between neighbouring fire times, each when its interval has ended. Excepted days don't fire, so
/// the interval before them goes on until the first fire time after them: the intervals always cover all of time.
/// </summary>
internal sealed class IntervalTimetable(FireTimes fires, Bounds bounds, Jitter jitter) : FireTimetable(fires, bounds, jitter)
{
    internal override DueSlot? NextEndingAfter(DateTimeOffset end)
    {
        if (Bounds.StartingOn is null) end = Instants.Later(end, Bounds.ActiveSince);
        var start = Fires.AtOrBefore(end);
        if (start is null || start < Bounds.StartingOn)
            start = Fires.After(Bounds.StartingOn is { } first ? Instants.JustBefore(first) : end);
        if (start is null || start >= Bounds.EndingOn) return null;
        return Fires.After(start.Value) is { } next ? Slot(start.Value, next) : null;
    }

    internal override DueSlot? LatestEndingAt(DateTimeOffset end)
    {
        if (Fires.AtOrBefore(end) is not { } next || Fires.AtOrBefore(Instants.JustBefore(next)) is not { } start) return null;
        if (start >= Bounds.EndingOn)
        {
            if (Fires.AtOrBefore(Instants.JustBefore(Bounds.EndingOn.Value)) is not { } last) return null;
            start = last;
            next = Fires.After(last)!.Value;
        }

        var isOurs = Bounds.StartingOn is { } first ? start >= first : next > Bounds.ActiveSince;
        return isOurs ? Slot(start, next) : null;
    }
}
