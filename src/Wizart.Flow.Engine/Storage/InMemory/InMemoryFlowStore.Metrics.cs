using Wizart.Flow.Engine.Metrics;

namespace Wizart.Flow.Engine.Storage.InMemory;

public sealed partial class InMemoryFlowStore
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<MetricSummary>> MetricsAsync(string? dagId, CancellationToken cancellation) => Task.FromResult(
        MetricSeries.Summaries(MetricPoints().Where(p => dagId is null || p.Point.DagId == dagId)));

    /// <inheritdoc/>
    public Task<IReadOnlyList<SeriesPoint>> MetricPointsAsync(MetricFilter filter, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<SeriesPoint>>([.. MetricSeries.Select(MetricPoints(filter.Name), filter)]);

    /// <inheritdoc/>
    public Task<IReadOnlyList<MetricBucket>> MetricBucketsAsync(MetricFilter filter, TimeSpan width, CancellationToken cancellation) =>
        Task.FromResult(MetricSeries.Buckets(MetricPoints(filter.Name), filter, width));

    private IEnumerable<SeriesPoint> MetricPoints(string name) => MetricPoints().Where(p => p.Name == name).Select(p => p.Point);

    private IEnumerable<(string Name, SeriesPoint Point)> MetricPoints() => _state.Runs.Values.SelectMany(PointsOf);

    internal static IEnumerable<(string Name, SeriesPoint Point)> PointsOf(MemoryRun run) =>
        from metric in run.Metrics
        where !double.IsNaN(metric.Point.Value)
        let point = metric.Point
        select (point.Name, new SeriesPoint
        {
            Id = metric.Id,
            Time = point.Time,
            LogicalDate = run.Run.LogicalDate,
            Value = point.Value,
            DagId = point.DagId,
            RunId = run.Run.Id,
            TaskIndex = point.Key.TaskIndex,
            TaskId = run.TaskIds.GetValueOrDefault(point.Key.TaskIndex),
            MapIndex = point.Key.MapIndex,
            Attempt = point.Key.Attempt,
            Tags = point.Tags,
        });
}
