using Cronos;

namespace Wizart.Flow.Engine.Timetables;

/// <summary>What a cron expression matches on a wall clock, which no zone ever changes. Times are ticks of that clock.</summary>
/// <param name="expression">The expression.</param>
/// <param name="repeats">
/// Whether it repeats within the day: <c>*</c>, a range or a step among its seconds, minutes and hours.
/// </param>
internal sealed class CronPattern(CronExpression expression, bool repeats)
{
    public bool Repeats => repeats;

    /// <summary>The first match at or after the time; null when there is none.</summary>
    public long? AtOrAfter(long local) =>
        local >= Instants.End.Ticks ? null : expression.GetNextOccurrence(Clock(local + TimeSpan.TicksPerSecond - 1), inclusive: true)?.Ticks;

    /// <summary>The last match at or before the time; null when there is none.</summary>
    /// <remarks>
    /// Searched by looking forward: looking back, Cronos 0.13 gives 31 January for <c>30 23 * 2 *</c> on 1 February.
    /// </remarks>
    public long? AtOrBefore(long local)
    {
        local -= local % TimeSpan.TicksPerSecond;
        if (AtOrAfter(local) == local) return local;
        for (var window = TimeSpan.TicksPerMinute; ; window *= 8)
        {
            var from = Math.Max(local - window, Instants.First.Ticks);
            if (AtOrAfter(from) <= local) return LastWithin(from, local);
            if (local - window <= Instants.First.Ticks) return null;
        }
    }

    /// <summary>The last match, one being known to lie between the two.</summary>
    private long LastWithin(long early, long late)
    {
        // Something matches from 'early' on; nothing does from 'none' on.
        var none = late + TimeSpan.TicksPerSecond;
        while (none - early > TimeSpan.TicksPerSecond)
        {
            var middle = early + (none - early) / 2;
            middle -= middle % TimeSpan.TicksPerSecond;
            if (AtOrAfter(middle) is { } match && match <= late) early = match;
            else none = middle;
        }

        return early;
    }

    public bool Matches(long localFrom, long localBefore) => AtOrAfter(localFrom) < localBefore;

    // Whole seconds, the finest that cron knows.
    private static DateTime Clock(long local) => new(local - local % TimeSpan.TicksPerSecond, DateTimeKind.Utc);
}
