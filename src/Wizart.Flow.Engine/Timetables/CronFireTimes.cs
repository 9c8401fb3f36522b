using Cronos;

namespace Wizart.Flow.Engine.Timetables;

/// <summary>
/// The fire times of cron expressions on a zone's wall clock. Cronos decides at the changes of the clock, as Vixie cron
/// does: a time in the gap fires when the gap ends; a time that comes twice fires once, unless the expression repeats
/// within the day (<c>*</c>, ranges and steps), which goes on through both hours.
/// </summary>
/// <param name="expressions">Whatever one of them matches fires.</param>
/// <param name="zone">Whose wall clock counts.</param>
internal sealed class CronFireTimes(IReadOnlyList<CronExpression> expressions, TimeZoneInfo zone) : FireTimes
{
    public override DateTimeOffset? After(DateTimeOffset time)
    {
        if (time < Instants.First) time = Instants.First;
        DateTimeOffset? earliest = null;
        foreach (var expression in expressions)
            if (After(expression, time) is { } fire && !(fire >= earliest)) earliest = fire;
        return earliest;
    }

    public override DateTimeOffset? AtOrBefore(DateTimeOffset time)
    {
        if (time >= Instants.End) time = Instants.JustBefore(Instants.End);
        DateTimeOffset? latest = null;
        foreach (var expression in expressions)
            if (AtOrBefore(expression, time) is { } fire && !(fire <= latest)) latest = fire;
        return latest;
    }

    private DateTimeOffset? After(CronExpression expression, DateTimeOffset time) =>
        time < Instants.End && expression.GetNextOccurrence(time, zone) is { } fire && fire < Instants.End ? fire : null;

    private DateTimeOffset? AtOrBefore(CronExpression expression, DateTimeOffset time)
    {
        if (time < Instants.First) return null;
        if (After(expression, Instants.JustBefore(time)) == time) return TimeZoneInfo.ConvertTime(time, zone);

        // Cronos looking back doesn't always find what Cronos looking forward gives (a time in a gap is moved the other
        // way), so what it finds is only believed when the way forward confirms it.
        var guess = expression.GetPreviousOccurrence(time, zone);
        if (guess is null || guess < Instants.First) return null;
        if (After(expression, Instants.JustBefore(guess.Value)) == guess && !(After(expression, guess.Value) <= time)) return guess;
        return SearchBack(expression, time);
    }

    /// <summary>Looks forward from ever earlier times until something fires on the way, then takes the last of it.</summary>
    private DateTimeOffset? SearchBack(CronExpression expression, DateTimeOffset time)
    {
        for (var window = TimeSpan.FromMinutes(1); ; window *= 4)
        {
            var from = time - Instants.First > window ? time - window : Instants.First;
            if (After(expression, from) is { } fire && fire <= time) return LastUpTo(expression, fire, time);
            if (from == Instants.First) return null;
        }
    }

    private DateTimeOffset LastUpTo(CronExpression expression, DateTimeOffset fire, DateTimeOffset time)
    {
        while (After(expression, fire) is { } next && next <= time) fire = next;
        return fire;
    }
}
