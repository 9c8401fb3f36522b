namespace Wizart.Flow.Engine.Metrics;

/// <summary>
/// What attempts measured, as time series; sees what is committed. Of each task instance only what its newest attempt told of a
/// metric counts: a retry or a rerun puts its values in the place of the earlier ones. Along logical dates, only the newest run
/// counts of several runs of a DAG over one logical date, tags by tags: a date that is processed again has one set of values.
/// </summary>
public interface IMetricReads
{
    /// <summary>All metrics in the order of their names, along logical dates.</summary>
    /// <param name="dagId">Told by this DAG only; null for all.</param>
    /// <param name="cancellation">Gives up.</param>
    Task<IReadOnlyList<MetricSummary>> MetricsAsync(string? dagId, CancellationToken cancellation);

    /// <summary>Points of one metric.</summary>
    Task<IReadOnlyList<SeriesPoint>> MetricPointsAsync(MetricFilter filter, CancellationToken cancellation);

    /// <summary>
    /// Points of one metric, made one of each span of time; spans without any are left out. Spans are counted from 1970, so that
    /// whole hours and days (of UTC) are spans.
    /// </summary>
    /// <param name="filter">Which; its <see cref="MetricFilter.Count"/> counts spans, and it has no cursor.</param>
    /// <param name="width">The length of a span, at least a second.</param>
    /// <param name="cancellation">Gives up.</param>
    Task<IReadOnlyList<MetricBucket>> MetricBucketsAsync(MetricFilter filter, TimeSpan width, CancellationToken cancellation);
}
