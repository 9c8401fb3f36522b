namespace Wizart.Flow.Engine.Timetables;

/// <summary>
/// One run after another. When the next begins is not a matter of the clock but of the last one's end, so the engine asks
/// at that moment: <see cref="NextAfter"/> of any time gives the empty interval at that very time (not a later one), or
/// at the first time from then on that the DAG may run. Nothing is ever missed, so nothing is caught up.
/// </summary>
internal sealed class ContinuousTimetable(Bounds bounds, ExceptedDays days) : Timetable
{
    public override DueSlot? NextAfter(DateTimeOffset runAfter)
    {
        var at = days.FirstAllowed(Instants.Later(runAfter, bounds.StartingOn ?? bounds.ActiveSince));
        return at >= bounds.EndingOn ? null : new DueSlot(at, new DataInterval(at, at), at);
    }

    public override DueSlot? LatestAt(DateTimeOffset now) => NextAfter(now) is { } slot && slot.RunAfter <= now ? slot : null;

    /// <summary>At most one slot, the latest: which there will have been depends on how long each run lasted.</summary>
    public override IEnumerable<DueSlot> Between(DateTimeOffset afterRunAfterExclusive, DateTimeOffset upToRunAfterInclusive) =>
        upToRunAfterInclusive > afterRunAfterExclusive && LatestAt(upToRunAfterInclusive) is { } slot ? [slot] : [];

    internal override DueSlot? NextEndingAfter(DateTimeOffset end) => NextAfter(end);

    internal override DueSlot? LatestEndingAt(DateTimeOffset end) => LatestAt(end);
}
