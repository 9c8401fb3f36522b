namespace Wizart.Flow.Engine.Timetables;

/// <summary>A timetable made from fire times.</summary>
internal abstract class FireTimetable(FireTimes fires, Bounds bounds, Jitter jitter) : Timetable
{
    public override long CountBetween(DateTimeOffset afterRunAfterExclusive, DateTimeOffset upToRunAfterInclusive) =>
        NextAfter(afterRunAfterExclusive) is { } first && LatestAt(upToRunAfterInclusive) is { } last
            ? Fires.Count(first.Interval.End, last.Interval.End)
            : 0;

    internal override long CountEnding(DateTimeOffset first, DateTimeOffset last, long most) => fires.Count(first, last, most);

    protected FireTimes Fires => fires;

    protected Bounds Bounds => bounds;

    private protected override bool HasJitter => jitter.Any;

    protected DueSlot Slot(DateTimeOffset start, DateTimeOffset end)
    {
        var runAfter = jitter.Any ? end + jitter.For(start, fires.After(end) - end) : end;
        return new DueSlot(start, new DataInterval(start, end), runAfter);
    }
}
