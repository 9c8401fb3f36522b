using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Wizart.Flow.Engine;
using Wizart.Flow.Engine.Access;
using Wizart.Flow.Engine.Backfills;
using Wizart.Flow.Engine.Requests;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Web.Access;

namespace Wizart.Flow.Web;

/// <summary>Backfills: beginning, looking at, pausing and cancelling them.</summary>
internal static class BackfillEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/dags/{dagId}/backfills", CreateAsync).Needs(Role.Operator);
        api.MapGet("/dags/{dagId}/backfills", (HttpContext context, string dagId, FlowEngine engine, IFlowStore store) =>
            ListAsync(context, engine.Commands.Find(dagId).Id, engine, store));
        api.MapGet("/backfills", (HttpContext context, FlowEngine engine, IFlowStore store) => ListAsync(context, null, engine, store));
        api.MapGet("/backfills/{id}", async (string id, FlowEngine engine) => View(engine, await engine.BackfillCommands.FindAsync(Id(id))));
        api.MapPost("/backfills/{id}/pause", async (HttpContext context, string id, FlowEngine engine) =>
            View(engine, await engine.BackfillCommands.PauseAsync(Id(id), paused: true, context.Actor()))).Needs(Role.Operator);
        api.MapPost("/backfills/{id}/unpause", async (HttpContext context, string id, FlowEngine engine) =>
            View(engine, await engine.BackfillCommands.PauseAsync(Id(id), paused: false, context.Actor()))).Needs(Role.Operator);
        api.MapPost("/backfills/{id}/cancel", async (HttpContext context, string id, FlowEngine engine) =>
            View(engine, await engine.BackfillCommands.CancelAsync(Id(id), context.Actor()), StatusCodes.Status202Accepted)).Needs(Role.Operator);
    }

    private static async Task<IResult> CreateAsync(HttpContext context, string dagId, FlowEngine engine, TimeProvider time)
    {
        var dag = engine.Commands.Find(dagId);
        var (request, isDry) = await BackfillBody.ReadAsync(context, dag.Version.Model);
        if (isDry)
        {
            var (backfill, runs, skipped, first) = await engine.BackfillCommands.PreviewAsync(request, context.Actor(), context.RequestAborted);
            var preview = Resource(engine, new BackfillProgress(backfill with { Created = runs, Skipped = skipped }, new Dictionary<Engine.Runs.RunState, int>()));
            return TypedResults.Json(preview with { Id = null, Intervals = [.. first.Select(DagViews.Due)] }, ApiJson.Default.BackfillResource);
        }

        if (IdempotencyHeader.Read(context, time) is { } key)
        {
            var once = new Once<BackfillProgress>(
                key, begun => ValueTask.FromResult(JsonSerializer.Serialize(Resource(engine, begun), ApiJson.Default.BackfillResource)));
            var answer = await engine.BackfillCommands.CreateOnceAsync(request, context.Actor(), once);
            var first = JsonSerializer.Deserialize(answer.Answer, ApiJson.Default.BackfillResource)!;
            return IdempotencyHeader.Answer(context, answer, $"{FlowApi.Root}/backfills/{first.Id}");
        }

        var created = await engine.BackfillCommands.CreateAsync(request, context.Actor());
        context.Response.Headers.Location = $"{FlowApi.Root}/backfills/{created.Backfill.Id}";
        return View(engine, created, StatusCodes.Status201Created);
    }

    private static async Task<IResult> ListAsync(HttpContext context, string? dagId, FlowEngine engine, IFlowStore store)
    {
        var query = new QueryReader(context.Request.Query);
        var filter = new BackfillFilter(dagId, query.Flag("unfinished"), query.Before(), query.Count(50));
        query.Check();
        var found = await store.BackfillsAsync(filter, context.RequestAborted);
        if (found.Count == filter.Count) PageRequest.Next(context, PageRequest.Key(found[^1].Id));
        var resources = new BackfillResource[found.Count];
        for (var i = 0; i < resources.Length; i++)
            resources[i] = Resource(engine, new BackfillProgress(found[i], await store.BackfillRunsAsync(found[i].Id, context.RequestAborted)));
        return TypedResults.Json(resources, ApiJson.Default.BackfillResourceArray);
    }

    private static long Id(string text) => RunPath.Id(text) ?? throw ApiProblem.NotFound($"There is no backfill {text}.");

    private static IResult View(FlowEngine engine, BackfillProgress progress, int status = StatusCodes.Status200OK) =>
        TypedResults.Json(Resource(engine, progress), ApiJson.Default.BackfillResource, statusCode: status);

    private static BackfillResource Resource(FlowEngine engine, BackfillProgress progress)
    {
        var (backfill, runs) = progress;
        var zone = engine.Catalog.Find(backfill.DagId)?.Version.Model.Zone ?? TimeZoneInfo.Utc;
        return new BackfillResource(
            backfill.Id, backfill.DagId, backfill.State, TimeZoneInfo.ConvertTime(backfill.From, zone), TimeZoneInfo.ConvertTime(backfill.To, zone),
            backfill.Reprocess, backfill.MaxActive, backfill.Backwards, backfill.Params, backfill.Total, backfill.Created, backfill.Skipped,
            runs.ToDictionary(r => SnakeCaseEnums.Word(r.Key), r => r.Value), backfill.CreatedBy, backfill.CreatedAt, backfill.EndedAt,
            Tasks: backfill.Tasks.Count > 0 ? backfill.Tasks : null);
    }
}
