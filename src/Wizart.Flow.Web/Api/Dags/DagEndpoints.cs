using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Wizart.Flow.Engine;
using Wizart.Flow.Engine.Access;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Engine.Timetables;
using Wizart.Flow.Web.Access;

namespace Wizart.Flow.Web;

/// <summary>DAGs: what there is, when each runs, pausing.</summary>
internal static class DagEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/dags", ListAsync);
        api.MapGet("/dags/{dagId}", GetAsync);
        api.MapGet("/dags/{dagId}/next", Next);
        api.MapGet("/dags/{dagId}/versions/{number}", VersionAsync);
        api.MapPost("/dags/{dagId}/pause", (HttpContext context, string dagId, FlowEngine engine, IFlowQueries queries, DagViews views) =>
            PauseAsync(context, dagId, true, engine, queries, views)).Needs(Role.Operator);
        api.MapPost("/dags/{dagId}/unpause", (HttpContext context, string dagId, FlowEngine engine, IFlowQueries queries, DagViews views) =>
            PauseAsync(context, dagId, false, engine, queries, views)).Needs(Role.Operator);
    }

    private static async Task<IResult> ListAsync(HttpContext context, IFlowQueries queries, DagViews views, CancellationToken cancellation)
    {
        var query = new QueryReader(context.Request.Query);
        var (inactive, page) = (query.Flag("inactive"), query.Page());
        query.Check();
        var dags = page.Cut(context, await queries.DagsAsync(inactive, cancellation), d => d.Dag.Id);
        var items = new DagItem[dags.Length];
        for (var i = 0; i < items.Length; i++) items[i] = await views.ItemAsync(dags[i]);
        return TypedResults.Json(items, ApiJson.Default.DagItemArray);
    }

    private static async Task<IResult> GetAsync(
        string dagId, FlowEngine engine, IFlowQueries queries, DagViews views, CancellationToken cancellation) =>
        TypedResults.Json(views.Dag(engine.Commands.Find(dagId), await queries.ImportErrorsAsync(cancellation)), ApiJson.Default.DagResource);

    private static IResult Next(HttpContext context, string dagId, FlowEngine engine, TimeProvider time)
    {
        var dag = engine.Commands.Find(dagId);
        var query = new QueryReader(context.Request.Query);
        var count = query.Count(10);
        var after = query.Time("after") ?? time.GetUtcNow();
        query.Check();
        var slots = UpcomingSlots.After(dag.Version.Model, dag.ActiveSince, after).Take(count);
        return TypedResults.Json([.. slots.Select(DagViews.Due)], ApiJson.Default.DueResourceArray);
    }

    private static async Task<IResult> VersionAsync(
        string dagId, string number, FlowEngine engine, IFlowQueries queries, CancellationToken cancellation)
    {
        var dag = engine.Commands.Find(dagId);
        int? wanted = int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
        if ((wanted is not null || number == "active") && await queries.VersionAsync(dag.Id, wanted, cancellation) is { } version)
            return TypedResults.Json(DagViews.Version(version), ApiJson.Default.VersionResource);
        throw ApiProblem.NotFound($"DAG '{dagId}' has no version {number}. Its newest is {dag.Version.Number}.");
    }

    private static async Task<IResult> PauseAsync(
        HttpContext context, string dagId, bool paused, FlowEngine engine, IFlowQueries queries, DagViews views)
    {
        await engine.Commands.PauseAsync(dagId, paused, context.Actor());
        return await GetAsync(dagId, engine, queries, views, context.RequestAborted);
    }
}
