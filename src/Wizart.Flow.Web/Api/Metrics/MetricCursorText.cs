using System.Globalization;
using Wizart.Flow.Engine.Metrics;

namespace Wizart.Flow.Web;

/// <summary>The place of a point as a text that people need not understand.</summary>
internal static class MetricCursorText
{
    public static string Write(MetricCursor cursor) =>
        string.Create(CultureInfo.InvariantCulture, $"{cursor.At.UtcTicks}.{cursor.RunId}.{cursor.Id}");

    public static MetricCursor? Read(string text) =>
        text.Split('.') is [var at, var run, var id]
        && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTimeOffset.MaxValue.UtcTicks
        && long.TryParse(run, NumberStyles.None, CultureInfo.InvariantCulture, out var runId)
        && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new MetricCursor(new DateTimeOffset(ticks, TimeSpan.Zero), runId, number)
            : null;
}
