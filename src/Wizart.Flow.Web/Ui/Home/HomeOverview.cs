using Wizart.Flow.Engine;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Web.Health;
using Wizart.Flow.Web.Ui.Approvals;
using Wizart.Flow.Web.Ui.Dags;

namespace Wizart.Flow.Web.Ui.Home;

/// <summary>Makes the home page's model.</summary>
internal sealed class HomeOverview(FlowEngine engine, IFlowQueries queries, IFlowStore store, DagLists dags, HealthCheck health, TimeProvider time)
{
    private const int MostFailed = 8;
    private const int MostApprovals = 10;
    private const int MostRows = 14;
    private const int MostRuns = 1_500;
    private const int NextRuns = 10;
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public async Task<HomeModel> LoadAsync(TimeSpan span, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var unfinished = await store.UnfinishedRunsAsync(cancellation);
        var recent = await queries.RunsWithinAsync(now - (span > Day ? span : Day), now, MostRuns, cancellation);
        var active = engine.Catalog.All.Where(d => d.IsActive).ToArray();
        return new HomeModel
        {
            Failed = await FailedAsync(recent, now, cancellation),
            Late = await LateAsync(unfinished, now, cancellation),
            Errors = await queries.ImportErrorsAsync(cancellation),
            Approvals = await ApprovalPages.RowsAsync(engine, await queries.ApprovalsAsync(null, MostApprovals, cancellation)),
            Timeline = Timeline(recent, now - span, now),
            Next =
            [
                .. active.Select(d => (d.Id, Slot: dags.Next(d))).Where(n => n.Slot is not null).OrderBy(n => n.Slot!.Value.RunAfter).Take(NextRuns)
                    .Select(n => new NextRun(n.Id, n.Slot!.Value)),
            ],
            Pools = await engine.Pools.ListAsync(cancellation),
            Health = await health.CheckAsync(cancellation),
            Work = (engine.Running.Count, engine.Options.Slots),
            Runs = (unfinished.Count(r => r.State == RunState.Running), unfinished.Count(r => r.State == RunState.Queued)),
            Dags = (active.Length, active.Count(d => d.IsPaused)),
        };
    }

    // The newest failure of a DAG stands for all of the day, unless the DAG has succeeded since: then it is mended.
    private async Task<IReadOnlyList<FailedRun>> FailedAsync(IReadOnlyList<DagRun> recent, DateTimeOffset now, CancellationToken cancellation)
    {
        var failed = recent.Where(r => r.State == RunState.Failed && r.EndedAt >= now - Day).GroupBy(r => r.DagId)
            .Select(of => (Newest: of.MaxBy(r => r.EndedAt)!, Times: of.Count()))
            .Where(of => !recent.Any(r => r.DagId == of.Newest.DagId && r.State == RunState.Success && r.EndedAt > of.Newest.EndedAt && r.LogicalDate >= of.Newest.LogicalDate))
            .OrderByDescending(of => of.Newest.EndedAt).Take(MostFailed).ToArray();
        var tasks = (await queries.FailuresAsync([.. failed.Select(f => f.Newest.Id)], 200, cancellation)).ToLookup(f => f.RunId);
        return [.. failed.Select(f => (f, First: tasks[f.Newest.Id].OrderBy(t => t.View.Error is null).ThenBy(t => t.View.Instance.EndedAt).FirstOrDefault()?.View))
            .Select(f => new FailedRun(f.f.Newest, f.f.Times, f.First?.TaskId, f.First))];
    }

    private async Task<IReadOnlyList<LateRun>> LateAsync(IReadOnlyList<DagRun> unfinished, DateTimeOffset now, CancellationToken cancellation)
    {
        var late = new List<LateRun>();
        foreach (var run in unfinished.Where(r => r.State == RunState.Queued && r.BackfillId == 0 && now - r.RunAfter > Patience).OrderBy(r => r.RunAfter).Take(MostFailed))
            late.Add(new LateRun(run, await engine.Why.OfAsync(run.Id, cancellation) is [var why, ..] ? why.Reason : "it is about to start"));
        return late;
    }

    private static TimelineModel Timeline(IReadOnlyList<DagRun> recent, DateTimeOffset from, DateTimeOffset to) => new(
        from, to,
        [
            .. recent.Where(r => r.EndedAt is null || r.EndedAt >= from).GroupBy(r => r.DagId).OrderByDescending(of => of.Max(r => r.StartedAt)).Take(MostRows)
                .Select(of => new TimelineRow(of.Key, [.. of.OrderBy(r => r.StartedAt)])),
        ]);
}
