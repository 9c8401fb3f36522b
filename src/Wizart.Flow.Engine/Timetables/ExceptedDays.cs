namespace Wizart.Flow.Engine.Timetables;

/// <summary>Whole days of a zone on which nothing fires.</summary>
internal sealed class ExceptedDays(IReadOnlyCollection<DateOnly> days, TimeZoneInfo zone)
{
    private readonly HashSet<DateOnly> _days = [.. days];

    /// <summary>The fire times without those on these days.</summary>
    public FireTimes Over(FireTimes fires) => _days.Count == 0 ? fires : new Remaining(fires, this);

    /// <summary>The time itself, or the end of the excepted days that it falls into.</summary>
    public DateTimeOffset FirstAllowed(DateTimeOffset time)
    {
        time = TimeZoneInfo.ConvertTime(time, zone);
        var day = DateOnly.FromDateTime(time.DateTime);
        if (!_days.Contains(day)) return time;
        while (_days.Contains(day)) day = day.AddDays(1);
        return StartOf(day);
    }

    public bool Contains(DateTimeOffset time) =>
        _days.Count > 0 && _days.Contains(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time, zone).DateTime));

    /// <summary>The first instant of a day: not always midnight, which a zone may skip or have twice.</summary>
    private DateTimeOffset StartOf(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        var before = zone.GetUtcOffset(midnight.AddDays(-1));
        var after = zone.GetUtcOffset(midnight.AddDays(1));
        var earliest = InZone(midnight, before > after ? before : after);
        return DateOnly.FromDateTime(earliest.DateTime) >= day ? earliest : InZone(midnight, before > after ? after : before);
    }

    private DateTimeOffset InZone(DateTime local, TimeSpan offset) =>
        TimeZoneInfo.ConvertTime(new DateTimeOffset(local, offset), zone);

    private sealed class Remaining(FireTimes fires, ExceptedDays days) : FireTimes
    {
        public override DateTimeOffset? After(DateTimeOffset time)
        {
            var fire = fires.After(time);
            while (fire is { } excepted && days.Contains(excepted))
                fire = fires.After(Instants.Later(excepted, Instants.JustBefore(days.FirstAllowed(excepted))));
            return fire;
        }

        public override DateTimeOffset? AtOrBefore(DateTimeOffset time)
        {
            var fire = fires.AtOrBefore(time);
            while (fire is { } excepted && days.Contains(excepted))
            {
                var start = days.StartOf(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(excepted, days.Zone).DateTime));
                fire = fires.AtOrBefore(Instants.JustBefore(Instants.Earlier(excepted, start)));
            }

            return fire;
        }
    }

    private TimeZoneInfo Zone => zone;
}
