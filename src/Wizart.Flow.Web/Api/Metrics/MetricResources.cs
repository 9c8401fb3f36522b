using Wizart.Flow.Engine.Metrics;

namespace Wizart.Flow.Web;

/// <summary>A metric.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Points">How many points it has, along logical dates.</param>
/// <param name="Runs">How many runs told them.</param>
/// <param name="Last">The point of the newest logical date.</param>
/// <param name="Recent">The newest values of the same DAG with the same tags as the last, the oldest first; at most as many as were asked for.</param>
public sealed record MetricResource(string Name, long Points, long Runs, MetricPointResource Last, IReadOnlyList<double> Recent);

/// <summary>Points of one metric.</summary>
/// <param name="Name">The metric.</param>
/// <param name="By">Where on the time axis a point lies.</param>
/// <param name="Points">The points, in the order that was asked for; empty when spans were.</param>
/// <param name="Buckets">The spans; null when points were asked for.</param>
/// <param name="Next">What <c>cursor</c> gives the next page; null when this was the last.</param>
public sealed record MetricSeriesResource(
    string Name, MetricAxis By, IReadOnlyList<MetricPointResource> Points, IReadOnlyList<MetricBucketResource>? Buckets, string? Next);

/// <summary>One point.</summary>
/// <param name="Value">The value.</param>
/// <param name="LogicalDate">The logical date of the run that told it.</param>
/// <param name="Time">When it was told.</param>
/// <param name="DagId">The DAG.</param>
/// <param name="RunId">The run.</param>
/// <param name="TaskId">The task; null when nothing of it is stored any more.</param>
/// <param name="MapIndex">The element of a mapped task; -1 for a plain one.</param>
/// <param name="Tags">What was said with it.</param>
public sealed record MetricPointResource(
    double Value, DateTimeOffset LogicalDate, DateTimeOffset Time, string DagId, long RunId, string? TaskId, int MapIndex,
    IReadOnlyDictionary<string, string> Tags)
{
    /// <summary>The point as the API tells it.</summary>
    public static MetricPointResource Of(SeriesPoint point) => new(
        point.Value, point.LogicalDate, point.Time, point.DagId, point.RunId, point.TaskId, point.MapIndex, point.Tags);
}

/// <summary>The points of one span of time.</summary>
/// <param name="Start">When it begins.</param>
/// <param name="Points">How many points are in it.</param>
/// <param name="Average">Their mean.</param>
/// <param name="Minimum">The smallest.</param>
/// <param name="Maximum">The largest.</param>
/// <param name="Last">The newest.</param>
public sealed record MetricBucketResource(DateTimeOffset Start, long Points, double Average, double Minimum, double Maximum, double Last)
{
    /// <summary>The span as the API tells it.</summary>
    public static MetricBucketResource Of(MetricBucket bucket) =>
        new(bucket.Start, bucket.Points, bucket.Average, bucket.Minimum, bucket.Maximum, bucket.Last);
}

/// <summary>The order of points.</summary>
public enum MetricOrder
{
    /// <summary>From the newest back.</summary>
    Newest,

    /// <summary>From the oldest on.</summary>
    Oldest,
}
