using Wizart.Flow.Engine.Runs;

namespace Wizart.Flow.Engine.Storage.InMemory;

/// <summary>Picks runs by a filter.</summary>
internal static class InMemoryRuns
{
    public static IEnumerable<DagRun> Of(MemoryState state, RunFilter filter)
    {
        var runs = state.Runs.Values.Select(run => run.Run).Where(run => IsAsked(run, filter));
        var sorted = filter.Order switch
        {
            RunOrder.Oldest => runs,
            RunOrder.LatestDate => runs.OrderByDescending(run => run.LogicalDate).ThenByDescending(run => run.Id),
            RunOrder.EarliestDate => runs.OrderBy(run => run.LogicalDate).ThenBy(run => run.Id),
            _ => runs.Reverse(),
        };
        return sorted.Take(filter.Count);
    }

    private static bool IsAsked(DagRun run, RunFilter filter) =>
        (filter.DagId is null || run.DagId == filter.DagId)
        && (filter.DagIds.Count == 0 || filter.DagIds.Contains(run.DagId))
        && (filter.State is null || run.State == filter.State)
        && (filter.States.Count == 0 || filter.States.Contains(run.State))
        && (filter.Kinds.Count == 0 || filter.Kinds.Contains(run.Kind))
        && (filter.BeforeId is null || run.Id < filter.BeforeId)
        && (filter.From is null || run.LogicalDate >= filter.From)
        && (filter.To is null || run.LogicalDate < filter.To)
        && (filter.StartedSince is null || run.StartedAt >= filter.StartedSince)
        && (filter.CreatedBy is null || run.CreatedBy == filter.CreatedBy)
        && (filter.After is not { } after || IsAfter(run, after, filter.Order));

    private static bool IsAfter(DagRun run, RunCursor after, RunOrder order) => order switch
    {
        RunOrder.Oldest => run.Id > after.Id,
        RunOrder.LatestDate => (run.LogicalDate, run.Id).CompareTo((after.LogicalDate, after.Id)) < 0,
        RunOrder.EarliestDate => (run.LogicalDate, run.Id).CompareTo((after.LogicalDate, after.Id)) > 0,
        _ => run.Id < after.Id,
    };
}
