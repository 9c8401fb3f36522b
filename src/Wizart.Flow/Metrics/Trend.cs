namespace Wizart.Flow;

/// <summary>
/// The earlier values of a metric, as a body receives them: those of runs with an earlier logical date than its own, however
/// late this one runs. Empty when there are none yet.
/// </summary>
public sealed class Trend
{
    /// <summary>The values of a metric.</summary>
    /// <param name="name">The metric.</param>
    /// <param name="points">Its points; put into the order of their logical dates.</param>
    public Trend(string name, IEnumerable<TrendPoint> points)
    {
        Name = name;
        Points = [.. points.OrderBy(p => p.LogicalDate)]; // a stable order: within a date as they were told
    }

    /// <summary>The metric.</summary>
    public string Name { get; }

    /// <summary>The points, the oldest first.</summary>
    public IReadOnlyList<TrendPoint> Points { get; }

    /// <summary>How many points there are.</summary>
    public int Count => Points.Count;

    /// <summary>Whether there are none: the first run, or a name that nothing told yet.</summary>
    public bool IsEmpty => Points.Count == 0;

    /// <summary>The newest value; null when there is none.</summary>
    public double? Last => Points.Count == 0 ? null : Points[^1].Value;

    /// <summary>The mean of all values; null when there are none.</summary>
    public double? Average => Points.Count == 0 ? null : Points.Average(p => p.Value);

    /// <summary>The smallest value; null when there are none.</summary>
    public double? Minimum => Points.Count == 0 ? null : Points.Min(p => p.Value);

    /// <summary>The largest value; null when there are none.</summary>
    public double? Maximum => Points.Count == 0 ? null : Points.Max(p => p.Value);

    /// <summary>By how many percent a value is more than the newest one, less when negative; null when there is none or it is zero.</summary>
    public double? Change(double now) => Points.Count == 0 ? null : Points[^1].Change(now);

    /// <summary>
    /// The newest point of a logical date at or before this one: <c>trend.At(day.Start.AddDays(-7))?.Change(now)</c> is the change
    /// since last week. Null when there is none, or it lies further back than the input's <c>last</c> reaches.
    /// </summary>
    public TrendPoint? At(DateTimeOffset date)
    {
        for (var i = Points.Count - 1; i >= 0; i--)
            if (Points[i].LogicalDate <= date) return Points[i];
        return null;
    }

    /// <summary>The same in words, for logs.</summary>
    public override string ToString() => FormattableString.Invariant($"{Name}: {Count} values{(IsEmpty ? "" : $", last {Last:0.###}, average {Average:0.###}")}");
}
