using System.Globalization;

namespace Wizart.Flow.Host.Cli;

/// <summary>Times as people read them.</summary>
internal static class Words
{
    /// <summary>A span in its two greatest units: <c>2d 4h</c>, <c>3m 12s</c>, <c>0.4s</c>.</summary>
    public static string Span(TimeSpan span)
    {
        span = span.Duration();
        if (span.TotalSeconds < 10) return string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.0}s");
        if (span.TotalMinutes < 1) return string.Create(CultureInfo.InvariantCulture, $"{span.Seconds}s");
        if (span.TotalHours < 1) return Two(span.Minutes, "m", span.Seconds, "s");
        return span.TotalDays < 1 ? Two(span.Hours, "h", span.Minutes, "m") : Two((int)span.TotalDays, "d", span.Hours, "h");
    }

    /// <summary>How long something took, or has taken until now; empty when it has not begun.</summary>
    public static string Took(DateTimeOffset? start, DateTimeOffset? end, DateTimeOffset now) =>
        start is { } began ? Span((end ?? now) - began) : "";

    /// <summary>How far a time is from now: <c>in 3h 5m</c>, <c>2d 4h ago</c>.</summary>
    public static string Away(DateTimeOffset time, DateTimeOffset now) => time >= now ? $"in {Span(time - now)}" : $"{Span(now - time)} ago";

    /// <summary>A time to the minute, with its offset.</summary>
    public static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture);

    /// <summary>A time to the second on the wall clock of this machine.</summary>
    public static string Clock(DateTimeOffset time) => time.ToLocalTime().ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary><c>1 task</c>, <c>2 tasks</c>.</summary>
    public static string Count(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");

    /// <summary>The first line of a text, cut to a length.</summary>
    public static string Line(string? text, int length)
    {
        if (text is null) return "";
        var line = text.AsSpan().Trim();
        var end = line.IndexOfAny('\r', '\n');
        if (end >= 0) line = line[..end];
        return line.Length <= length ? line.ToString() : string.Concat(line[..(length - 1)], "…");
    }

    private static string Two(int great, string greatUnit, int small, string smallUnit) => small == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{great}{greatUnit}")
        : string.Create(CultureInfo.InvariantCulture, $"{great}{greatUnit} {small}{smallUnit}");
}
