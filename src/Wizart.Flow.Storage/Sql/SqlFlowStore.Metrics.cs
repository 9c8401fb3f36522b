using Wizart.Flow.Engine.Metrics;

namespace Wizart.Flow.Storage.Sql;

public abstract partial class SqlFlowStore
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<MetricSummary>> MetricsAsync(string? dagId, CancellationToken cancellation)
    {
        var metrics = await ReadAsync(connection => MetricRecords.SummariesAsync(connection, dagId, cancellation), cancellation);
        metrics.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        return metrics;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SeriesPoint>> MetricPointsAsync(MetricFilter filter, CancellationToken cancellation)
    {
        filter.Check();
        return await ReadAsync(connection => MetricRecords.PointsAsync(connection, filter, cancellation), cancellation);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MetricBucket>> MetricBucketsAsync(MetricFilter filter, TimeSpan width, CancellationToken cancellation)
    {
        filter.Check();
        ArgumentOutOfRangeException.ThrowIfLessThan(width, TimeSpan.FromSeconds(1));
        return await ReadAsync(connection => MetricRecords.BucketsAsync(connection, filter, width, cancellation), cancellation);
    }
}
