namespace Wizart.Flow.Engine.Timetables;

/// <summary>Instants that were listed one by one.</summary>
internal sealed class DateFireTimes(IEnumerable<DateTimeOffset> times) : FireTimes
{
    private readonly DateTimeOffset[] _times = [.. times.Distinct().Order()];

    /// <summary>Dates as authors write them; what can't be read was refused when the script was declared.</summary>
    public static DateFireTimes Parse(IEnumerable<string> dates, TimeZoneInfo zone) =>
        new(dates.Select(text => Zones.TryParse(text, zone, out var time) ? time : (DateTimeOffset?)null).OfType<DateTimeOffset>());

    public override DateTimeOffset? After(DateTimeOffset time)
    {
        var index = NotLater(time);
        return index < _times.Length ? _times[index] : null;
    }

    public override DateTimeOffset? AtOrBefore(DateTimeOffset time)
    {
        var index = NotLater(time);
        return index > 0 ? _times[index - 1] : null;
    }

    public override long Count(DateTimeOffset first, DateTimeOffset last, long most = long.MaxValue) =>
        first > last ? 0 : NotLater(last) - NotLater(Instants.JustBefore(first));

    private int NotLater(DateTimeOffset time)
    {
        var index = Array.BinarySearch(_times, time);
        return index < 0 ? ~index : index + 1;
    }
}
