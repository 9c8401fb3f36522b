using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Wizart.Flow.Engine;
using Wizart.Flow.Engine.Access;
using Wizart.Flow.Engine.Requests;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Web.Access;

namespace Wizart.Flow.Web;

/// <summary>Runs: starting, looking at, waiting for and cancelling them.</summary>
internal static class RunEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/dags/{dagId}/runs", TriggerAsync).Needs(Role.Operator);
        api.MapGet("/dags/{dagId}/runs", (HttpContext context, string dagId, FlowEngine engine, IFlowQueries queries, RunViews views) =>
            ListAsync(context, engine.Commands.Find(dagId).Id, queries, views));
        api.MapGet("/runs", (HttpContext context, IFlowQueries queries, RunViews views) => ListAsync(context, null, queries, views));
        api.MapGet("/runs/{runId}", async (string runId, RunViews views, CancellationToken cancellation) =>
            Run(await views.RunAsync(await views.FindAsync(runId, cancellation))));
        api.MapGet("/runs/{runId}/wait", RunWait.WaitAsync);
        api.MapPost("/runs/{runId}/cancel", CancelAsync).Needs(Role.Operator);
        api.MapGet("/runs/{runId}/deliveries", DeliveriesAsync);
    }

    private static async Task<IResult> DeliveriesAsync(HttpContext context, string runId, RunViews views, IFlowQueries queries)
    {
        var query = new QueryReader(context.Request.Query);
        var page = query.Page();
        query.Check();
        var run = await views.FindAsync(runId, context.RequestAborted);
        var deliveries = await queries.DeliveriesAsync(run.Id, context.RequestAborted);
        return TypedResults.Json(
            [.. page.Cut(context, deliveries, d => PageRequest.Key(d.Id)).Select(DeliveryResource.Of)], ApiJson.Default.DeliveryResourceArray);
    }

    private static async Task<IResult> TriggerAsync(HttpContext context, string dagId, FlowEngine engine, RunViews views, TimeProvider time)
    {
        var dag = engine.Commands.Find(dagId);
        var body = await RequestBody.ReadAsync(context, "params", "date");
        var (values, date) = body.Checked((body.Values("params"), body.Time("date", dag.Version.Model.Zone)));
        if (IdempotencyHeader.Read(context, time) is { } key)
        {
            var once = new Once<DagRun>(key, async created => JsonSerializer.Serialize(await views.RunAsync(created), ApiJson.Default.RunResource));
            var answer = await engine.Commands.TriggerOnceAsync(dagId, values, date, context.Actor(), once);
            var first = JsonSerializer.Deserialize(answer.Answer, ApiJson.Default.RunResource)!;
            return IdempotencyHeader.Answer(context, answer, $"{FlowApi.Root}/runs/{first.Id}");
        }

        var run = await engine.Commands.TriggerAsync(dagId, values, date, context.Actor());
        context.Response.Headers.Location = $"{FlowApi.Root}/runs/{run.Id}";
        return TypedResults.Json(await views.RunAsync(run), ApiJson.Default.RunResource, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> ListAsync(HttpContext context, string? dagId, IFlowQueries queries, RunViews views)
    {
        var filter = RunListing.Read(context, dagId);
        var runs = await queries.RunsAsync(filter, context.RequestAborted);
        RunListing.Next(context, filter, runs);
        return TypedResults.Json(await views.RunsAsync(runs), ApiJson.Default.RunResourceArray);
    }

    private static async Task<IResult> CancelAsync(HttpContext context, string runId, FlowEngine engine, RunViews views)
    {
        var run = await views.FindAsync(runId, context.RequestAborted);
        await engine.Commands.CancelAsync(run.Id, context.Actor());
        return Run(await views.RunAsync(await views.FindAsync(runId, context.RequestAborted)), StatusCodes.Status202Accepted);
    }

    private static IResult Run(RunResource run, int status = StatusCodes.Status200OK) =>
        TypedResults.Json(run, ApiJson.Default.RunResource, statusCode: status);
}
