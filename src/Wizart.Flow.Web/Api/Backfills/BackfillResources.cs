using Wizart.Flow.Engine.Backfills;
using Wizart.Flow.Execution;

namespace Wizart.Flow.Web;

/// <summary>A backfill and how far it is.</summary>
/// <param name="Id">Its number; null in a dry run.</param>
/// <param name="DagId">The DAG.</param>
/// <param name="State">Where it stands.</param>
/// <param name="From">The first logical date it may cover.</param>
/// <param name="To">The last, itself included.</param>
/// <param name="Reprocess">Which intervals that have a run already get another.</param>
/// <param name="MaxActive">How many of its runs may be queued or running at once.</param>
/// <param name="Backwards">Whether the newest interval comes first.</param>
/// <param name="Params">What is set for its runs.</param>
/// <param name="Total">How many intervals its range has.</param>
/// <param name="Created">How many runs it created; in a dry run, would create.</param>
/// <param name="Skipped">How many intervals it left alone; in a dry run, would leave alone.</param>
/// <param name="Runs">How many of its runs are in each state.</param>
/// <param name="CreatedBy">Who asked.</param>
/// <param name="CreatedAt">When.</param>
/// <param name="EndedAt">When it was completed or cancelled.</param>
/// <param name="Intervals">In a dry run, the first intervals that it would run, at most 100.</param>
/// <param name="Tasks">The tasks and groups its runs are for, with what these wait for; null for all.</param>
public sealed record BackfillResource(
    long? Id, string DagId, BackfillState State, DateTimeOffset From, DateTimeOffset To, Reprocess Reprocess, int MaxActive, bool Backwards,
    IReadOnlyDictionary<string, JsonPayload> Params, long Total, long Created, long Skipped, IReadOnlyDictionary<string, int> Runs,
    string CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset? EndedAt, IReadOnlyList<DueResource>? Intervals = null, IReadOnlyList<string>? Tasks = null);

/// <summary>What begins a backfill.</summary>
/// <param name="From">The first logical date; local to the schedule's zone without an offset.</param>
/// <param name="To">The last, itself included.</param>
/// <param name="Reprocess">none, failed or all.</param>
/// <param name="MaxActive">How many runs at once.</param>
/// <param name="Backwards">Whether the newest interval comes first.</param>
/// <param name="Params">Values by name, in the JSON of each param's kind.</param>
/// <param name="DryRun">Tells what it would do, and does nothing.</param>
/// <param name="Tasks">The tasks and groups its runs are for, with what these wait for; all when null or empty.</param>
public sealed record CreateBackfillRequest(
    string From, string To, Reprocess? Reprocess = null, int? MaxActive = null, bool? Backwards = null,
    IReadOnlyDictionary<string, JsonPayload>? Params = null, bool? DryRun = null,
    IReadOnlyList<string>? Tasks = null);
