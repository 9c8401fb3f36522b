namespace Wizart.Flow.Engine.Metrics;

/// <summary>Series that are given, not stored: what a test says there was before.</summary>
/// <param name="points">The points with the names of their metrics.</param>
public sealed class GivenMetrics(IReadOnlyList<(string Name, SeriesPoint Point)> points) : IMetricReads
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<MetricSummary>> MetricsAsync(string? dagId, CancellationToken cancellation) =>
        Task.FromResult(MetricSeries.Summaries(points.Where(p => dagId is null || p.Point.DagId == dagId)));

    /// <inheritdoc/>
    public Task<IReadOnlyList<SeriesPoint>> MetricPointsAsync(MetricFilter filter, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<SeriesPoint>>([.. MetricSeries.Select(Of(filter.Name), filter)]);

    /// <inheritdoc/>
    public Task<IReadOnlyList<MetricBucket>> MetricBucketsAsync(MetricFilter filter, TimeSpan width, CancellationToken cancellation) =>
        Task.FromResult(MetricSeries.Buckets(Of(filter.Name), filter, width));

    private IEnumerable<SeriesPoint> Of(string name) => points.Where(p => p.Name == name).Select(p => p.Point);
}
