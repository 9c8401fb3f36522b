using Wizart.Flow.Engine.Backfills;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;

namespace Wizart.Flow.Web.Ui.Backfills;

/// <summary>Pages of backfills and of their runs, filtered by what the store does not filter by.</summary>
internal static class BackfillReads
{
    private const int Batch = 500;
    private const int MostBatches = 20;

    /// <summary>At most so many backfills that fit, newest first.</summary>
    public static async Task<IReadOnlyList<Backfill>> PageAsync(IFlowStore store, BackfillsQuery query, int count, CancellationToken cancellation)
    {
        var state = SnakeCaseEnums.Read<BackfillState>(query.State);
        var filter = new BackfillFilter(
            query.DagId.Length > 0 ? query.DagId : null, query.State == "unfinished" || state is BackfillState.Running or BackfillState.Paused, query.Before,
            state is null ? count : Batch);
        var found = new List<Backfill>();
        for (var batch = 0; batch < MostBatches; batch++)
        {
            var part = await store.BackfillsAsync(filter, cancellation);
            found.AddRange(part.Where(b => state is null || b.State == state));
            if (part.Count < filter.Count || found.Count >= count) break;
            filter = filter with { BeforeId = part[^1].Id };
        }

        return found.Count > count ? found[..count] : found;
    }

    /// <summary>
    /// Runs of a backfill, newest first, and where the next page begins. Only the DAG's runs over its range are looked at, and
    /// none that are older than the backfill.
    /// </summary>
    public static async Task<(IReadOnlyList<DagRun> Runs, long? Next)> RunsAsync(
        IFlowQueries queries, Backfill backfill, RunState? state, long? before, int count, CancellationToken cancellation)
    {
        var filter = new RunFilter(backfill.DagId, state, before, Batch, From: backfill.From, To: backfill.To.AddTicks(TimeSpan.TicksPerMicrosecond));
        var found = new List<DagRun>();
        for (var batch = 0; batch < MostBatches; batch++)
        {
            var part = await queries.RunsAsync(filter, cancellation);
            found.AddRange(part.Where(r => r.BackfillId == backfill.Id));
            if (part.Count < Batch || found.Count > count || part[^1].QueuedAt < backfill.CreatedAt) break;
            filter = filter with { BeforeId = part[^1].Id };
        }

        return found.Count > count ? (found[..count], found[count - 1].Id) : (found, null);
    }
}
