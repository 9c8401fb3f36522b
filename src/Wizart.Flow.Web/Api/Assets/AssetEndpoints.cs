using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Wizart.Flow.Engine;
using Wizart.Flow.Engine.Access;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Web.Access;

namespace Wizart.Flow.Web;

/// <summary>Assets: looking at them and their updates, telling of updates, and what DAGs that follow them wait for.</summary>
internal static class AssetEndpoints
{
    private const int MostEvents = 1_000;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/assets", ListAsync);
        api.MapGet("/assets/{id:long}", async (string id, FlowEngine engine, CancellationToken cancellation) =>
            TypedResults.Json(AssetResource.Of(await engine.Assets.FindAsync(id, cancellation)), ApiJson.Default.AssetResource));
        api.MapGet("/assets/{id:long}/events", EventsAsync);
        api.MapPost("/assets/{id:long}/events", async (HttpContext context, string id, FlowEngine engine) =>
        {
            var body = await BodyReader.ReadAsync(context, "value", "extra");
            return await UpdateAsync(context, engine, (await engine.Assets.FindAsync(id, context.RequestAborted)).Stored.Uri, body);
        }).Needs(Role.Operator);
        api.MapPost("/assets/events", UpdateByUriAsync).Needs(Role.Operator);
        api.MapGet("/waiting", (HttpContext context, FlowEngine engine) => WaitingAsync(context, engine));
        api.MapGet("/dags/{dagId}/waiting", async (string dagId, FlowEngine engine, CancellationToken cancellation) =>
            TypedResults.Json(WaitingResource.Of((await engine.Assets.WaitingAsync(dagId, cancellation))[0]), ApiJson.Default.WaitingResource));
        api.MapPatch("/dags/{dagId}/waiting", MarkAsync).Needs(Role.Operator);
        api.MapGet("/runs/{runId}/assets", OfRunAsync);
    }

    private static async Task<IResult> ListAsync(HttpContext context, FlowEngine engine)
    {
        var query = new QueryReader(context.Request.Query);
        var (uri, page) = (query.Text("uri"), query.Page());
        query.Check();
        var assets = uri is null ? await engine.Assets.AllAsync(context.RequestAborted) : [await engine.Assets.FindAsync(uri, context.RequestAborted)];
        return TypedResults.Json([.. page.Cut(context, assets, a => a.Stored.Uri).Select(AssetResource.Of)], ApiJson.Default.AssetResourceArray);
    }

    private static async Task<IResult> EventsAsync(HttpContext context, string id, FlowEngine engine, IFlowStore store)
    {
        var query = new QueryReader(context.Request.Query);
        var (before, count) = (query.Before(), query.Count(50));
        query.Check();
        var asset = await engine.Assets.FindAsync(id, context.RequestAborted);
        var events = await store.AssetEventsAsync(asset.Stored.Id, before, count, context.RequestAborted);
        if (events.Count == count) PageRequest.Next(context, PageRequest.Key(events[^1].Id));
        return TypedResults.Json([.. events.Select(AssetEventResource.Of)], ApiJson.Default.AssetEventResourceArray);
    }

    private static async Task<IResult> UpdateByUriAsync(HttpContext context, FlowEngine engine)
    {
        var body = await BodyReader.ReadAsync(context, "uri", "value", "extra");
        if (!body.TryGetValue("uri", out var uri) || uri.ValueKind != JsonValueKind.String)
            throw ApiProblem.Invalid("Give the asset: {\"uri\": \"wizart://prices\", \"value\": …}.");
        return await UpdateAsync(context, engine, uri.GetString()!, body);
    }

    private static async Task<IResult> UpdateAsync(HttpContext context, FlowEngine engine, string uri, Dictionary<string, JsonElement> body)
    {
        JsonElement? value = body.TryGetValue("value", out var given) ? given : null;
        JsonElement? extra = body.TryGetValue("extra", out var said) && said.ValueKind != JsonValueKind.Null ? said : null;
        var update = await engine.Assets.UpdateAsync(uri, value, extra, context.Actor());
        return TypedResults.Json(AssetEventResource.Of(update), ApiJson.Default.AssetEventResource, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> WaitingAsync(HttpContext context, FlowEngine engine)
    {
        var query = new QueryReader(context.Request.Query);
        var page = query.Page();
        query.Check();
        var waiting = await engine.Assets.WaitingAsync(null, context.RequestAborted);
        return TypedResults.Json([.. page.Cut(context, waiting, w => w.Dag.Id).Select(WaitingResource.Of)], ApiJson.Default.WaitingResourceArray);
    }

    private static async Task<IResult> MarkAsync(HttpContext context, string dagId, FlowEngine engine)
    {
        var body = await BodyReader.ReadAsync(context, "uri", "updated");
        var mistakes = new List<string>();
        if (!body.TryGetValue("uri", out var uri) || uri.ValueKind != JsonValueKind.String) mistakes.Add("uri must be given: the asset, as a text.");
        if (!body.TryGetValue("updated", out var updated) || updated.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            mistakes.Add("updated must be given: true to mark the asset as updated, false to clear it.");
        if (mistakes.Count > 0) throw ApiProblem.Invalid(mistakes);
        var waiting = await engine.Assets.MarkAsync(dagId, uri.GetString()!, updated.GetBoolean(), context.Actor());
        return TypedResults.Json(WaitingResource.Of(waiting), ApiJson.Default.WaitingResource);
    }

    private static async Task<IResult> OfRunAsync(HttpContext context, string runId, RunViews views, IFlowStore store)
    {
        var query = new QueryReader(context.Request.Query);
        var page = query.Page();
        query.Check();
        var run = await views.FindAsync(runId, context.RequestAborted);
        var all = await store.RunAssetEventsAsync(run.Id, MostEvents, context.RequestAborted);
        var events = page.Cut(context, all, e => PageRequest.Key(e.Id));
        return TypedResults.Json([.. events.Select(AssetEventResource.Of)], ApiJson.Default.AssetEventResourceArray);
    }
}
