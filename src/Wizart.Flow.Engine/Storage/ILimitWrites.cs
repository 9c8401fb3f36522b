using Wizart.Flow.Engine.Limits;
using Wizart.Flow.Engine.Runs;

namespace Wizart.Flow.Engine.Storage;

/// <summary>What a transaction can do about limits.</summary>
public interface ILimitWrites
{
    /// <summary>
    /// Keeps everybody else from taking slots of these limits until the transaction is over, and counts what is taken of each:
    /// slots count that a task instance holds which is stored as running, in this transaction included. Never waits: limits that another
    /// transaction has at this moment are left out.
    /// </summary>
    /// <param name="limits">The limits.</param>
    /// <param name="node">The node that asks, to tell its own attempts from others'.</param>
    ValueTask<IReadOnlyList<LimitUse>> LockLimitsAsync(IReadOnlyCollection<LimitKey> limits, string node);

    /// <summary>Stores how many slots the scripts give a pool. What a person set stays.</summary>
    ValueTask DeclarePoolAsync(string name, int slots);

    /// <summary>Stores how many slots a person gives a pool; null takes that back. Gives the pool as it is now; null when there is none.</summary>
    ValueTask<StoredPool?> SetPoolAsync(string name, int? slots);

    /// <summary>
    /// The same task in the scheduled or backfilled run with the latest logical date before this one; null when there is no such run.
    /// Runs that were cancelled before they began are looked through.
    /// </summary>
    ValueTask<PastTask?> PastOfAsync(string dagId, DateTimeOffset logicalDate, string taskId);

    /// <summary>Cancels the queued scheduled runs of a DAG that are due; none when it is paused or inactive. Gives them as they are now.</summary>
    ValueTask<IReadOnlyList<DagRun>> SkipDueRunsAsync(string dagId, DateTimeOffset now, string reason);

    /// <summary>The scheduled runs of a DAG that are due, and those that run.</summary>
    ValueTask<OverlappingRuns> OverlappingRunsAsync(string dagId, DateTimeOffset now);

    /// <summary>
    /// Pauses a DAG when its newest <paramref name="failures"/> scheduled runs that succeeded or failed, and ended since
    /// <see cref="StoredDag.FailuresSince"/>, have all failed. False when they have not, or it is paused already.
    /// </summary>
    ValueTask<bool> PauseAfterFailuresAsync(string dagId, int failures, string reason);
}
