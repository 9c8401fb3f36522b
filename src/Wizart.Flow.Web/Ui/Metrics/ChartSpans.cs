using System.Globalization;

namespace Wizart.Flow.Web.Ui.Metrics;

/// <summary>Which span of time one value of a chart stands for, when there are too many points.</summary>
internal static class ChartSpans
{
    private const int Most = 800;

    private static readonly TimeSpan[] Widths =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(3), TimeSpan.FromHours(6),
        TimeSpan.FromHours(12), TimeSpan.FromDays(1), TimeSpan.FromDays(7), TimeSpan.FromDays(30),
    ];

    /// <summary>The shortest that makes few enough values of a range.</summary>
    public static TimeSpan For(TimeSpan range)
    {
        var width = Array.Find(Widths, w => range / w <= Most);
        return width > TimeSpan.Zero ? width : Widths[^1];
    }

    /// <summary>It in words.</summary>
    public static string Words(TimeSpan width) => width switch
    {
        { TotalDays: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{width.TotalDays:0} d"),
        { TotalHours: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{width.TotalHours:0} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{width.TotalMinutes:0} min"),
    };
}
