namespace Wizart.Flow.Engine.Assets;

/// <summary>What is read of assets.</summary>
public interface IAssetReads
{
    /// <summary>All assets in the order of their uris, or those asked for.</summary>
    Task<IReadOnlyList<StoredAsset>> AssetsAsync(IReadOnlyCollection<string>? uris, CancellationToken cancellation);

    /// <summary>Updates of an asset, newest first.</summary>
    /// <param name="assetId">The asset.</param>
    /// <param name="beforeId">With a number smaller than this: the next page.</param>
    /// <param name="count">At most so many.</param>
    /// <param name="cancellation">Gives up.</param>
    Task<IReadOnlyList<AssetEvent>> AssetEventsAsync(long assetId, long? beforeId, int count, CancellationToken cancellation);

    /// <summary>The updates that started a run, oldest first; at most <paramref name="count"/>, the newest of them.</summary>
    Task<IReadOnlyList<AssetEvent>> RunAssetEventsAsync(long runId, int count, CancellationToken cancellation);

    /// <summary>What DAGs, or one of them, know of assets since their last run, in the order of their ids and uris.</summary>
    Task<IReadOnlyList<QueuedUpdates>> QueuedUpdatesAsync(string? dagId, CancellationToken cancellation);
}
