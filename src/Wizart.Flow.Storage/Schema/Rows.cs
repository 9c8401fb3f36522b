using Wizart.Flow.Engine.Runs;

namespace Wizart.Flow.Storage.Schema;

// The tables, one class each, for the EF model and its migrations. Rows are read and written in plain SQL.

internal sealed class DagRow
{
    public required string Id { get; init; }
    public required string File { get; init; }
    public required long VersionId { get; init; }
    public required bool IsActive { get; init; }
    public required bool IsPaused { get; init; }
    public string? PauseReason { get; init; }
    public DateTimeOffset? FailuresSince { get; init; }
    public required DateTimeOffset ActiveSince { get; init; }
}

internal sealed class DagVersionRow
{
    public long Id { get; init; }
    public required string DagId { get; init; }
    public required int Number { get; init; }
    public required string Model { get; init; }
    public required string ImageHash { get; init; }
    public required string ImageDirectory { get; init; }
    public required string CodeHash { get; init; }
    public required string Source { get; init; }
    public required string File { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}

internal sealed class DagRunRow
{
    public long Id { get; init; }
    public required string DagId { get; init; }
    public required long VersionId { get; init; }
    public required RunKind Kind { get; init; }
    public required long BackfillId { get; init; }
    public required long TriggeredBy { get; init; }
    public required int Restarts { get; init; }
    public string? OnlyTasks { get; init; }
    public required DateTimeOffset LogicalDate { get; init; }
    public required DateTimeOffset IntervalStart { get; init; }
    public required DateTimeOffset IntervalEnd { get; init; }
    public required DateTimeOffset RunAfter { get; init; }
    public required RunState State { get; init; }
    public string? Reason { get; init; }
    public string? Params { get; init; }
    public required string CreatedBy { get; init; }
    public required DateTimeOffset QueuedAt { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public RunState? EndingAs { get; init; }
    public required long Revision { get; init; }
}

internal sealed class TaskInstanceRow
{
    public required long RunId { get; init; }
    public required int TaskIndex { get; init; }
    public required int MapIndex { get; init; }
    public required string TaskId { get; init; }
    public required InstanceState State { get; init; }
    public required int Attempt { get; init; }
    public DateTimeOffset? QueuedAt { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public DateTimeOffset? RetryAt { get; init; }
    public string? Reason { get; init; }
    public string? Node { get; init; }
    public string? Kept { get; init; }
    public int? Elements { get; init; }
    public string? Label { get; init; }
    public string? Wait { get; init; }
    public string? WaitsFor { get; init; }

    /// <summary>See <see cref="Engine.Runs.InstanceMemo"/>; null nearly always.</summary>
    public string? Memo { get; init; }
}

internal sealed class TaskAttemptRow
{
    public required long RunId { get; init; }
    public required int TaskIndex { get; init; }
    public required int MapIndex { get; init; }
    public required int Number { get; init; }
    public required AttemptResult Result { get; init; }
    public DateTimeOffset? QueuedAt { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public required DateTimeOffset EndedAt { get; init; }
    public string? Node { get; init; }
    public string? Reason { get; init; }
    public string? Error { get; init; }

    /// <summary>The version it ran on, when the run has moved on to another one since; null for the run's own.</summary>
    public long? VersionId { get; init; }
}

internal sealed class NoteRow
{
    public required long RunId { get; init; }

    /// <summary>By its id, which outlives a version; empty for the run itself.</summary>
    public required string TaskId { get; init; }
    public required int MapIndex { get; init; }
    public required string Text { get; init; }
    public required string Author { get; init; }
    public required DateTimeOffset At { get; init; }
}

internal sealed class TaskOutputRow
{
    public required long RunId { get; init; }
    public required int TaskIndex { get; init; }
    public required int MapIndex { get; init; }
    public byte[]? Json { get; init; }
    public string? StoredName { get; init; }
    public string? StoredHash { get; init; }
    public long? StoredSize { get; init; }
    public string? StoredContentType { get; init; }
}
