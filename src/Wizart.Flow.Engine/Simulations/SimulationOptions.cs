using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Simulations;

/// <summary>What is simulated.</summary>
/// <param name="Dags">The DAGs.</param>
/// <param name="From">The daemon's clock at the beginning.</param>
/// <param name="To">The end, itself not included.</param>
public sealed record SimulationOptions(IReadOnlyList<DagModel> Dags, DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>When the daemon is stopped.</summary>
    public IReadOnlyList<SimulatedSpan> Downtimes { get; init; } = [];

    /// <summary>When which DAG is paused.</summary>
    public IReadOnlyList<(string DagId, SimulatedSpan Span)> Pauses { get; init; } = [];

    /// <summary>
    /// Begins with an empty database: what its schedule asked for before is missed. Otherwise everything that came due before
    /// the beginning has had its run.
    /// </summary>
    public bool Fresh { get; init; }

    /// <summary>More runs than this are refused. 100,000.</summary>
    public int MostRuns { get; init; } = 100_000;
}

/// <summary>From a time until before another.</summary>
public readonly record struct SimulatedSpan(DateTimeOffset From, DateTimeOffset Until);

/// <summary>What a simulation found.</summary>
/// <param name="Runs">The runs that would be created, in order.</param>
/// <param name="Continuous">DAGs left out: how many runs they have depends on how long each lasts.</param>
/// <param name="Paused">DAGs that start nothing, because their script declares them paused.</param>
public sealed record SimulationResult(IReadOnlyList<SimulatedRun> Runs, IReadOnlyList<string> Continuous, IReadOnlyList<string> Paused)
{
    /// <summary>DAGs left out: they start each other, or themselves, through assets without an end.</summary>
    public IReadOnlyList<string> Endless { get; init; } = [];
}

/// <summary>A run that would be created.</summary>
/// <param name="DagId">The DAG.</param>
/// <param name="Kind">What creates it.</param>
/// <param name="LogicalDate">Start of its interval.</param>
/// <param name="Interval">The data it covers.</param>
/// <param name="CreatedAt">When it would be created.</param>
/// <param name="StartedAt">When it would start, bodies taking no time; null when not before the end.</param>
/// <param name="Cause">Why it would be created then.</param>
public sealed record SimulatedRun(
    string DagId, RunKind Kind, DateTimeOffset LogicalDate, DataInterval Interval, DateTimeOffset CreatedAt, DateTimeOffset? StartedAt,
    SimulatedCause Cause);

/// <summary>Why a run is created when it is.</summary>
public enum SimulatedCause
{
    /// <summary>It came due.</summary>
    Schedule,

    /// <summary>It had come due before the daemon was first started.</summary>
    FirstStart,

    /// <summary>It came due while the daemon was stopped.</summary>
    Downtime,

    /// <summary>It came due while the DAG was paused.</summary>
    Unpause,

    /// <summary>A task of another run started it.</summary>
    Trigger,

    /// <summary>Assets were updated by runs before it.</summary>
    Assets,
}
