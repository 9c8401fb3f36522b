using Wizart.Flow.Engine;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Model;

namespace Wizart.Flow.Web;

/// <summary>Runs as the API shows them.</summary>
internal sealed class RunViews(FlowEngine engine, IFlowQueries queries)
{
    public async ValueTask<RunResource> RunAsync(DagRun run)
    {
        var (version, _) = await engine.Runs.VersionAsync(run.VersionId);
        var zone = version.Model.Zone;
        return new RunResource(
            run.Id, run.DagId, version.Number, run.Kind, run.State, run.Reason, Local(run.LogicalDate), Local(run.Interval.Start),
            Local(run.Interval.End), Local(run.RunAfter), run.Params, run.CreatedBy, run.QueuedAt, run.StartedAt, run.EndedAt,
            run.BackfillId > 0 ? run.BackfillId : null, run.TriggeredBy > 0 ? run.TriggeredBy : null);

        // The database keeps instants; people think of "the run of six o'clock".
        DateTimeOffset Local(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, zone);
    }

    public async ValueTask<RunResource[]> RunsAsync(IReadOnlyList<DagRun> runs)
    {
        var resources = new RunResource[runs.Count];
        for (var i = 0; i < resources.Length; i++) resources[i] = await RunAsync(runs[i]);
        return resources;
    }

    /// <summary>The run that a path names.</summary>
    /// <exception cref="ApiProblem">There is none.</exception>
    public async Task<DagRun> FindAsync(string runId, CancellationToken cancellation)
    {
        if (RunPath.Id(runId) is { } id && await queries.RunAsync(id, cancellation) is { } run) return run;
        throw ApiProblem.NotFound($"There is no run {runId}.");
    }

    /// <summary>The run and the model it runs on.</summary>
    public async Task<(DagRun Run, DagModel Model)> FindWithModelAsync(string runId, CancellationToken cancellation)
    {
        var run = await FindAsync(runId, cancellation);
        var (version, _) = await engine.Runs.VersionAsync(run.VersionId);
        return (run, version.Model);
    }

    /// <summary>The run and the task that a path names.</summary>
    public async Task<(DagRun Run, TaskModel Task)> FindTaskAsync(string runId, string taskId, CancellationToken cancellation)
    {
        var (run, model) = await FindWithModelAsync(runId, cancellation);
        if (model.Tasks.FirstOrDefault(t => t.Id == taskId) is { } task) return (run, task);
        var past = (await queries.TasksAsync(run.Id, 1, cancellation)).FirstOrDefault(v => v.TaskId == taskId && v.Instance.TaskIndex >= model.Tasks.Count);
        if (past is not null) return (run, new TaskModel { Id = taskId, Index = past.Instance.TaskIndex });
        var hint = Nearest.Hint(taskId, model.Tasks.Select(t => t.Id));
        throw ApiProblem.NotFound($"Run {run.Id} of DAG '{run.DagId}' has no task '{taskId}'.{hint}");
    }
}
