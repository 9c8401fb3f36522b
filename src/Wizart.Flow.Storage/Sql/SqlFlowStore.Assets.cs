using Wizart.Flow.Engine.Assets;

namespace Wizart.Flow.Storage.Sql;

public abstract partial class SqlFlowStore
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<StoredAsset>> AssetsAsync(IReadOnlyCollection<string>? uris, CancellationToken cancellation) =>
        uris is { Count: 0 } ? [] : await ReadAsync(connection => AssetRecords.AssetsAsync(connection, uris, cancellation), cancellation);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<AssetEvent>> AssetEventsAsync(long assetId, long? beforeId, int count, CancellationToken cancellation) =>
        await ReadAsync(connection => AssetRecords.EventsAsync(connection, assetId, beforeId, count, cancellation), cancellation);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<AssetEvent>> RunAssetEventsAsync(long runId, int count, CancellationToken cancellation) =>
        await ReadAsync(connection => AssetRecords.OfRunAsync(connection, runId, count, cancellation), cancellation);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<QueuedUpdates>> QueuedUpdatesAsync(string? dagId, CancellationToken cancellation) =>
        await ReadAsync(connection => AssetRecords.QueuedAsync(connection, dagId, cancellation), cancellation);
}
