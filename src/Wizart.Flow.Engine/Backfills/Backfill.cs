using Wizart.Flow.Execution;

namespace Wizart.Flow.Engine.Backfills;

/// <summary>Runs for a range of past intervals of a DAG, created a few at a time; as it is stored.</summary>
public sealed record Backfill
{
    /// <summary>The store's number for it; zero before it is stored.</summary>
    public long Id { get; init; }

    /// <summary>The DAG.</summary>
    public required string DagId { get; init; }

    /// <summary>The DAG's version when it was asked for: its schedule gives the intervals. Each run takes the version in force when it is created.</summary>
    public required long VersionId { get; init; }

    /// <summary>The first logical date it may cover.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>The last logical date it may cover, itself included.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>Which intervals that have a run already get another.</summary>
    public Reprocess Reprocess { get; init; }

    /// <summary>How many of its runs may be queued or running at once.</summary>
    public int MaxActive { get; init; } = DefaultMaxActive;

    /// <summary>Whether the newest interval comes first.</summary>
    public bool Backwards { get; init; }

    /// <summary>What is set for its runs; params not set take their defaults.</summary>
    public IReadOnlyDictionary<string, JsonPayload> Params { get; init; } = new Dictionary<string, JsonPayload>();

    /// <summary>The tasks and groups its runs are for, with what these wait for; none for all.</summary>
    public IReadOnlyList<string> Tasks { get; init; } = [];

    /// <summary>Where it stands.</summary>
    public BackfillState State { get; init; }

    /// <summary>The end of the last interval that was dealt with; null before the first.</summary>
    public DateTimeOffset? Position { get; init; }

    /// <summary>How many intervals its range has.</summary>
    public required long Total { get; init; }

    /// <summary>How many runs it created.</summary>
    public long Created { get; init; }

    /// <summary>How many intervals it left alone.</summary>
    public long Skipped { get; init; }

    /// <summary>Who asked.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When it was stored. Intervals that had not ended by then are not in it.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was completed or cancelled.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Raised by one with every change; a change is stored only over the revision it was planned from.</summary>
    public long Revision { get; init; }

    /// <summary>The default of <see cref="MaxActive"/>.</summary>
    public const int DefaultMaxActive = 10;
}

/// <summary>The states of a backfill.</summary>
public enum BackfillState
{
    /// <summary>Creates runs. Left when every interval is dealt with and the last run has ended.</summary>
    Running,

    /// <summary>Creates and starts none until a person lets it go on; runs that are running go on.</summary>
    Paused,

    /// <summary>Final: every interval was dealt with and every run has ended, however it ended.</summary>
    Completed,

    /// <summary>Final: a person or an API call cancelled it, and its queued and running runs with it.</summary>
    Cancelled,
}

/// <summary>Which intervals that have a run already, scheduled or backfilled, get another. Never one whose run is queued or running.</summary>
public enum Reprocess
{
    /// <summary>None: only intervals without a run.</summary>
    None,

    /// <summary>Those whose newest run failed, too.</summary>
    Failed,

    /// <summary>All, too.</summary>
    All,
}

/// <summary>Facts about backfill states.</summary>
public static class BackfillStates
{
    /// <summary>Whether the backfill is done for good.</summary>
    public static bool IsFinal(this BackfillState state) => state >= BackfillState.Completed;
}
