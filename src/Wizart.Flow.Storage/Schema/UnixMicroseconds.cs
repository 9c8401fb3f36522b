using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Wizart.Flow.Storage.Schema;

/// <summary>Times as they are stored: whole microseconds since 1970 in UTC, the same number on every database.</summary>
internal static class UnixMicroseconds
{
    public static long From(DateTimeOffset time)
    {
        var (microseconds, rest) = Math.DivRem(time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks, TimeSpan.TicksPerMicrosecond);
        return rest < 0 ? microseconds - 1 : microseconds;
    }

    public static long? From(DateTimeOffset? time) => time is { } known ? From(known) : null;

    public static DateTimeOffset ToTime(long microseconds) =>
        new(DateTimeOffset.UnixEpoch.Ticks + (microseconds * TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);

    /// <summary>The same for the EF model.</summary>
    public sealed class Converter() : ValueConverter<DateTimeOffset, long>(time => From(time), stored => ToTime(stored));
}
