using Wizart.Flow.Execution;

namespace Wizart.Flow.Engine.Runs;

/// <summary>One run of a DAG, as it is stored.</summary>
public sealed record DagRun
{
    /// <summary>The store's number for it; zero before it is stored.</summary>
    public long Id { get; init; }

    /// <summary>The DAG.</summary>
    public required string DagId { get; init; }

    /// <summary>The version it runs on to its end.</summary>
    public required long VersionId { get; init; }

    /// <summary>Why it exists.</summary>
    public required RunKind Kind { get; init; }

    /// <summary>The run whose task started it; zero for none.</summary>
    public long TriggeredBy { get; init; }

    /// <summary>The backfill it belongs to; zero for none.</summary>
    public long BackfillId { get; init; }

    /// <summary>
    /// Start of its interval; unique per DAG among scheduled runs, and among those of one backfill: a backfill that repeats an
    /// interval adds a run and leaves the earlier ones as they are.
    /// </summary>
    public required DateTimeOffset LogicalDate { get; init; }

    /// <summary>The data it covers.</summary>
    public required DataInterval Interval { get; init; }

    /// <summary>The earliest time it may start.</summary>
    public required DateTimeOffset RunAfter { get; init; }

    /// <summary>Where it stands.</summary>
    public RunState State { get; init; } = RunState.Queued;

    /// <summary>Why it is in that state, where that is not plain.</summary>
    public string? Reason { get; init; }

    /// <summary>What was set for it; params not set take their defaults.</summary>
    public IReadOnlyDictionary<string, JsonPayload> Params { get; init; } = new Dictionary<string, JsonPayload>();

    /// <summary>The tasks and groups it is for, with what these wait for; none for all. The others are left out.</summary>
    public IReadOnlyList<string> OnlyTasks { get; init; } = [];

    /// <summary>Who asked: a user, <c>schedule</c>, …</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When it was stored.</summary>
    public required DateTimeOffset QueuedAt { get; init; }

    /// <summary>When its first tasks were planned.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When its last task ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>What a cancel or run timeout asked for: the state the run ends in once nothing of it runs any more.</summary>
    public RunState? EndingAs { get; init; }

    /// <summary>How often it was taken up again after it had ended, because something of it was cleared.</summary>
    public int Restarts { get; init; }

    /// <summary>Raised by one with every change; a change is stored only over the revision it was planned from.</summary>
    public long Revision { get; init; }
}
