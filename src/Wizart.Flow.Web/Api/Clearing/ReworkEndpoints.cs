using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Wizart.Flow.Engine;
using Wizart.Flow.Engine.Access;
using Wizart.Flow.Engine.Clearing;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Web.Access;

namespace Wizart.Flow.Web;

/// <summary>Clearing and marking task instances and runs, and the notes on them.</summary>
internal static class ReworkEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/dags/{dagId}/runs/{runId}/clear", (HttpContext context, string dagId, string runId, FlowEngine engine, IFlowQueries queries) =>
            ClearAsync(context, dagId, Id(runId), engine, queries)).Needs(Role.Operator);
        api.MapPost("/dags/{dagId}/clear", (HttpContext context, string dagId, FlowEngine engine, IFlowQueries queries) =>
            ClearAsync(context, dagId, null, engine, queries)).Needs(Role.Operator);
        api.MapPost("/dags/{dagId}/runs/{runId}/mark", (HttpContext context, string dagId, string runId, FlowEngine engine, IFlowQueries queries) =>
            MarkAsync(context, dagId, Id(runId), engine, queries)).Needs(Role.Operator);
        api.MapPost("/dags/{dagId}/mark", (HttpContext context, string dagId, FlowEngine engine, IFlowQueries queries) =>
            MarkAsync(context, dagId, null, engine, queries)).Needs(Role.Operator);
        api.MapPatch("/dags/{dagId}/runs/{runId}/note", NoteAsync).Needs(Role.Operator);
        api.MapGet("/runs/{runId}/notes", NotesAsync);
    }

    private static async Task<IResult> NotesAsync(HttpContext context, string runId, RunViews views, IFlowQueries queries)
    {
        var query = new QueryReader(context.Request.Query);
        var page = query.Page();
        query.Check();
        var run = await views.FindAsync(runId, context.RequestAborted);
        var notes = await queries.NotesAsync(run.Id, context.RequestAborted);
        return TypedResults.Json(
            [.. page.Cut(context, notes, n => $"{n.TaskId} {PageRequest.Key(n.MapIndex + 1)}").Select(NoteResource.Of)], ApiJson.Default.NoteResourceArray);
    }

    private static async Task<IResult> ClearAsync(HttpContext context, string dagId, long? runId, FlowEngine engine, IFlowQueries queries)
    {
        var request = await ReworkReader.ClearAsync(context, engine.Commands.Find(dagId).Version.Model, runId);
        return View(await engine.Reworks.ClearAsync(request, context.Actor(), queries));
    }

    private static async Task<IResult> MarkAsync(HttpContext context, string dagId, long? runId, FlowEngine engine, IFlowQueries queries)
    {
        var (request, state, goesOn) = await ReworkReader.MarkAsync(context, engine.Commands.Find(dagId).Version.Model, runId);
        return View(await engine.Reworks.MarkAsync(request, state, goesOn, context.Actor(), queries));
    }

    private static async Task<IResult> NoteAsync(HttpContext context, string dagId, string runId, FlowEngine engine)
    {
        var body = await BodyReader.ReadAsync(context, "text", "task");
        if (!body.TryGetValue("text", out var text) || text.ValueKind != JsonValueKind.String)
            throw ApiProblem.Invalid("text must be given: the note, or an empty text to remove it.");
        TaskPick? pick = body.TryGetValue("task", out var task) && task.ValueKind == JsonValueKind.String ? ReworkReader.Pick(task.GetString()!) : null;
        var note = await engine.Reworks.NoteAsync(dagId, Id(runId), pick, text.GetString()!, context.Actor());
        return TypedResults.Json(NoteResource.Of(note), ApiJson.Default.NoteResource);
    }

    private static IResult View(ReworkReport report) => TypedResults.Json(ReworkResource.Of(report), ApiJson.Default.ReworkResource);

    private static long Id(string text) => RunPath.Id(text) ?? throw ApiProblem.NotFound($"There is no run {text}.");
}
