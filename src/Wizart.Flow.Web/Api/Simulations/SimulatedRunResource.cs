using Wizart.Flow.Engine.Simulations;

namespace Wizart.Flow.Web;

/// <summary>A run that a simulation saw created.</summary>
/// <param name="DagId">The DAG.</param>
/// <param name="Kind">What creates it.</param>
/// <param name="LogicalDate">Start of its interval.</param>
/// <param name="IntervalStart">Start of the data it covers.</param>
/// <param name="IntervalEnd">End of the data it covers.</param>
/// <param name="CreatedAt">When it would be created.</param>
/// <param name="StartedAt">When it would start, bodies taking no time; null when not before the end.</param>
/// <param name="Why">Why it would be created then.</param>
public sealed record SimulatedRunResource(
    string DagId, RunKind Kind, DateTimeOffset LogicalDate, DateTimeOffset IntervalStart, DateTimeOffset IntervalEnd,
    DateTimeOffset CreatedAt, DateTimeOffset? StartedAt, SimulatedCause Why);

/// <summary>What the schedules would bring.</summary>
/// <param name="From">When the simulated clock begins.</param>
/// <param name="To">When it ends.</param>
/// <param name="Runs">The runs that would be created, in order.</param>
/// <param name="Continuous">DAGs left out: how many runs they have depends on how long each lasts.</param>
/// <param name="Paused">DAGs that start nothing because they are paused.</param>
/// <param name="Endless">DAGs left out: they start each other through assets without an end.</param>
public sealed record SimulationResource(
    DateTimeOffset From, DateTimeOffset To, IReadOnlyList<SimulatedRunResource> Runs, IReadOnlyList<string> Continuous, IReadOnlyList<string> Paused,
    IReadOnlyList<string> Endless);
