using System.Text.Json;
using Wizart.Flow.Execution;

namespace Wizart.Flow;

/// <summary>One update of an asset, as a body sees it.</summary>
public record AssetUpdate
{
    /// <summary>The asset.</summary>
    public required string Uri { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The run whose task made it; null when a person or a program told of it.</summary>
    public long? RunId { get; init; }

    /// <summary>The DAG of that run.</summary>
    public string? DagId { get; init; }

    /// <summary>The task.</summary>
    public string? TaskId { get; init; }

    /// <summary>Who told of it: <c>dag/task</c>, a user, a token.</summary>
    public required string By { get; init; }

    /// <summary>What was said with it; undefined when nothing was.</summary>
    public JsonElement Extra { get; init; }
}

/// <summary>One update of an asset with its value.</summary>
public sealed record AssetUpdate<T> : AssetUpdate
{
    /// <summary>The value.</summary>
    public required T Value { get; init; }
}

/// <summary>The updates that started a run, oldest first.</summary>
/// <param name="updates">The updates.</param>
/// <param name="read">Reads an update's value.</param>
public sealed class AssetEvents(IReadOnlyList<AssetRecord> updates, IAssetValues read)
{
    /// <summary>All of them, without their values.</summary>
    public IReadOnlyList<AssetUpdate> All { get; } = [.. updates.Select(u => u.As(new AssetUpdate { Uri = u.Uri, Time = u.Time, By = u.By }))];

    /// <summary>Those of one asset, with their values.</summary>
    public IReadOnlyList<AssetUpdate<T>> Of<T>(Asset<T> asset) =>
        [.. updates.Where(u => u.Uri == asset.Uri && u.Value is not null).Select(u => u.Update(read.Read<T>(u)))];

    /// <summary>Those of one asset.</summary>
    public IReadOnlyList<AssetUpdate> Of(NamedAsset asset) => [.. All.Where(u => u.Uri == asset.Uri)];
}
