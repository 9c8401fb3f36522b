using Microsoft.AspNetCore.Http;
using Wizart.Flow.Engine;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Model;
using Wizart.Flow.Web.Ui.Grid;
using Wizart.Flow.Web.Ui.Marks;

namespace Wizart.Flow.Web.Ui.Graph;

/// <summary>Makes graphs with the states of a run.</summary>
internal sealed class GraphBoard(FlowEngine engine, IFlowQueries queries, GraphDrawing drawing, TimeProvider time)
{
    private const int Choices = 25;

    /// <summary>Reads a query from a URL.</summary>
    public static GraphQuery Read(IQueryCollection query) => new(
        query["down"] == "true", [.. query["fold"].OfType<string>().Take(200)], query["run"].ToString() is { Length: > 0 } run ? run : null);

    /// <summary>The graph of a DAG, with the run that is asked for, or its newest.</summary>
    public async Task<GraphModel> OfDagAsync(StoredDag dag, GraphQuery query, CancellationToken cancellation)
    {
        var runs = await queries.RunsAsync(new RunFilter(dag.Id, Count: Choices), cancellation);
        DagRun? run = null;
        if (query.Run is null) run = runs.Count > 0 && runs[0].VersionId == dag.Version.Id ? runs[0] : null;
        else if (RunPath.Id(query.Run) is { } id && await queries.RunAsync(id, cancellation) is { } found && found.DagId == dag.Id) run = found;
        var version = run is null ? dag.Version : (await engine.Runs.VersionAsync(run.VersionId)).Version;
        return await MakeAsync(version, run, runs, query, $"dags/{dag.Id}/graph", cancellation);
    }

    /// <summary>The graph of a run.</summary>
    public async Task<GraphModel> OfRunAsync(DagRun run, GraphQuery query, CancellationToken cancellation)
    {
        var (version, _) = await engine.Runs.VersionAsync(run.VersionId);
        return await MakeAsync(version, run, [], query with { Run = null }, Layout.Links.Run(run.Id) + "/graph", cancellation);
    }

    private async Task<GraphModel> MakeAsync(DagVersion version, DagRun? run, IReadOnlyList<DagRun> runs, GraphQuery query, string path, CancellationToken cancellation)
    {
        var layout = drawing.Of(version, query.IsDown, query.Folded.ToHashSet(StringComparer.Ordinal));
        var states = run is null ? [] : await StatesAsync(version.Model, run, layout, cancellation);
        return new GraphModel(version, layout, query, run, runs, states, path);
    }

    private async Task<Dictionary<string, NodeState>> StatesAsync(DagModel model, DagRun run, GraphLayout layout, CancellationToken cancellation)
    {
        var cells = (await queries.CellsAsync([run.Id], cancellation)).ToDictionary(c => c.TaskIndex);
        var now = time.GetUtcNow();
        var states = new Dictionary<string, NodeState>(StringComparer.Ordinal);
        foreach (var node in layout.Nodes)
        {
            TaskState? worst = null;
            foreach (var task in node.Tasks) worst = GridRows.Worst(worst, cells.TryGetValue(task, out var cell) ? cell.State : TaskState.None);
            var words = node.IsGroup ? $"{node.Tasks.Count} tasks" : cells.TryGetValue(node.Tasks[0], out var one) ? Words(one, now) : "";
            states[node.Id] = new NodeState(worst ?? TaskState.None, words);
        }

        return states;
    }

    private static string Words(TaskCell cell, DateTimeOffset now)
    {
        var elements = cell.Elements is { } count ? $"{count} × " : "";
        if (cell.StartedAt is not { } started) return elements + StateLook.Words(cell.State);
        return cell.State switch
        {
            TaskState.Running => elements + TimeWords.Span(now - started),
            _ when cell.EndedAt is { } ended && ended >= started => elements + TimeWords.Span(ended - started),
            _ => elements + StateLook.Words(cell.State),
        };
    }
}
