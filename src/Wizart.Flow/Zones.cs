using System.Globalization;

namespace Wizart.Flow;

/// <summary>Time zones by IANA id, and dates as authors write them.</summary>
internal static class Zones
{
    /// <summary>The zone; null when this machine doesn't know it.</summary>
    public static TimeZoneInfo? Find(string id) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : null;

    /// <summary>Reads an ISO 8601 date or time; one without an offset is local to the zone, and one in a gap moves on by the gap.</summary>
    public static bool TryParse(string text, TimeZoneInfo zone, out DateTimeOffset value)
    {
        value = default;
        if (!DateTime.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var date))
            return false;
        if (date.Kind != DateTimeKind.Unspecified)
            return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out value);

        if (zone.IsInvalidTime(date))
        {
            var gap = zone.GetUtcOffset(date.AddDays(1)) - zone.GetUtcOffset(date.AddDays(-1));
            date += gap.Duration();
        }

        value = At(date, zone.GetUtcOffset(date));
        return true;
    }

    // "9999-12-31" is a common way to say never: west of Greenwich it lies beyond the calendar's end.
    private static DateTimeOffset At(DateTime local, TimeSpan offset)
    {
        var utc = (Int128)local.Ticks - offset.Ticks;
        if (utc < 0) return DateTimeOffset.MinValue;
        return utc > DateTime.MaxValue.Ticks ? DateTimeOffset.MaxValue : new DateTimeOffset(local, offset);
    }

    private static readonly string[] Formats =
    [
        "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss",
        "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
    ];
}
