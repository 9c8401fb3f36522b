using Wizart.Flow.Execution;

namespace Wizart.Flow.Engine.Runs;

/// <summary>How an attempt ended, in one word.</summary>
public enum AttemptResult
{
    /// <summary>The body returned.</summary>
    Success,

    /// <summary>The body threw, timed out, or its process died.</summary>
    Failed,

    /// <summary>There was nothing to do.</summary>
    Skipped,

    /// <summary>It was stopped.</summary>
    Cancelled,

    /// <summary>The daemon that ran it ended without telling how the attempt ended.</summary>
    Lost,
}

/// <summary>One attempt that is over, as it is stored.</summary>
public sealed record TaskAttempt
{
    /// <summary>The run.</summary>
    public required long RunId { get; init; }

    /// <summary>The task's place in its DAG version's list.</summary>
    public required int TaskIndex { get; init; }

    /// <summary>The element of a mapped task; -1 for a plain one.</summary>
    public required int MapIndex { get; init; }

    /// <summary>Which attempt, from one.</summary>
    public required int Number { get; init; }

    /// <summary>How it ended.</summary>
    public required AttemptResult Result { get; init; }

    /// <summary>When it began to wait for a process.</summary>
    public DateTimeOffset? QueuedAt { get; init; }

    /// <summary>When it began.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>Where it ran.</summary>
    public string? Node { get; init; }

    /// <summary>Why it failed, was skipped or cancelled.</summary>
    public string? Reason { get; init; }

    /// <summary>The version it ran on, when the run has moved on to another one since; null for the run's own.</summary>
    public long? VersionId { get; init; }

    /// <summary>The failure in full.</summary>
    public TaskError? Error { get; init; }
}
