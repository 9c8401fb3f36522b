using System.Text;
using Wizart.Flow.Engine;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;

namespace Wizart.Flow.Web;

/// <summary>The tasks of a run as the API shows them: all of its version, those that nothing happened to included.</summary>
internal sealed class TaskViews(IFlowQueries queries, IFlowStore store, FlowEngine engine)
{
    /// <summary>How many elements of a mapped task a list has unless more are asked for.</summary>
    public const int MostElements = 100;

    private const int PreviewLength = 200;
    private const int OutputsAtOnce = 50;

    /// <summary>All tasks of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="model">The model it runs on.</param>
    /// <param name="mostElements">How many elements of each mapped task there are at most.</param>
    /// <param name="previews">Whether the beginnings of outputs are wanted.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<TaskResource[]> TasksAsync(DagRun run, DagModel model, int mostElements, bool previews, CancellationToken cancellation)
    {
        var views = (await queries.TasksAsync(run.Id, mostElements, cancellation)).ToLookup(v => v.Instance.TaskIndex);
        var outputs = previews ? await PreviewsAsync(run.Id, model, views, cancellation) : [];
        var counts = views.Any(of => of.Any(v => v.Instance.Elements > 0)) ? await CountsAsync(run.Id, cancellation) : [];
        return
        [
            .. model.Tasks.SelectMany(task => views.Contains(task.Index)
                ? views[task.Index].OrderBy(v => v.Instance.MapIndex)
                    .Select(v => Counted(Task(model, task, v, outputs.GetValueOrDefault(task.Index)), counts.GetValueOrDefault(task.Index)))
                : [Task(model, task, Untouched(task), null)]),
            .. views.SelectMany(of => of).Where(v => v.Instance.TaskIndex >= model.Tasks.Count).Select(v => Task(model, Gone(v), v, null)),
        ];
    }

    /// <summary>One task instance; nothing has become of it when the view is null.</summary>
    public async Task<TaskResource> TaskAsync(DagRun run, DagModel model, TaskModel task, TaskInstanceView? view, CancellationToken cancellation)
    {
        if (view is null) return Task(model, task, Untouched(task), null);
        var output = view.Instance.State == TaskState.Success ? await queries.OutputAsync(run.Id, task.Index, view.Instance.MapIndex, cancellation) : null;
        var counts = view.Instance.Elements > 0 ? (await CountsAsync(run.Id, cancellation)).GetValueOrDefault(task.Index) : null;
        return Counted(Task(model, task, view, null), counts) with { Output = output is null ? null : Preview(output) };
    }

    /// <summary>The attempts of a task instance that are over, oldest first.</summary>
    public async Task<AttemptResource[]> AttemptsAsync(DagRun run, TaskModel task, int mapIndex, CancellationToken cancellation)
    {
        var attempts = await queries.AttemptsAsync(run.Id, task.Index, mapIndex, cancellation);
        var resources = new AttemptResource[attempts.Count];
        for (var i = 0; i < resources.Length; i++)
        {
            var (version, _) = await engine.Runs.VersionAsync(attempts[i].VersionId ?? run.VersionId);
            resources[i] = AttemptResource.Of(attempts[i]) with { Version = version.Number };
        }

        return resources;
    }

    private async Task<Dictionary<int, Dictionary<string, int>>> CountsAsync(long runId, CancellationToken cancellation) =>
        (await queries.ElementCountsAsync(runId, cancellation)).GroupBy(c => c.TaskIndex)
            .ToDictionary(of => of.Key, of => of.ToDictionary(c => SnakeCaseEnums.Word(c.State), c => c.Count));

    private static TaskResource Counted(TaskResource task, Dictionary<string, int>? counts) =>
        task.MapIndex < 0 && counts is not null ? task with { ElementStates = counts } : task;

    /// <summary>One instance.</summary>
    public static TaskResource Task(DagModel model, TaskModel task, TaskInstanceView view, string? preview)
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
        return Beginning(json, PreviewLength);
    }

    /// <summary>The beginning of a JSON text.</summary>
    public static string Beginning(JsonPayload json, int length)
    {
        // Four bytes are the most that a character takes: enough, whatever is cut at the end.
        var text = Encoding.UTF8.GetString(json.Utf8.Span[..Math.Min(json.Utf8.Length, length * 4)]);
        return text.Length <= length ? text : string.Concat(text.AsSpan(0, length), "…");
    }
}
