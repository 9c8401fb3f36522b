using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Execution;

namespace Wizart.Flow.Web;

/// <summary>One run of a DAG.</summary>
/// <param name="Id">Its number.</param>
/// <param name="DagId">The DAG.</param>
/// <param name="Version">The number of the DAG's version it runs on.</param>
/// <param name="Kind">Why it exists.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Reason">Why it is in that state, where that is not plain.</param>
/// <param name="LogicalDate">Start of its interval.</param>
/// <param name="IntervalStart">Start of the data it covers.</param>
/// <param name="IntervalEnd">End of the data it covers.</param>
/// <param name="RunAfter">The earliest time it may start.</param>
/// <param name="Params">What was set for it; params not set have their defaults.</param>
/// <param name="CreatedBy">Who asked for it.</param>
/// <param name="QueuedAt">When it was stored.</param>
/// <param name="StartedAt">When its first tasks were planned.</param>
/// <param name="EndedAt">When its last task ended.</param>
/// <param name="BackfillId">The backfill it belongs to.</param>
/// <param name="TriggeredBy">The run whose task started it.</param>
public sealed record RunResource(
    long Id, string DagId, int Version, RunKind Kind, RunState State, string? Reason,
    DateTimeOffset LogicalDate, DateTimeOffset IntervalStart, DateTimeOffset IntervalEnd, DateTimeOffset RunAfter,
    IReadOnlyDictionary<string, JsonPayload> Params, string CreatedBy,
    DateTimeOffset QueuedAt, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, long? BackfillId = null, long? TriggeredBy = null);
