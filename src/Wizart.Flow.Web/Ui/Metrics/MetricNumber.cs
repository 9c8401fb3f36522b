using System.Globalization;

namespace Wizart.Flow.Web.Ui.Metrics;

/// <summary>Values of metrics in few characters.</summary>
public static class MetricNumber
{
    /// <summary>With four digits that mean something, and commas between thousands; very large and very small ones as powers.</summary>
    public static string Of(double value)
    {
        var size = Math.Abs(value);
        if (!double.IsFinite(value)) return value.ToString(CultureInfo.InvariantCulture);
        if (size >= 1e15 || (size > 0 && size < 1e-4)) return value.ToString("0.###e0", CultureInfo.InvariantCulture);
        return value.ToString(size switch { >= 1_000 => "#,0.#", >= 100 => "0.##", >= 1 => "0.###", _ => "0.######" }, CultureInfo.InvariantCulture);
    }
}
