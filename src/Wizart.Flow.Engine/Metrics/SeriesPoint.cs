namespace Wizart.Flow.Engine.Metrics;

/// <summary>One point of a series.</summary>
public sealed record SeriesPoint
{
    /// <summary>The store's number for it.</summary>
    public required long Id { get; init; }

    /// <summary>When it was told.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The logical date of the run that told it.</summary>
    public required DateTimeOffset LogicalDate { get; init; }

    /// <summary>The value.</summary>
    public required double Value { get; init; }

    /// <summary>The DAG.</summary>
    public required string DagId { get; init; }

    /// <summary>The run.</summary>
    public required long RunId { get; init; }

    /// <summary>The task's place in the run's version.</summary>
    public required int TaskIndex { get; init; }

    /// <summary>The task; null when nothing of it is stored any more.</summary>
    public string? TaskId { get; init; }

    /// <summary>The element of a mapped task; -1 for a plain one.</summary>
    public int MapIndex { get; init; } = -1;

    /// <summary>The attempt.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>What was said with it.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>The same, as a body sees it.</summary>
    public TrendPoint ToTrend() => new(LogicalDate, Value, RunId, Time, Tags);
}

/// <summary>A metric in a list.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Points">How many points it has.</param>
/// <param name="Runs">How many runs told them.</param>
/// <param name="Last">The point of the newest logical date.</param>
public sealed record MetricSummary(string Name, long Points, long Runs, SeriesPoint Last);

/// <summary>The points of one span of time.</summary>
/// <param name="Start">When the span begins.</param>
/// <param name="Points">How many points are in it.</param>
/// <param name="Average">Their mean.</param>
/// <param name="Minimum">The smallest.</param>
/// <param name="Maximum">The largest.</param>
/// <param name="Last">The newest.</param>
public sealed record MetricBucket(DateTimeOffset Start, long Points, double Average, double Minimum, double Maximum, double Last);
