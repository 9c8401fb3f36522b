using Wizart.Flow.Engine;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Engine.Timetables;

namespace Wizart.Flow.Web.Ui.Dags;

/// <summary>Makes lists of DAGs.</summary>
internal sealed class DagLists(FlowEngine engine, IFlowQueries queries, TimeProvider time)
{
    private const int Bars = 14;

    public async Task<DagListModel> LoadAsync(DagListQuery query, CancellationToken cancellation)
    {
        StoredDag[] dags = [.. engine.Catalog.All.Where(d => d.IsActive).OrderBy(d => d.Id, StringComparer.OrdinalIgnoreCase)];
        var broken = (await queries.ImportErrorsAsync(cancellation)).ToDictionary(e => e.File, e => e.Diagnostics.Count);
        var last = await queries.NewestRunsAsync([.. dags.Select(d => d.Id)], 1, cancellation);
        StoredDag[] found = [.. Sorted(dags.Where(d => Fits(d, query) && HasState(d, query.State, last[d.Id].FirstOrDefault(), broken)), query.Sort, last)];
        query = query with { Page = Math.Clamp(query.Page, 1, Math.Max(1, (found.Length + DagListModel.PageSize - 1) / DagListModel.PageSize)) };
        StoredDag[] shown = [.. found.Skip((query.Page - 1) * DagListModel.PageSize).Take(DagListModel.PageSize)];
        var runs = await queries.NewestRunsAsync([.. shown.Select(d => d.Id)], Bars, cancellation);
        return new DagListModel(
            query,
            [.. shown.Select(d => new DagRow(d, [.. runs[d.Id].OrderBy(r => r.Id)], Next(d), broken.GetValueOrDefault(d.File)))],
            found.Length,
            Totals(dags, last, broken),
            [.. dags.SelectMany(d => d.Version.Model.Tags).Distinct().Order(StringComparer.OrdinalIgnoreCase)],
            [.. dags.Select(d => d.Version.Model.Owner).OfType<string>().Distinct().Order(StringComparer.OrdinalIgnoreCase)]);
    }

    /// <summary>The next run of a DAG; null when it is paused or has no more.</summary>
    public DueSlot? Next(StoredDag dag) => dag is { IsActive: true, IsPaused: false }
        ? UpcomingSlots.After(dag.Version.Model, dag.ActiveSince, time.GetUtcNow()).Cast<DueSlot?>().FirstOrDefault()
        : null;

    private static bool Fits(StoredDag dag, DagListQuery query)
    {
        var model = dag.Version.Model;
        return (query.Tag.Length == 0 || model.Tags.Contains(query.Tag))
            && (query.Owner.Length == 0 || model.Owner == query.Owner)
            && (query.Text.Length == 0 || Has(dag.Id) || Has(model.Description) || Has(model.Owner) || model.Tags.Any(Has));

        bool Has(string? text) => text?.Contains(query.Text, StringComparison.OrdinalIgnoreCase) == true;
    }

    private static bool HasState(StoredDag dag, string state, DagRun? last, Dictionary<string, int> broken) => state switch
    {
        "running" => last?.State is RunState.Running or RunState.Queued,
        "failed" => last?.State == RunState.Failed,
        "success" => last?.State == RunState.Success,
        "paused" => dag.IsPaused,
        "broken" => broken.ContainsKey(dag.File),
        _ => true,
    };

    private static DagTotals Totals(StoredDag[] dags, ILookup<string, DagRun> last, Dictionary<string, int> broken)
    {
        return new DagTotals(dags.Length, Count("running"), Count("failed"), Count("success"), Count("paused"), Count("broken"));

        int Count(string state) => dags.Count(d => HasState(d, state, last[d.Id].FirstOrDefault(), broken));
    }

    private IEnumerable<StoredDag> Sorted(IEnumerable<StoredDag> dags, string sort, ILookup<string, DagRun> last)
    {
        var now = time.GetUtcNow();
        return sort switch
        {
            "last" => dags.OrderByDescending(d => last[d.Id].FirstOrDefault()?.QueuedAt),
            "next" => dags.OrderBy(d => Next(d)?.RunAfter ?? DateTimeOffset.MaxValue),
            "duration" => dags.OrderByDescending(d => last[d.Id].FirstOrDefault() is { StartedAt: { } from } run ? (run.EndedAt ?? now) - from : TimeSpan.Zero),
            _ => dags,
        };
    }
}
