using Wizart.Flow.Engine.Runs;

namespace Wizart.Flow.Engine.Storage;

/// <summary>Which runs are asked for.</summary>
/// <param name="DagId">Of this DAG only.</param>
/// <param name="State">In this state only.</param>
/// <param name="BeforeId">With an id smaller than this.</param>
/// <param name="Count">At most so many; 1 to 1,000.</param>
/// <param name="From">With a logical date not before this.</param>
/// <param name="To">With a logical date before this.</param>
public sealed record RunFilter(
    string? DagId = null, RunState? State = null, long? BeforeId = null, int Count = 50,
    DateTimeOffset? From = null, DateTimeOffset? To = null)
{
    /// <summary>In one of these states; none for all.</summary>
    public IReadOnlyList<RunState> States { get; init; } = [];

    /// <summary>Of one of these kinds; none for all.</summary>
    public IReadOnlyList<RunKind> Kinds { get; init; } = [];

    /// <summary>Of one of these DAGs; none for all.</summary>
    public IReadOnlyList<string> DagIds { get; init; } = [];

    /// <summary>That started not before this.</summary>
    public DateTimeOffset? StartedSince { get; init; }

    /// <summary>That this one asked for.</summary>
    public string? CreatedBy { get; init; }

    /// <summary>In which order.</summary>
    public RunOrder Order { get; init; }

    /// <summary>The last run of the page before; null for the first page.</summary>
    public RunCursor? After { get; init; }
}

/// <summary>The order of runs.</summary>
public enum RunOrder
{
    /// <summary>The last created first.</summary>
    Newest,

    /// <summary>The first created first.</summary>
    Oldest,

    /// <summary>The latest logical date first.</summary>
    LatestDate,

    /// <summary>The earliest logical date first.</summary>
    EarliestDate,
}

/// <summary>A run's place in any order.</summary>
public readonly record struct RunCursor(DateTimeOffset LogicalDate, long Id)
{
    /// <summary>The place of a run.</summary>
    public static RunCursor Of(DagRun run) => new(run.LogicalDate, run.Id);
}
