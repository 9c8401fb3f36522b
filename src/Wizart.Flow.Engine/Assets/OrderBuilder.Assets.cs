using Wizart.Flow.Engine.Assets;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Attempts;

public sealed partial class OrderBuilder
{
    /// <summary>An attempt is given so many of the updates that started its run, the newest.</summary>
    private const int MostEvents = 1_000;

    private static readonly Dictionary<string, AssetRecord> NoAssets = [];

    private async ValueTask<IReadOnlyDictionary<string, AssetRecord>> AssetsAsync(TaskModel task, CancellationToken cancellation)
    {
        var uris = task.Inputs.Where(i => i.Kind == InputKind.Asset).Select(i => i.Name).Distinct().ToArray();
        if (uris.Length == 0) return NoAssets;
        var found = (await store.AssetsAsync(uris, cancellation)).Where(a => a.Latest is not null).ToDictionary(a => a.Uri, a => a.Latest!);
        foreach (var uri in uris)
            if (!found.TryGetValue(uri, out var latest) || latest.Value is null) throw new AssetException(Missing(uri, latest));
        return found.ToDictionary(a => a.Key, a => a.Value.ToRecord());
    }

    private async ValueTask<IReadOnlyList<AssetRecord>> AssetEventsAsync(ClaimedAttempt attempt, CancellationToken cancellation)
    {
        var wanted = attempt.Task.Inputs.Where(i => i.Kind == InputKind.AssetEvents).Select(i => i.Name).ToHashSet(StringComparer.Ordinal);
        if (wanted.Count == 0) return [];
        var events = await store.RunAssetEventsAsync(attempt.Run.Id, MostEvents, cancellation);
        return [.. events.Where(e => wanted.Contains("") || wanted.Contains(e.Uri)).Select(e => e.ToRecord())];
    }

    private string Missing(string uri, AssetEvent? latest) => latest is null
        ? $"Asset '{uri}' was never updated, so it has no value. {makersOf(uri)}"
        : $"Asset '{uri}' has no value: its latest update, by {latest.By}, gave none. {makersOf(uri)}";
}

/// <summary>An asset that has no value yet; a later attempt may find one.</summary>
public sealed class AssetException(string message) : Exception(message);
