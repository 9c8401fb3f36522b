using System.Globalization;

namespace Wizart.Flow;

/// <summary>Times of day as authors write them.</summary>
internal static class TimeOfDay
{
    private static readonly string[] Formats = ["H:mm", "HH:mm", "H:mm:ss", "HH:mm:ss"];

    public static bool TryParse(string? text, out TimeOnly time) =>
        TimeOnly.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out time);

    /// <summary>The cron fields of seconds (only if there are any), minutes and hours.</summary>
    public static string Cron(TimeOnly time)
    {
        var fields = string.Create(CultureInfo.InvariantCulture, $"{time.Minute} {time.Hour}");
        return time.Second == 0 ? fields : string.Create(CultureInfo.InvariantCulture, $"{time.Second} {fields}");
    }

    public static string Text(TimeOnly time) => time.ToString(time.Second == 0 ? "HH:mm" : "HH:mm:ss", CultureInfo.InvariantCulture);
}
