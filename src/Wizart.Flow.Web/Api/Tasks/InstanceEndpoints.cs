using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Wizart.Flow.Engine.Access;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Web.Access;

namespace Wizart.Flow.Web;

/// <summary>One task instance, and the elements of mapped tasks.</summary>
internal static class InstanceEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/runs/{runId}/tasks/{taskId}", GetAsync).Needs(Role.Viewer);
        api.MapGet("/runs/{runId}/tasks/{taskId}/elements", ElementsAsync).Needs(Role.Viewer);
    }

    private static async Task<IResult> GetAsync(
        HttpContext context, string runId, string taskId, RunViews runs, TaskViews tasks, InputViews inputs, IFlowQueries queries)
    {
        var query = new QueryReader(context.Request.Query);
        var mapIndex = query.Integer("mapIndex", -1, int.MaxValue) ?? -1;
        query.Check();
        var cancellation = context.RequestAborted;
        var (run, task) = await runs.FindTaskAsync(runId, taskId, cancellation);
        var (_, model) = await runs.FindWithModelAsync(runId, cancellation);
        var view = await queries.TaskAsync(run.Id, task.Index, mapIndex, cancellation);
        if (view is null && mapIndex >= 0) throw ApiProblem.NotFound($"Task '{taskId}' of run {run.Id} has no element {mapIndex}, or nothing has become of it yet.");
        var note = (await queries.NotesAsync(run.Id, cancellation)).FirstOrDefault(n => n.TaskId == task.Id && n.MapIndex == mapIndex);
        var detail = new TaskDetailResource(
            await tasks.TaskAsync(run, model, task, view, cancellation), run.Id, run.DagId, await inputs.OfAsync(run, model, task, view, cancellation),
            await tasks.AttemptsAsync(run, task, mapIndex, cancellation), note is null ? null : NoteResource.Of(note));
        return TypedResults.Json(detail, ApiJson.Default.TaskDetailResource);
    }

    private static async Task<IResult> ElementsAsync(
        HttpContext context, string runId, string taskId, RunViews runs, TaskViews tasks, IFlowQueries queries)
    {
        var query = new QueryReader(context.Request.Query);
        var after = query.Integer("after", -1, int.MaxValue);
        var cursor = query.NumberKey();
        var (states, count) = (query.Words<TaskState>("state"), query.Count(100));
        if (cursor > int.MaxValue) query.Wrong("cursor is not from the Link of an earlier answer.");
        query.Check();
        var (run, task) = await runs.FindTaskAsync(runId, taskId, context.RequestAborted);
        var (_, model) = await runs.FindWithModelAsync(runId, context.RequestAborted);
        var filter = new ElementFilter(run.Id, task.Index, (int?)cursor ?? after ?? -1, count) { States = states };
        var found = await queries.ElementsAsync(filter, context.RequestAborted);
        if (found.Count == count) PageRequest.Next(context, PageRequest.Key(found[^1].Instance.MapIndex));
        return TypedResults.Json([.. found.Select(view => TaskViews.Task(model, task, view, null))], ApiJson.Default.TaskResourceArray);
    }
}
