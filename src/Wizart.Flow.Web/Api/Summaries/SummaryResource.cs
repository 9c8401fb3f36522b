namespace Wizart.Flow.Web;

/// <summary>The house at a glance.</summary>
/// <param name="Dags">How many DAGs scripts declare.</param>
/// <param name="PausedDags">How many of them are paused.</param>
/// <param name="Runs">How many runs of them are in each state, of all that are kept.</param>
/// <param name="Tasks">How many task instances of running runs are in each state.</param>
/// <param name="Slots">How many attempts may run at once on this node.</param>
/// <param name="Running">How many attempts run on this node.</param>
/// <param name="Queued">How many task instances wait for a process, on all nodes.</param>
/// <param name="Pools">The pools.</param>
/// <param name="Approvals">How many tasks wait for a person; at most 1,000 are counted.</param>
/// <param name="Backfills">How many backfills are not over; at most 1,000 are counted.</param>
/// <param name="ImportErrors">How many scripts could not be taken.</param>
public sealed record SummaryResource(
    int Dags, int PausedDags, IReadOnlyDictionary<string, long> Runs, IReadOnlyDictionary<string, long> Tasks, int Slots, int Running, long Queued,
    IReadOnlyList<PoolResource> Pools, int Approvals, int Backfills, int ImportErrors);
