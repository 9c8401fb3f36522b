using System.Text;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;

namespace Wizart.Flow.Web;

/// <summary>The tasks of a run as the API shows them: all of its version, those that nothing happened to included.</summary>
internal sealed class TaskViews(IFlowQueries queries, IFlowStore store)
{
    private const int PreviewLength = 200;
    private const int OutputsAtOnce = 50;

    public async Task<TaskResource[]> TasksAsync(DagRun run, DagModel model, CancellationToken cancellation)
    {
        var views = (await queries.TasksAsync(run.Id, cancellation)).ToLookup(v => v.Instance.TaskIndex);
        var previews = await PreviewsAsync(run.Id, model, views, cancellation);
        return
        [
            .. model.Tasks.SelectMany(task => views.Contains(task.Index)
                ? views[task.Index].OrderBy(v => v.Instance.MapIndex).Select(v => Task(model, task, v, previews.GetValueOrDefault(task.Index)))
                : [Task(model, task, Untouched(task), null)]),
            .. views.SelectMany(of => of).Where(v => v.Instance.TaskIndex >= model.Tasks.Count).Select(v => Task(model, Gone(v), v, null)),
        ];
    }

    private static TaskResource Task(DagModel model, TaskModel task, TaskInstanceView view, string? preview)
    {
        var instance = view.Instance;
        return new TaskResource(
            task.Id, task.Index, instance.MapIndex, [.. task.Upstream.Select(u => model.Tasks[u].Id)], instance.State, instance.Reason,
            instance.Attempt, instance.AttemptsBefore + task.Retry.Count + 1, instance.QueuedAt, instance.StartedAt, instance.EndedAt, instance.RetryAt, instance.Node,
            view.Progress, view.ProgressText, ErrorResource.Of(view.Error), instance.MapIndex < 0 ? preview : null,
            instance.Elements, instance.Label);
    }

    /// <summary>A task of an earlier version that the run was on.</summary>
    private static TaskModel Gone(TaskInstanceView view) => new() { Id = view.TaskId ?? "?", Index = view.Instance.TaskIndex };

    private static TaskInstanceView Untouched(TaskModel task) => new(new TaskInstance { TaskIndex = task.Index }, null, null, null);

    // Outputs are up to 256 KB each: only a few are in memory at once.
    private async Task<Dictionary<int, string>> PreviewsAsync(
        long runId, DagModel model, ILookup<int, TaskInstanceView> views, CancellationToken cancellation)
    {
        var previews = new Dictionary<int, string>();
        var withOutput = model.Tasks
            .Where(t => t.Output is not null && views[t.Index].Any(v => v.Instance is { MapIndex: < 0, State: TaskState.Success }))
            .Select(t => t.Index);
        foreach (var some in withOutput.Chunk(OutputsAtOnce))
            foreach (var (index, value) in await store.LoadOutputsAsync(runId, some, cancellation))
                previews[index] = Preview(value);
        return previews;
    }

    private static string Preview(TaskValue value)
    {
        if (value.Json is not { } json) return value.Stored is { } stored ? $"{stored.Size} bytes" : "null";
        // Four bytes are the most that a character takes: enough for the preview, whatever is cut at the end.
        var begin = json.Utf8.Span[..Math.Min(json.Utf8.Length, PreviewLength * 4)];
        var text = Encoding.UTF8.GetString(begin);
        return text.Length <= PreviewLength ? text : string.Concat(text.AsSpan(0, PreviewLength), "…");
    }
}
