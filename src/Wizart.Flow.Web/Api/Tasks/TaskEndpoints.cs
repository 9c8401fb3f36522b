using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Wizart.Flow.Engine;
using Wizart.Flow.Engine.Attempts;
using Wizart.Flow.Engine.Storage;

namespace Wizart.Flow.Web;

/// <summary>The tasks of a run: their states, attempts, logs and outputs.</summary>
internal static class TaskEndpoints
{
    /// <summary>The most elements of one task that a list may be asked for.</summary>
    private const int MostElements = 10_000;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/runs/{runId}/tasks", ListAsync);
        api.MapGet("/runs/{runId}/why", WhyAsync);
        api.MapGet("/runs/{runId}/tasks/{taskId}/attempts", AttemptsAsync);
        api.MapGet("/runs/{runId}/tasks/{taskId}/logs", LogEndpoint.GetAsync);
        api.MapGet("/runs/{runId}/tasks/{taskId}/output", OutputAsync);
    }

    private static async Task<IResult> ListAsync(HttpContext context, string runId, RunViews runs, TaskViews tasks)
    {
        var query = new QueryReader(context.Request.Query);
        var elements = query.Integer("elements", 0, MostElements) ?? TaskViews.MostElements;
        query.Check();
        var (run, model) = await runs.FindWithModelAsync(runId, context.RequestAborted);
        return TypedResults.Json(await tasks.TasksAsync(run, model, elements, previews: true, context.RequestAborted), ApiJson.Default.TaskResourceArray);
    }

    private static async Task<IResult> WhyAsync(string runId, RunViews runs, FlowEngine engine, CancellationToken cancellation)
    {
        var run = await runs.FindAsync(runId, cancellation);
        var reasons = await engine.Why.OfAsync(run.Id, cancellation);
        return TypedResults.Json([.. reasons.Select(r => new WhyResource(r.TaskId, r.MapIndex, r.State, r.Reason))], ApiJson.Default.WhyResourceArray);
    }

    private static async Task<IResult> AttemptsAsync(HttpContext context, string runId, string taskId, RunViews runs, TaskViews tasks)
    {
        var query = new QueryReader(context.Request.Query);
        var mapIndex = query.Integer("mapIndex", -1, int.MaxValue) ?? -1;
        var page = query.Page();
        query.Check();
        var (run, task) = await runs.FindTaskAsync(runId, taskId, context.RequestAborted);
        var attempts = await tasks.AttemptsAsync(run, task, mapIndex, context.RequestAborted);
        return TypedResults.Json(page.Cut(context, attempts, a => PageRequest.Key(a.Attempt)), ApiJson.Default.AttemptResourceArray);
    }

    private static async Task<IResult> OutputAsync(
        HttpContext context, string runId, string taskId, RunViews runs, IFlowQueries queries, IArtifactStore artifacts)
    {
        var query = new QueryReader(context.Request.Query);
        var mapIndex = query.Integer("mapIndex", -1, int.MaxValue) ?? -1;
        query.Check();
        var (run, task) = await runs.FindTaskAsync(runId, taskId, context.RequestAborted);
        if (await queries.OutputAsync(run.Id, task.Index, mapIndex, context.RequestAborted) is not { } value)
            throw ApiProblem.NotFound($"Task '{taskId}' of run {run.Id} has no output.");

        context.Response.Headers.XContentTypeOptions = "nosniff";
        if (value.Stored is not { } stored) return TypedResults.Bytes(value.Json?.Utf8 ?? "null"u8.ToArray(), "application/json");
        return artifacts.Open(stored.Hash) is { } content
            ? TypedResults.Stream(content, "application/json")
            : throw ApiProblem.NotFound($"The output of task '{taskId}' of run {run.Id} is no longer kept; it was removed by age.");
    }
}
