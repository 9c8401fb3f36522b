using Wizart.Flow.Engine.Runs;

namespace Wizart.Flow.Engine.Backfills;

/// <summary>What is read of backfills.</summary>
public interface IBackfillReads
{
    /// <summary>One; null when there is none.</summary>
    Task<Backfill?> LoadBackfillAsync(long id, CancellationToken cancellation);

    /// <summary>Backfills, newest first.</summary>
    Task<IReadOnlyList<Backfill>> BackfillsAsync(BackfillFilter filter, CancellationToken cancellation);

    /// <summary>How many runs of a backfill are in each state.</summary>
    Task<IReadOnlyDictionary<RunState, int>> BackfillRunsAsync(long id, CancellationToken cancellation);

    /// <summary>
    /// The logical dates from <paramref name="from"/> to <paramref name="to"/>, both included, that have a scheduled or
    /// backfilled run, in order, at most <paramref name="limit"/>.
    /// </summary>
    Task<IReadOnlyList<SlotRun>> SlotRunsAsync(string dagId, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellation);
}

/// <summary>Which backfills are asked for.</summary>
/// <param name="DagId">Of this DAG only.</param>
/// <param name="Unfinished">Running and paused ones only.</param>
/// <param name="BeforeId">With an id smaller than this: the next page.</param>
/// <param name="Count">At most so many; 1 to 1,000.</param>
public sealed record BackfillFilter(string? DagId = null, bool Unfinished = false, long? BeforeId = null, int Count = 50);

/// <summary>What there is of an interval already.</summary>
/// <param name="LogicalDate">The interval's start.</param>
/// <param name="Newest">The state of its newest run.</param>
/// <param name="IsUnfinished">Whether a run of it is queued or running.</param>
public readonly record struct SlotRun(DateTimeOffset LogicalDate, RunState Newest, bool IsUnfinished);
