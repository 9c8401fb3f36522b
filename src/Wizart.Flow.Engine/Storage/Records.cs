using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Storage;

/// <summary>One task attempt, as a key.</summary>
/// <param name="RunId">The run.</param>
/// <param name="TaskIndex">The task's place in the run's version.</param>
/// <param name="MapIndex">The element of a mapped task; -1 for a plain one.</param>
/// <param name="Attempt">Which attempt, from one.</param>
public readonly record struct AttemptKey(long RunId, int TaskIndex, int MapIndex, int Attempt);

/// <summary>A batch of an attempt's log lines.</summary>
/// <param name="Key">The attempt.</param>
/// <param name="FirstLine">The number of its first line in the attempt, from one; makes a repeated write harmless.</param>
/// <param name="Lines">The lines.</param>
public sealed record LogChunk(AttemptKey Key, int FirstLine, IReadOnlyList<LogLine> Lines);

/// <summary>One line of an attempt's log.</summary>
public sealed record LogLine(DateTimeOffset Time, LogLevel Level, Execution.LogSource Source, string Text);

/// <summary>How far an attempt is.</summary>
/// <param name="Key">The attempt.</param>
/// <param name="Share">From 0 to 1.</param>
/// <param name="Text">What is being done.</param>
public sealed record ProgressUpdate(AttemptKey Key, double Share, string? Text);

/// <summary>One point of a time series.</summary>
public sealed record MetricPoint(AttemptKey Key, string DagId, DateTimeOffset Time, string Name, double Value, IReadOnlyDictionary<string, string> Tags);

/// <summary>An artifact kept by an attempt.</summary>
public sealed record KeptArtifact(AttemptKey Key, DateTimeOffset Time, Artifact Artifact);

/// <summary>A published DAG.</summary>
public sealed record StoredDag
{
    /// <summary>The DAG's id.</summary>
    public required string Id { get; init; }

    /// <summary>The script that declares it.</summary>
    public required string File { get; init; }

    /// <summary>The version that new runs take.</summary>
    public required DagVersion Version { get; init; }

    /// <summary>False when its file no longer declares it; its history stays.</summary>
    public required bool IsActive { get; init; }

    /// <summary>While paused, nothing is scheduled and queued runs wait.</summary>
    public required bool IsPaused { get; init; }

    /// <summary>Why it is paused, when no person did it.</summary>
    public string? PauseReason { get; init; }

    /// <summary>Failed runs that ended before this do not count for <c>PauseAfter</c>: the last time that it was unpaused.</summary>
    public DateTimeOffset? FailuresSince { get; init; }

    /// <summary>Since when its schedule counts: first publication, or the last time it became active again.</summary>
    public required DateTimeOffset ActiveSince { get; init; }
}

/// <summary>A DAG as it was at one time. Runs stay on the version they began with.</summary>
public sealed record DagVersion
{
    /// <summary>The store's number for it; zero before it is stored.</summary>
    public long Id { get; init; }

    /// <summary>The DAG.</summary>
    public required string DagId { get; init; }

    /// <summary>Its number within the DAG, from one; given by the store.</summary>
    public int Number { get; init; }

    /// <summary>The model.</summary>
    public required DagModel Model { get; init; }

    /// <summary>The image's content hash.</summary>
    public required string ImageHash { get; init; }

    /// <summary>The folder of the image.</summary>
    public required string ImageDirectory { get; init; }

    /// <summary>A hash of the script's code without layout and comments.</summary>
    public required string CodeHash { get; init; }

    /// <summary>The script's text.</summary>
    public required string Source { get; init; }

    /// <summary>The script's path, relative to the pipelines folder.</summary>
    public required string File { get; init; }

    /// <summary>When it was published.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>What is wrong with a script that could not be taken.</summary>
/// <param name="File">The script, relative to the pipelines folder.</param>
/// <param name="Diagnostics">All that is wrong.</param>
/// <param name="At">Since when.</param>
/// <param name="Source">The script's text as it could not be taken; empty when it could not be read.</param>
public sealed record ImportError(string File, IReadOnlyList<Diagnostic> Diagnostics, DateTimeOffset At, string Source = "");
