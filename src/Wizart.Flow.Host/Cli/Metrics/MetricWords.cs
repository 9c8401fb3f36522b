using System.Globalization;
using Wizart.Flow.Web;

namespace Wizart.Flow.Host.Cli;

/// <summary>Values of metrics as people read them.</summary>
internal static class MetricWords
{
    /// <summary>A value with at most six significant digits.</summary>
    public static string Value(double value)
    {
        var size = Math.Abs(value);
        if (size is not 0 and (>= 1e15 or < 1e-4)) return value.ToString("0.###e0", CultureInfo.InvariantCulture);
        return value.ToString(size >= 1000 ? "#,0.#" : size >= 1 ? "0.###" : "0.######", CultureInfo.InvariantCulture);
    }

    /// <summary>The change from one value to the next in percent; empty when there is no value before it, or it is zero.</summary>
    public static string Change(double? before, double now)
    {
        if (before is not { } old || old == 0) return "";
        var percent = (now - old) / Math.Abs(old) * 100;
        return Math.Abs(percent) < 0.05 ? "=" : string.Create(CultureInfo.InvariantCulture, $"{(percent > 0 ? '+' : '−')}{Math.Abs(percent):#,0.#} %");
    }

    /// <summary>What tells a series from others of its metric.</summary>
    public static string Tags(IReadOnlyDictionary<string, string> tags) =>
        string.Join(' ', tags.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => $"{t.Key}={t.Value}"));

    /// <summary>A time as short as can be: without its clock at midnight, with a Z instead of its offset in UTC.</summary>
    public static string Date(DateTimeOffset date) => date.Offset != TimeSpan.Zero
        ? Words.Time(date)
        : date.ToString(date.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);

    /// <summary>The place of a point on the axis that was asked for.</summary>
    public static DateTimeOffset At(MetricPointResource point, bool byTime) => byTime ? point.Time : point.LogicalDate;
}
