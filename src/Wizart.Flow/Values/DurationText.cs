using System.Globalization;

namespace Wizart.Flow.Values;

/// <summary>Spans of time as people write them: <c>500ms</c>, <c>20s</c>, <c>15m</c>, <c>6h</c>, <c>2d</c>, or <c>00:00:20</c>.</summary>
public static class DurationText
{
    /// <summary>The span; null when the text is none.</summary>
    public static TimeSpan? Read(string text)
    {
        text = text.Trim();
        foreach (var (unit, milliseconds) in Units)
        {
            if (!text.EndsWith(unit, StringComparison.OrdinalIgnoreCase)) continue;
            return double.TryParse(text[..^unit.Length], NumberStyles.Float, CultureInfo.InvariantCulture, out var count)
                && Math.Abs(count * milliseconds) < TimeSpan.MaxValue.TotalMilliseconds
                    ? TimeSpan.FromMilliseconds(count * milliseconds)
                    : null;
        }

        return text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) ? span : null;
    }

    // Longer units first: "ms" ends with "s" too.
    private static readonly (string Unit, double Milliseconds)[] Units =
        [("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000)];
}
