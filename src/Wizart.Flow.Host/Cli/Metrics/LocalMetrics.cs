using System.Data.Common;
using Wizart.Flow.Engine.Metrics;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Storage;

namespace Wizart.Flow.Host.Cli;

/// <summary>
/// Earlier values of metrics from the database of the daemon of this folder, for runs without it. Only read, whether the daemon
/// runs or not. Where there is no database, or it can't be read, there are none.
/// </summary>
internal sealed class LocalMetrics(Terminal terminal, string state) : IMetricReads
{
    private string? _told;

    /// <inheritdoc/>
    public Task<IReadOnlyList<MetricSummary>> MetricsAsync(string? dagId, CancellationToken cancellation) =>
        ReadAsync(store => store.MetricsAsync(dagId, cancellation));

    /// <inheritdoc/>
    public Task<IReadOnlyList<SeriesPoint>> MetricPointsAsync(MetricFilter filter, CancellationToken cancellation) =>
        ReadAsync(store => store.MetricPointsAsync(filter, cancellation));

    /// <inheritdoc/>
    public Task<IReadOnlyList<MetricBucket>> MetricBucketsAsync(MetricFilter filter, TimeSpan width, CancellationToken cancellation) =>
        ReadAsync(store => store.MetricBucketsAsync(filter, width, cancellation));

    private async Task<IReadOnlyList<T>> ReadAsync<T>(Func<IMetricReads, Task<IReadOnlyList<T>>> read)
    {
        var settings = DaemonSettings.Read(FlowSettings.Load(terminal.Folder)).Database;
        if (settings.Path == new StorageOptions().Path) settings = settings with { Path = Path.Combine(state, "flow.db") };
        if (settings is { Provider: StorageProvider.Sqlite, ConnectionString: null } && !File.Exists(settings.Path)) return [];
        try
        {
            await using var store = FlowStores.Create(settings, terminal.Time).Store;
            return await read(store);
        }
        catch (Exception error) when (error is StoreException or DbException)
        {
            // Trends are an addition to a run: it goes on without them, as it would on its first day.
            if (Interlocked.Exchange(ref _told, error.Message) is null)
                terminal.Error.WriteLine($"{terminal.ErrorPaint.Yellow("warning:")} the daemon's database can't be read, so trends are empty: {error.Message}");
            return [];
        }
    }
}
