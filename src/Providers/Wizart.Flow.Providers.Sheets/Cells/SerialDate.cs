namespace Wizart.Flow.Providers.Sheets.Cells;

/// <summary>Times as spreadsheets count them: days since 30 December 1899, the time of day as a fraction.</summary>
internal static class SerialDate
{
    private static readonly DateTime Epoch = new(1899, 12, 30, 0, 0, 0, DateTimeKind.Unspecified);

    public static double Of(DateTime time) => (DateTime.SpecifyKind(time, DateTimeKind.Unspecified) - Epoch).TotalDays;

    /// <summary>The time, to the millisecond: finer parts are lost in the fraction.</summary>
    /// <exception cref="OverflowException">There is no such day.</exception>
    public static DateTime Read(double days)
    {
        if (days is < -693_593 or >= 2_958_466) throw new OverflowException("it is no day of the years 1 to 9999");
        return Epoch + TimeSpan.FromMilliseconds(Math.Round(days * TimeSpan.FromDays(1).TotalMilliseconds));
    }

    /// <summary>A span, to the microsecond.</summary>
    public static TimeSpan ReadSpan(double days) =>
        new((long)Math.Round(days * TimeSpan.TicksPerDay / TimeSpan.TicksPerMicrosecond) * TimeSpan.TicksPerMicrosecond);
}
