using System.Globalization;
using Wizart.Flow.Model;

namespace Wizart.Flow;

/// <summary>Schedules as a person reads them.</summary>
internal static class ScheduleText
{
    private static readonly (string Name, long Ticks)[] Units =
    [
        ("day", TimeSpan.TicksPerDay), ("hour", TimeSpan.TicksPerHour), ("minute", TimeSpan.TicksPerMinute),
        ("second", TimeSpan.TicksPerSecond), ("millisecond", TimeSpan.TicksPerMillisecond),
    ];

    /// <summary>What fires, then whatever varies it: <c>Daily at 06:00, Europe/Minsk</c>.</summary>
    public static string Of(TimeScheduleModel model)
    {
        var text = model.Text;
        if (model.Zone != "UTC") text += $", {model.Zone}";
        if (model.AtStart) text += ", at start";
        if (model.Except.Count > 0) text += $", except {Count(model.Except.Count, "day")}";
        if (model.Jitter is { } jitter) text += $", up to {Span(jitter)} later";
        return text;
    }

    /// <summary>A text in the middle of a sentence.</summary>
    public static string Inner(string text) => text.Length == 0 ? text : char.ToLowerInvariant(text[0]) + text[1..];

    /// <summary><c>15 minutes</c>, <c>1 hour 30 minutes</c>.</summary>
    public static string Span(TimeSpan span)
    {
        if (span.Ticks is <= 0 or long.MaxValue) return span.ToString("c", CultureInfo.InvariantCulture);
        var parts = new List<string>();
        var rest = span.Ticks;
        foreach (var (name, ticks) in Units)
        {
            if (rest >= ticks) parts.Add(Count(rest / ticks, name));
            rest %= ticks;
        }

        return parts.Count == 0 ? span.ToString("c", CultureInfo.InvariantCulture) : string.Join(' ', parts);
    }

    /// <summary><c>Every 15 minutes</c>, <c>Every hour</c>.</summary>
    public static string Every(TimeSpan period)
    {
        var span = Span(period);
        return span.StartsWith("1 ", StringComparison.Ordinal) && !span.AsSpan(2).Contains(' ') ? $"Every {span[2..]}" : $"Every {span}";
    }

    /// <summary><c>Monday, Wednesday and Friday</c>.</summary>
    public static string List(IEnumerable<string> words)
    {
        var all = words.ToArray();
        return all.Length < 2 ? string.Concat(all) : $"{string.Join(", ", all[..^1])} and {all[^1]}";
    }

    public static string Count(long count, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");
}
