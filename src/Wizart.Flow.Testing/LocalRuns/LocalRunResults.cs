using Wizart.Flow.Engine.Metrics;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Engine.Storage.InMemory;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;
using Wizart.Flow.Runtime.Artifacts;

namespace Wizart.Flow.Testing;

/// <summary>Reads what became of a run from its store.</summary>
internal static class LocalRunResults
{
    public static async Task<LocalRunResult> ReadAsync(InMemoryFlowStore store, long runId, DagModel model, LocalArtifactStore artifacts)
    {
        var run = await store.Queries.RunAsync(runId, CancellationToken.None);
        var views = (await store.Queries.TasksAsync(runId, CancellationToken.None)).ToLookup(v => v.Instance.TaskIndex);
        var tasks = new List<LocalTaskResult>();
        foreach (var task in model.Tasks)
        {
            if (!views.Contains(task.Index)) tasks.Add(new LocalTaskResult { Id = task.Id, MapIndex = -1, State = TaskState.None, Attempts = 0 });
            var isSpread = views[task.Index].Any(v => v.Instance.MapIndex >= 0); // then its elements stand for it
            foreach (var view in views[task.Index].Where(v => !isSpread || v.Instance.MapIndex >= 0).OrderBy(v => v.Instance.MapIndex))
                tasks.Add(await TaskAsync(store.Queries, runId, task, view, artifacts));
        }

        var assets = await store.AssetsAsync(null, CancellationToken.None);
        return new LocalRunResult
        {
            Run = run!,
            Tasks = tasks,
            Metrics = await MetricsAsync(store),
            Assets = assets.Where(a => a.Latest?.RunId == runId)
                .ToDictionary(a => a.Uri, a => a.Latest!.Value is { } value ? Content(value, artifacts) : (JsonPayload?)null),
        };
    }

    private static async Task<IReadOnlyDictionary<string, IReadOnlyList<SeriesPoint>>> MetricsAsync(InMemoryFlowStore store)
    {
        var told = new Dictionary<string, IReadOnlyList<SeriesPoint>>();
        foreach (var metric in await store.MetricsAsync(null, CancellationToken.None))
        {
            var all = new MetricFilter(metric.Name) { Axis = MetricAxis.Time, NewestFirst = false, Count = MetricFilter.Most };
            told[metric.Name] = await store.MetricPointsAsync(all, CancellationToken.None);
        }

        return told;
    }

    private static async Task<LocalTaskResult> TaskAsync(
        IFlowQueries queries, long runId, TaskModel task, TaskInstanceView view, LocalArtifactStore artifacts)
    {
        var instance = view.Instance;
        var key = new AttemptKey(runId, task.Index, instance.MapIndex, instance.Attempt);
        var output = await queries.OutputAsync(runId, task.Index, instance.MapIndex, CancellationToken.None);
        var log = await queries.LogAsync(key, 1, int.MaxValue, CancellationToken.None);
        return new LocalTaskResult
        {
            Id = task.Id,
            MapIndex = instance.MapIndex,
            Label = instance.Label,
            State = instance.State,
            Reason = instance.Reason,
            Attempts = instance.Attempt,
            StartedAt = instance.StartedAt,
            EndedAt = instance.EndedAt,
            Output = output is null ? null : Content(output, artifacts),
            Error = view.Error,
            Log = [.. log.Select(l => l.Line.Text)],
        };
    }

    private static JsonPayload Content(TaskValue value, LocalArtifactStore artifacts)
    {
        if (value.Stored is not { } stored) return value.Json ?? JsonPayload.Parse("null");
        using var content = artifacts.Open(stored);
        using var buffer = new MemoryStream();
        content.CopyTo(buffer);
        return new JsonPayload(buffer.ToArray());
    }
}
