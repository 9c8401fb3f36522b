using System.Globalization;
using Wizart.Flow.Providers.Reports.Parts;

namespace Wizart.Flow.Providers.Reports;

/// <summary>Numbers and times as people read them.</summary>
internal static class Figures
{
    /// <summary>Percent; less is no change.</summary>
    public const double SmallestChange = 0.05;

    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>A number with about four significant digits after the point at most.</summary>
    public static string Number(double? value)
    {
        if (value is not { } number || !double.IsFinite(number)) return "–";
        var size = Math.Abs(number);
        if (size is not 0 and (>= 1e15 or < 1e-4)) return number.ToString("0.###e0", Culture).Replace('-', '−');
        return number.ToString(size >= 1000 ? "#,0.#" : size >= 10 ? "0.##" : "0.####", Culture).Replace('-', '−');
    }

    /// <summary>What became of a figure since last time; empty when nothing can be said.</summary>
    public static string Change(ReportPart.Headline headline)
    {
        if (!headline.IsCompared || headline.Value is null) return "";
        if (headline.Previous is not { } before) return "no earlier value";
        if (headline.Change is not { } change) return $"before: {Number(before)}";
        if (Math.Abs(change) < SmallestChange) return "unchanged";
        return $"{(change > 0 ? "▲ +" : "▼ −")}{Math.Abs(change).ToString(Math.Abs(change) >= 100 ? "#,0" : "0.#", Culture)} % from {Number(before)}";
    }

    /// <summary>A cell of a table.</summary>
    public static string Cell(object? cell) => cell switch
    {
        null => "",
        long number => number.ToString("#,0", Culture).Replace('-', '−'),
        double number => Number(number),
        decimal number => Number((double)number),
        bool yes => yes ? "yes" : "no",
        DateOnly day => day.ToString("yyyy-MM-dd", Culture),
        TimeOnly time => time.ToString("HH:mm:ss", Culture),
        DateTimeOffset time => time.ToString(time.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm", Culture) + (time.Offset == TimeSpan.Zero ? "" : time.ToString(" zzz", Culture)),
        DateTime time => time.ToString(time.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm", Culture),
        IFormattable other => other.ToString(null, Culture),
        _ => cell.ToString() ?? "",
    };

    /// <summary>Whether a column is written to the right.</summary>
    public static bool IsNumeric(IReadOnlyList<object?> column) =>
        column.Any(c => c is not null) && column.All(c => c is null or long or double or decimal or TimeSpan);

    /// <summary>A time to the minute.</summary>
    public static string Time(DateTimeOffset time) => time.ToString(time.Offset == TimeSpan.Zero ? "yyyy-MM-dd HH:mm 'UTC'" : "yyyy-MM-dd HH:mm zzz", Culture);
}
