using Wizart.Flow.Engine.Assets;

namespace Wizart.Flow.Engine.Storage.InMemory;

public sealed partial class InMemoryFlowStore
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredAsset>> AssetsAsync(IReadOnlyCollection<string>? uris, CancellationToken cancellation)
    {
        var state = _state;
        return Task.FromResult<IReadOnlyList<StoredAsset>>([.. state.Assets
            .Where(asset => uris is null || uris.Contains(asset.Key))
            .Select(asset => new StoredAsset(asset.Value, asset.Key, state.AssetEvents.Values.LastOrDefault(e => e.Uri == asset.Key)))]);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<AssetEvent>> AssetEventsAsync(long assetId, long? beforeId, int count, CancellationToken cancellation)
    {
        var state = _state;
        return Task.FromResult<IReadOnlyList<AssetEvent>>([.. state.AssetEvents.Values.Reverse()
            .Where(e => state.Assets.GetValueOrDefault(e.Uri) == assetId && (beforeId is null || e.Id < beforeId))
            .Take(count)]);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<AssetEvent>> RunAssetEventsAsync(long runId, int count, CancellationToken cancellation)
    {
        var state = _state;
        return Task.FromResult<IReadOnlyList<AssetEvent>>(state.Runs.TryGetValue(runId, out var run)
            ? [.. run.AssetEvents.Where(state.AssetEvents.ContainsKey).Select(id => state.AssetEvents[id]).TakeLast(count)]
            : []);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<QueuedUpdates>> QueuedUpdatesAsync(string? dagId, CancellationToken cancellation) =>
        Task.FromResult(InMemoryTransaction.Queued(_state, dagId));
}
