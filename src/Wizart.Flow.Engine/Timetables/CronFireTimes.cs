namespace Wizart.Flow.Engine.Timetables;

/// <summary>
/// The fire times of cron patterns on a zone's wall clock. At changes of the clock the rule is Vixie cron's and Cronos':
/// times that the clock leaps over fire when it has leapt; times that it shows twice fire the first time, and the second
/// time too when the pattern repeats within the day.
/// </summary>
/// <remarks>
/// Cronos is asked what matches on a clock that never changes, and the changes are followed here: given a zone, Cronos goes
/// back in time where a zone changes its standard offset (Asia/Almaty 2024, Pacific/Apia 2011), and looking back it finds
/// other times in a gap than looking forward, so that intervals would not meet.
/// </remarks>
/// <param name="patterns">Whatever one of them matches fires.</param>
/// <param name="clock">Whose time counts.</param>
internal sealed class CronFireTimes(IReadOnlyList<CronPattern> patterns, WallClock clock) : FireTimes
{
    // How far two readings of one wall clock can lie apart in elapsed time, with room to spare: offsets span -12 to +14 hours.
    private static readonly long Reach = TimeSpan.FromHours(50).Ticks;

    public override DateTimeOffset? After(DateTimeOffset time)
    {
        DateTimeOffset? earliest = null;
        foreach (var pattern in patterns)
            if (After(pattern, Instants.Later(time, Instants.First).UtcTicks) is { } fire && !(fire >= earliest)) earliest = fire;
        return earliest;
    }

    public override DateTimeOffset? AtOrBefore(DateTimeOffset time)
    {
        DateTimeOffset? latest = null;
        foreach (var pattern in patterns)
            if (AtOrBefore(pattern, Instants.Earlier(time, Instants.Last).UtcTicks) is { } fire && !(fire <= latest)) latest = fire;
        return latest;
    }

    /// <summary>Walked, but for whole days far from a change of the clock: what a pattern matches within a day is the same every day.</summary>
    public override long Count(DateTimeOffset first, DateTimeOffset last, long most = long.MaxValue)
    {
        if (patterns.Count != 1) return base.Count(first, last, most);
        var (count, perDay) = (0L, 0L);
        for (var fire = After(Instants.JustBefore(first)); fire is { } time && time <= last && count <= most;)
        {
            if (WholeDay(patterns[0], time.UtcTicks, last.UtcTicks) is { } day)
            {
                if (perDay == 0) perDay = CountDay(patterns[0], day.Local);
                count += perDay;
                fire = After(new DateTimeOffset(day.End - 1, TimeSpan.Zero));
            }
            else
            {
                count++;
                fire = After(time);
            }
        }

        return count;
    }

    /// <summary>The day that a fire is the first of, when all of it is counted; its start on the wall clock and its end in UTC.</summary>
    private (long Local, long End)? WholeDay(CronPattern pattern, long fire, long last)
    {
        var stretch = clock.At(fire);
        var local = fire + stretch.Offset;
        var day = local - local % TimeSpan.TicksPerDay;
        var start = day - stretch.Offset;
        var end = start + TimeSpan.TicksPerDay;
        return start - stretch.Start >= Reach && end <= stretch.End && end - 1 <= last && pattern.AtOrAfter(day) == local ? (day, end) : null;
    }

    private static long CountDay(CronPattern pattern, long day)
    {
        var count = 0L;
        for (var match = pattern.AtOrAfter(day); match < day + TimeSpan.TicksPerDay; match = pattern.AtOrAfter(match.Value + 1)) count++;
        return count;
    }

    private DateTimeOffset? After(CronPattern pattern, long utc)
    {
        var from = utc;
        while (from <= Instants.Last.UtcTicks)
        {
            var stretch = clock.At(from);
            if (stretch.Start > utc && LeapsOverMatch(pattern, stretch)) return stretch.TimeAt(stretch.LocalStart);
            if (pattern.AtOrAfter(Math.Max(FirstLocal(pattern, stretch), utc + 1 + stretch.Offset)) is not { } match) return null;
            if (match < stretch.LocalEnd) return stretch.TimeAt(match);

            // Readings that the next change may bring back lie near it; otherwise nothing fires until shortly before the match.
            var isFarFromChange = stretch.End - Math.Max(utc, stretch.Start) > Reach;
            from = isFarFromChange ? Math.Max(stretch.End, match - stretch.Offset - Reach) : stretch.End;
        }

        return null;
    }

    private DateTimeOffset? AtOrBefore(CronPattern pattern, long utc)
    {
        var from = utc;
        while (from >= Instants.First.UtcTicks)
        {
            var stretch = clock.At(from);
            var match = pattern.AtOrBefore(Math.Min(stretch.LocalEnd - 1, utc + stretch.Offset));
            if (match >= FirstLocal(pattern, stretch)) return stretch.TimeAt(match.Value);
            if (LeapsOverMatch(pattern, stretch)) return stretch.TimeAt(stretch.LocalStart);
            if (match is null) return null;
            var isFarFromChange = Math.Min(utc, stretch.End) - stretch.Start > Reach;
            from = isFarFromChange ? Math.Min(stretch.Start - 1, match.Value - stretch.Offset + Reach) : stretch.Start - 1;
        }

        return null;
    }

    /// <summary>From which reading of the clock on a stretch's matches fire: a pattern that doesn't repeat skips what it had before.</summary>
    private static long FirstLocal(CronPattern pattern, Stretch stretch) =>
        pattern.Repeats ? stretch.LocalStart : Math.Max(stretch.LocalStart, stretch.LocalStartUnchanged);

    private static bool LeapsOverMatch(CronPattern pattern, Stretch stretch) =>
        stretch.LocalStart > stretch.LocalStartUnchanged && pattern.Matches(stretch.LocalStartUnchanged, stretch.LocalStart);
}
