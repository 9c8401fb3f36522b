using System.Collections.Concurrent;

namespace Wizart.Flow.Engine.Timetables;

/// <summary>The wall clock of a zone: stretches of elapsed time within which it runs evenly.</summary>
internal sealed class WallClock
{
    private static readonly ConcurrentDictionary<string, WallClock> ByZone = new(StringComparer.Ordinal);
    private static readonly long SampleTicks = TimeSpan.FromHours(12).Ticks;

    private readonly ConcurrentDictionary<int, Stretch[]> _byYear = [];
    private readonly TimeZoneInfo _zone;

    private WallClock(TimeZoneInfo zone) => _zone = zone;

    /// <summary>The zone's clock; shared, because its stretches are found by sampling.</summary>
    public static WallClock Of(TimeZoneInfo zone) => ByZone.GetOrAdd(zone.Id, _ => new WallClock(zone));

    /// <summary>The stretch that a point in time (UTC ticks) belongs to. Stretches end with the UTC year at the latest.</summary>
    public Stretch At(long utc)
    {
        var stretches = _byYear.GetOrAdd(new DateTime(utc).Year, Sample);
        var index = stretches.Length - 1;
        while (stretches[index].Start > utc) index--;
        return stretches[index];
    }

    // TimeZoneInfo doesn't tell when a zone's offset changes, and its rules tell only a part of it. No zone has ever
    // changed its offset and changed it back within half a day.
    private Stretch[] Sample(int year)
    {
        var end = new DateTime(year + 1, 1, 1).Ticks;
        var start = new DateTime(year, 1, 1).Ticks;
        var before = OffsetAt(start - 1);
        var stretches = new List<Stretch>();
        while (start < end)
        {
            var offset = OffsetAt(start);
            var last = start;
            while (last < end && OffsetAt(last) == offset) last += SampleTicks;
            var next = last < end ? Change(last - SampleTicks, last, offset) : end;
            stretches.Add(new Stretch(start, next, offset, before));
            (start, before) = (next, offset);
        }

        return [.. stretches];
    }

    private long Change(long same, long other, long offset)
    {
        while (other - same > 1)
        {
            var middle = same + (other - same) / 2;
            if (OffsetAt(middle) == offset) same = middle;
            else other = middle;
        }

        return other;
    }

    private long OffsetAt(long utc) => _zone.GetUtcOffset(new DateTimeOffset(utc, TimeSpan.Zero)).Ticks;
}

/// <summary>A stretch of time with one offset from UTC. All in ticks.</summary>
/// <param name="Start">Its first instant, UTC.</param>
/// <param name="End">The first instant after it, UTC.</param>
/// <param name="Offset">What the wall clock shows more than UTC.</param>
/// <param name="OffsetBefore">What it showed more until the stretch began.</param>
internal readonly record struct Stretch(long Start, long End, long Offset, long OffsetBefore)
{
    /// <summary>What the clock shows when the stretch begins.</summary>
    public long LocalStart => Start + Offset;

    /// <summary>What the clock would have shown then, had it not been changed.</summary>
    public long LocalStartUnchanged => Start + OffsetBefore;

    /// <summary>What the clock shows when the stretch ends, before it is changed again.</summary>
    public long LocalEnd => End + Offset;

    public DateTimeOffset TimeAt(long local) => new(local, new TimeSpan(Offset));
}
