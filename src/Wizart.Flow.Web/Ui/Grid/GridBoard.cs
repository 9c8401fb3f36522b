using Wizart.Flow.Engine;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Model;
using Wizart.Flow.Web.Ui.Dag;

namespace Wizart.Flow.Web.Ui.Grid;

/// <summary>Makes grids.</summary>
internal sealed class GridBoard(FlowEngine engine, IFlowQueries queries, DagHeads heads, TimeProvider time)
{
    public async Task<GridModel> LoadAsync(string dagId, GridQuery query, CancellationToken cancellation)
    {
        var head = await heads.FindAsync(dagId, cancellation);
        var (runs, older) = await RunsAsync(dagId, query, cancellation);
        var rows = GridRows.Of(head.Dag.Version.Model);
        return new GridModel(head, query, rows, await ColumnsAsync(rows, runs, cancellation), older);
    }

    /// <summary>The column of one run, over the rows of the version in force.</summary>
    public async Task<(DagRun Run, GridColumn Column)> ColumnAsync(string dagId, long runId, CancellationToken cancellation)
    {
        var run = await queries.RunAsync(runId, cancellation);
        if (run is null || run.DagId != dagId) throw ApiProblem.NotFound($"DAG '{dagId}' has no run {runId}.");
        var columns = await ColumnsAsync(GridRows.Of(engine.Commands.Find(dagId).Version.Model), [run], cancellation);
        return (run, columns[0]);
    }

    private async Task<(IReadOnlyList<DagRun> Runs, long? Older)> RunsAsync(string dagId, GridQuery query, CancellationToken cancellation)
    {
        var filter = new RunFilter(dagId, query.State, query.Before, query.Count + 1) { Kinds = query.Kind is { } kind ? [kind] : [] };
        var found = await queries.RunsAsync(filter, cancellation);
        DagRun[] runs = [.. found.Take(query.Count).Reverse()];
        return (runs, found.Count > query.Count ? runs[0].Id : null);
    }

    private async Task<IReadOnlyList<GridColumn>> ColumnsAsync(IReadOnlyList<GridRow> rows, IReadOnlyList<DagRun> runs, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var cells = (await queries.CellsAsync([.. runs.Select(r => r.Id)], cancellation)).ToLookup(c => c.RunId);
        var longest = runs.Select(r => Seconds(r, now)).DefaultIfEmpty().Max();
        var columns = new List<GridColumn>(runs.Count);
        var places = new Dictionary<long, int?[]>();
        foreach (var run in runs)
        {
            var (version, _) = await engine.Runs.VersionAsync(run.VersionId);
            if (!places.TryGetValue(run.VersionId, out var place)) places[run.VersionId] = place = Places(rows, version.Model);
            columns.Add(Column(rows, place, run, version.Number, columns.Count > 0 ? columns[^1].Version : version.Number, longest <= 0 ? 0 : Seconds(run, now) / longest, cells[run.Id]));
        }

        return columns;
    }

    /// <summary>Where each row's task stands in a version; null for groups and for tasks that it does not have.</summary>
    private static int?[] Places(IReadOnlyList<GridRow> rows, DagModel model)
    {
        var indexes = model.Tasks.ToDictionary(t => t.Id, t => t.Index, StringComparer.Ordinal);
        return [.. rows.Select(r => !r.IsGroup && indexes.TryGetValue(r.Id, out var index) ? index : (int?)null)];
    }

    private static GridColumn Column(
        IReadOnlyList<GridRow> rows, int?[] places, DagRun run, int version, int before, double height, IEnumerable<TaskCell> cells)
    {
        var byTask = cells.ToDictionary(c => c.TaskIndex);
        var states = new TaskState?[rows.Count];
        int?[]? counts = null;
        for (var row = 0; row < rows.Count; row++)
        {
            if (places[row] is not { } index) continue;
            states[row] = TaskState.None;
            if (!byTask.TryGetValue(index, out var cell)) continue;
            states[row] = cell.State;
            if (cell.Elements is { } elements) (counts ??= new int?[rows.Count])[row] = elements;
        }

        Gather(rows, states);
        return new GridColumn(run, version, version != before, height, states, counts);
    }

    // Rows of groups stand before what is in them: from the end on, each gives its state to the group around it.
    private static void Gather(IReadOnlyList<GridRow> rows, TaskState?[] states)
    {
        var groups = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var row = 0; row < rows.Count; row++)
            if (rows[row].IsGroup) groups[rows[row].Id] = row;
        for (var row = rows.Count - 1; row >= 0; row--)
            if (rows[row].Group is { } group) states[groups[group]] = GridRows.Worst(states[groups[group]], states[row]);
    }

    private static double Seconds(DagRun run, DateTimeOffset now) => run.StartedAt is { } from ? Math.Max(0, ((run.EndedAt ?? now) - from).TotalSeconds) : 0;
}
