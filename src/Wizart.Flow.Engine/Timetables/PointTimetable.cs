namespace Wizart.Flow.Engine.Timetables;

/// <summary>Runs at the fire times themselves, with empty intervals.</summary>
internal sealed class PointTimetable(FireTimes fires, Bounds bounds, Jitter jitter) : FireTimetable(fires, bounds, jitter)
{
    /// <summary>Fire times up to here are none of ours.</summary>
    private readonly DateTimeOffset _floor = bounds.StartingOn is { } start ? Instants.JustBefore(start) : bounds.ActiveSince;

    internal override DueSlot? NextEndingAfter(DateTimeOffset end) =>
        Fires.After(Instants.Later(end, _floor)) is { } fire && !(fire >= Bounds.EndingOn) ? Slot(fire, fire) : null;

    internal override DueSlot? LatestEndingAt(DateTimeOffset end)
    {
        var latest = Bounds.EndingOn is { } ending ? Instants.Earlier(end, Instants.JustBefore(ending)) : end;
        return Fires.AtOrBefore(latest) is { } fire && fire > _floor ? Slot(fire, fire) : null;
    }
}
