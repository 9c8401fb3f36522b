using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Model;

namespace Wizart.Flow.Web.Ui.Dag;

/// <summary>The tasks of a DAG with how they fared lately.</summary>
/// <param name="Head">The DAG.</param>
/// <param name="Rows">Its tasks.</param>
/// <param name="Chosen">The task that the page was asked for.</param>
public sealed record DagTasksModel(DagHead Head, IReadOnlyList<DagTaskRow> Rows, string Chosen);

/// <summary>A task with how it fared lately.</summary>
/// <param name="Task">The task.</param>
/// <param name="Cells">Its instances in the latest runs, oldest first.</param>
/// <param name="Takes">How long it takes, in the middle; null when that is not known.</param>
public sealed record DagTaskRow(TaskModel Task, IReadOnlyList<TaskCell> Cells, TimeSpan? Takes);

/// <summary>Makes lists of a DAG's tasks.</summary>
internal sealed class DagTaskLists(Engine.FlowEngine engine, IFlowQueries queries, DagHeads heads)
{
    private const int Latest = 20;

    public async Task<DagTasksModel> LoadAsync(string dagId, string chosen, CancellationToken cancellation)
    {
        var head = await heads.FindAsync(dagId, cancellation);
        var runs = await queries.RunsAsync(new RunFilter(dagId, Count: Latest), cancellation);
        var cells = (await queries.CellsAsync([.. runs.Select(r => r.Id)], cancellation)).ToLookup(c => c.RunId);
        var byTask = new Dictionary<string, List<TaskCell>>(StringComparer.Ordinal);
        foreach (var run in runs.Reverse())
        {
            var (version, _) = await engine.Runs.VersionAsync(run.VersionId);
            foreach (var cell in cells[run.Id])
            {
                if (cell.TaskIndex >= version.Model.Tasks.Count) continue;
                var id = version.Model.Tasks[cell.TaskIndex].Id;
                if (!byTask.TryGetValue(id, out var list)) byTask[id] = list = [];
                list.Add(cell);
            }
        }

        return new DagTasksModel(
            head, [.. head.Dag.Version.Model.Tasks.Select(t => byTask.TryGetValue(t.Id, out var list) ? new DagTaskRow(t, list, Median(list)) : new DagTaskRow(t, [], null))], chosen);
    }

    private static TimeSpan? Median(List<TaskCell> cells)
    {
        TimeSpan[] spans = [.. cells.Where(c => c.State == TaskState.Success && c is { StartedAt: not null, EndedAt: not null }).Select(c => c.EndedAt!.Value - c.StartedAt!.Value).Order()];
        return spans.Length == 0 ? null : spans[spans.Length / 2];
    }
}
