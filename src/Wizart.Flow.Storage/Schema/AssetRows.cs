namespace Wizart.Flow.Storage.Schema;

// Assets and their updates.

internal sealed class AssetRow
{
    public long Id { get; init; }
    public required string Uri { get; init; }
}

/// <summary>One update. Its value is kept as outputs are: small ones in place, large ones as artifacts.</summary>
internal sealed class AssetEventRow
{
    public long Id { get; init; }
    public required long AssetId { get; init; }
    public required DateTimeOffset Time { get; init; }
    public long? RunId { get; init; }
    public string? DagId { get; init; }
    public string? TaskId { get; init; }
    public required string ToldBy { get; init; }
    public string? Extra { get; init; }
    public required DateTimeOffset IntervalStart { get; init; }
    public required DateTimeOffset IntervalEnd { get; init; }
    public byte[]? Json { get; init; }
    public string? StoredName { get; init; }
    public string? StoredHash { get; init; }
    public long? StoredSize { get; init; }
    public string? StoredContentType { get; init; }
}

/// <summary>A DAG whose schedule names an asset.</summary>
internal sealed class AssetFollowerRow
{
    public required string Uri { get; init; }
    public required string DagId { get; init; }
}

/// <summary>An update that a DAG knows of since the last run that updates started.</summary>
internal sealed class AssetQueueRow
{
    public long Id { get; init; }
    public required string DagId { get; init; }
    public required string Uri { get; init; }

    /// <summary>Null when somebody marked the asset as updated without an update.</summary>
    public long? EventId { get; init; }
    public required DateTimeOffset At { get; init; }
}

/// <summary>An update that started a run.</summary>
internal sealed class RunAssetEventRow
{
    public required long RunId { get; init; }
    public required long EventId { get; init; }
}
