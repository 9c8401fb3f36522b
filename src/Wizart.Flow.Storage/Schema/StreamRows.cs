namespace Wizart.Flow.Storage.Schema;

// What attempts tell while they run.

internal sealed class LogChunkRow
{
    public required long RunId { get; init; }
    public required int TaskIndex { get; init; }
    public required int MapIndex { get; init; }
    public required int Attempt { get; init; }
    public required int FirstLine { get; init; }
    public required int LineCount { get; init; }

    /// <summary>See <see cref="Logs.PackedLines"/>.</summary>
    public required byte[] Lines { get; init; }
}

internal sealed class TaskProgressRow
{
    public required long RunId { get; init; }
    public required int TaskIndex { get; init; }
    public required int MapIndex { get; init; }
    public required int Attempt { get; init; }

    /// <summary>Null for not-a-number, which SQLite can't hold.</summary>
    public double? Share { get; init; }
    public string? Text { get; init; }
}

internal sealed class MetricPointRow
{
    public long Id { get; init; }
    public required long RunId { get; init; }
    public required int TaskIndex { get; init; }
    public required int MapIndex { get; init; }
    public required int Attempt { get; init; }
    public required string DagId { get; init; }
    public required DateTimeOffset Time { get; init; }

    /// <summary>Its run's, kept here too: series are read along it.</summary>
    public required DateTimeOffset LogicalDate { get; init; }
    public required string Name { get; init; }

    /// <summary>Null for not-a-number, which SQLite can't hold.</summary>
    public double? Value { get; init; }
    public string? Tags { get; init; }
}

internal sealed class ArtifactRow
{
    public long Id { get; init; }
    public required long RunId { get; init; }
    public required int TaskIndex { get; init; }
    public required int MapIndex { get; init; }
    public required int Attempt { get; init; }
    public required string Name { get; init; }
    public required string Hash { get; init; }
    public required long Size { get; init; }
    public required string ContentType { get; init; }
    public required DateTimeOffset Time { get; init; }
}

/// <summary>A content hash whose rows went with their run; its file may be deleted when no other row names it.</summary>
internal sealed class ReleasedArtifactRow
{
    public required string Hash { get; init; }
}
