using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Wizart.Flow.Engine;
using Wizart.Flow.Engine.Access;
using Wizart.Flow.Engine.Commands;
using Wizart.Flow.Web.Access;

namespace Wizart.Flow.Web;

/// <summary>Pools: what is taken of each, and how many slots it has.</summary>
internal static class PoolEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/pools", ListAsync);
        api.MapPut("/pools/{name}", SetAsync).Needs(Role.Author);
        api.MapPost("/pools/{name}/reset", async (HttpContext context, string name, FlowEngine engine) =>
            View(await engine.Pools.ResetAsync(name, context.Actor()))).Needs(Role.Author);
    }

    private static async Task<IResult> ListAsync(HttpContext context, FlowEngine engine)
    {
        var query = new QueryReader(context.Request.Query);
        var page = query.Page();
        query.Check();
        var pools = await engine.Pools.ListAsync(context.RequestAborted);
        return TypedResults.Json([.. page.Cut(context, pools, p => p.Pool.Name).Select(PoolResource.Of)], ApiJson.Default.PoolResourceArray);
    }

    private static async Task<IResult> SetAsync(HttpContext context, string name, FlowEngine engine)
    {
        var body = await BodyReader.ReadAsync(context, "slots");
        if (!body.TryGetValue("slots", out var value)) throw ApiProblem.Invalid("Give the number of slots: {\"slots\": 4}.");
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out var slots))
            throw ApiProblem.Invalid($"{value.GetRawText()} for slots is not a whole number.");
        return View(await engine.Pools.SetAsync(name, slots, context.Actor()));
    }

    private static IResult View(PoolStatus status) => TypedResults.Json(PoolResource.Of(status), ApiJson.Default.PoolResource);
}
