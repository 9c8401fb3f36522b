using Wizart.Flow.Providers.Charts.Drawings;

namespace Wizart.Flow.Providers.Charts;

public sealed partial class Chart
{
    /// <summary>A line through the points of the rows, from left to right. A missing value is a gap in it.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="x">The place on the horizontal axis.</param>
    /// <param name="y">The height.</param>
    /// <param name="name">What the line is, for charts with several.</param>
    public static Chart Line<T>(IEnumerable<T> rows, Func<T, double> x, Func<T, double?> y, string name = "") =>
        new Chart(new Points(connected: true)).And(rows, x, y, name);

    /// <summary>A line over time.</summary>
    /// <inheritdoc cref="Line{T}(IEnumerable{T}, Func{T, double}, Func{T, double?}, string)"/>
    public static Chart Line<T>(IEnumerable<T> rows, Func<T, DateTimeOffset> x, Func<T, double?> y, string name = "") =>
        new Chart(new Points(connected: true) { IsTime = true }).And(rows, x, y, name);

    /// <summary>A line over days.</summary>
    /// <inheritdoc cref="Line{T}(IEnumerable{T}, Func{T, double}, Func{T, double?}, string)"/>
    public static Chart Line<T>(IEnumerable<T> rows, Func<T, DateOnly> x, Func<T, double?> y, string name = "") =>
        new Chart(new Points(connected: true) { IsTime = true, AreDays = true }).And(rows, x, y, name);

    /// <summary>A mark for each row.</summary>
    /// <inheritdoc cref="Line{T}(IEnumerable{T}, Func{T, double}, Func{T, double?}, string)"/>
    public static Chart Scatter<T>(IEnumerable<T> rows, Func<T, double> x, Func<T, double?> y, string name = "") =>
        new Chart(new Points(connected: false)).And(rows, x, y, name);

    /// <summary>A mark for each row, over time.</summary>
    /// <inheritdoc cref="Line{T}(IEnumerable{T}, Func{T, double}, Func{T, double?}, string)"/>
    public static Chart Scatter<T>(IEnumerable<T> rows, Func<T, DateTimeOffset> x, Func<T, double?> y, string name = "") =>
        new Chart(new Points(connected: false) { IsTime = true }).And(rows, x, y, name);

    /// <summary>A bar for each row.</summary>
    /// <param name="rows">The rows, each with a label of its own.</param>
    /// <param name="label">What stands under the bar.</param>
    /// <param name="value">The height.</param>
    /// <param name="name">What the bars are, for charts with several bars at each label.</param>
    public static Chart Bars<T>(IEnumerable<T> rows, Func<T, string> label, Func<T, double?> value, string name = "") =>
        new Chart(new BarGroups()).And(rows, label, value, name);

    /// <summary>How many rows have a value in each of some ranges of the same width.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="value">The value.</param>
    /// <param name="bins">How many ranges; by default the root of the number of rows, from 5 to 40.</param>
    public static Chart Histogram<T>(IEnumerable<T> rows, Func<T, double?> value, int? bins = null)
    {
        if (bins is < 1 or > 1000) throw new ArgumentOutOfRangeException(nameof(bins), bins, "From 1 to 1,000.");
        return new Chart(new Bins(rows.Select(value), bins));
    }

    /// <summary>A colour for each pair of labels, the darker the more. Labels stand in the order in which they come.</summary>
    public static Chart HeatMap<T>(IEnumerable<T> rows, Func<T, string> x, Func<T, string> y, Func<T, double?> value) =>
        new(new Cells(rows.Select(r => (x(r), y(r), value(r)))));

    /// <summary>One more series of the same kind.</summary>
    /// <exception cref="InvalidOperationException">The chart has something else on its horizontal axis.</exception>
    public Chart And<T>(IEnumerable<T> rows, Func<T, double> x, Func<T, double?> y, string name = "") =>
        AndPoints(isTime: false, rows.Select(r => (x(r), y(r))), name);

    /// <inheritdoc cref="And{T}(IEnumerable{T}, Func{T, double}, Func{T, double?}, string)"/>
    public Chart And<T>(IEnumerable<T> rows, Func<T, DateTimeOffset> x, Func<T, double?> y, string name = "") =>
        AndPoints(isTime: true, rows.Select(r => ((double)x(r).UtcTicks, y(r))), name);

    /// <inheritdoc cref="And{T}(IEnumerable{T}, Func{T, double}, Func{T, double?}, string)"/>
    public Chart And<T>(IEnumerable<T> rows, Func<T, DateOnly> x, Func<T, double?> y, string name = "") => And(rows, r => Midnight(x(r)), y, name);

    /// <inheritdoc cref="And{T}(IEnumerable{T}, Func{T, double}, Func{T, double?}, string)"/>
    public Chart And<T>(IEnumerable<T> rows, Func<T, string> label, Func<T, double?> value, string name = "")
    {
        if (_drawing is not BarGroups bars) throw new InvalidOperationException("A series over labels can be added to bars only.");
        bars.Add(name, rows.Select(r => (label(r), value(r))));
        return this;
    }

    private Chart AndPoints(bool isTime, IEnumerable<(double X, double? Y)> points, string name)
    {
        if (_drawing is not Points drawn || drawn.IsTime != isTime)
            throw new InvalidOperationException($"A series over {(isTime ? "time" : "numbers")} can be added to lines or marks over {(isTime ? "time" : "numbers")} only.");
        drawn.Add(name, points);
        return this;
    }

    private static DateTimeOffset Midnight(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}
