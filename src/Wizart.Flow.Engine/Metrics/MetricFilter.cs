namespace Wizart.Flow.Engine.Metrics;

/// <summary>Which points of a metric are asked for.</summary>
/// <param name="Name">The metric.</param>
public sealed record MetricFilter(string Name)
{
    /// <summary>The most points or spans at once.</summary>
    public const int Most = 10_000;

    /// <summary>Told by this DAG only.</summary>
    public string? DagId { get; init; }

    /// <summary>Where on the time axis a point lies.</summary>
    public MetricAxis Axis { get; init; }

    /// <summary>Not before this.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Before this.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>With all of these tags; they may have others beside.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>From the newest back, or from the oldest on.</summary>
    public bool NewestFirst { get; init; } = true;

    /// <summary>Behind this point in that order: the next page.</summary>
    public MetricCursor? After { get; init; }

    /// <summary>At most so many; 1 to <see cref="Most"/>.</summary>
    public int Count { get; init; } = 1_000;

    /// <summary>Refuses what no store can answer.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="Count"/> is out of its limits.</exception>
    public void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Count, Most);
    }
}

/// <summary>Where on the time axis a point lies.</summary>
public enum MetricAxis
{
    /// <summary>At the logical date of its run: what a back-dated run measured belongs to the date that it is of.</summary>
    LogicalDate,

    /// <summary>At the moment it was told.</summary>
    Time,
}

/// <summary>The place of a point in the order of its series.</summary>
/// <param name="At">Its place on the axis.</param>
/// <param name="RunId">Its run, which orders points of one logical date; not looked at along <see cref="MetricAxis.Time"/>.</param>
/// <param name="Id">Its number.</param>
public readonly record struct MetricCursor(DateTimeOffset At, long RunId, long Id)
{
    /// <summary>The place of a point.</summary>
    public static MetricCursor Of(SeriesPoint point, MetricAxis axis) =>
        new(axis == MetricAxis.Time ? point.Time : point.LogicalDate, point.RunId, point.Id);
}
