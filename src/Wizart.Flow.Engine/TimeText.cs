using System.Globalization;

namespace Wizart.Flow.Engine;

/// <summary>Times as they are told to people.</summary>
internal static class TimeText
{
    /// <summary>A time that is in UTC, to the second: <c>2026-11-01 06:00:00 UTC</c>.</summary>
    public static string Utc(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>A time in the zone it was given in, to the minute: <c>2026-11-01 06:00 +01:00</c>.</summary>
    public static string Zoned(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture);
}
