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
