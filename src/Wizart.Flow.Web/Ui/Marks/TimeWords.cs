using System.Globalization;

namespace Wizart.Flow.Web.Ui.Marks;

/// <summary>Times and spans in few words.</summary>
public static class TimeWords
{
    /// <summary>A span in its two largest units: <c>1 d 4 h</c>, <c>3 min 20 s</c>, <c>1.25 s</c>, <c>18 ms</c>.</summary>
    public static string Span(TimeSpan span)
    {
        if (span < TimeSpan.Zero) span = TimeSpan.Zero;
        if (span.TotalSeconds < 1) return Number(Math.Round(span.TotalMilliseconds), "ms");
        if (span.TotalSeconds < 10) return string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.##} s");
        if (span.TotalMinutes < 1) return string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.#} s");
        if (span.TotalHours < 1) return Two(span.Minutes, "min", span.Seconds, "s");
        return span.TotalDays < 1 ? Two(span.Hours, "h", span.Minutes, "min") : Two((int)span.TotalDays, "d", span.Hours, "h");
    }

    /// <summary>How long ago something was, or how soon it is: <c>3 min ago</c>, <c>in 2 h</c>.</summary>
    public static string Ago(DateTimeOffset then, DateTimeOffset now)
    {
        var span = now - then;
        var (past, length) = (span >= TimeSpan.Zero, span.Duration());
        if (length.TotalSeconds < 5) return past ? "just now" : "now";
        var words = length.TotalSeconds switch
        {
            < 60 => Number(Math.Floor(length.TotalSeconds), "s"),
            < 3600 => Number(Math.Floor(length.TotalMinutes), "min"),
            < 86_400 => Number(Math.Floor(length.TotalHours), "h"),
            < 86_400 * 60.0 => Number(Math.Floor(length.TotalDays), "d"),
            < 86_400 * 730.0 => Number(Math.Floor(length.TotalDays / 30.44), "months"),
            _ => Number(Math.Floor(length.TotalDays / 365.25), "years"),
        };
        return past ? $"{words} ago" : $"in {words}";
    }

    /// <summary>Bytes in the unit that reads best: <c>12.4 KB</c>.</summary>
    public static string Size(long bytes) => bytes switch
    {
        < 1_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.#} KB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.#} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.##} GB"),
    };

    private static string Two(int large, string unit, int small, string smaller) =>
        small == 0 ? Number(large, unit) : $"{Number(large, unit)} {Number(small, smaller)}";

    private static string Number(double value, string unit) => string.Create(CultureInfo.InvariantCulture, $"{value:0} {unit}");
}
