using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Wizart.Flow.Engine;
using Wizart.Flow.Engine.Access;
using Wizart.Flow.Engine.Simulations;
using Wizart.Flow.Web.Access;

namespace Wizart.Flow.Web;

/// <summary>What the schedules would bring: the scheduler itself on a fake clock, with the DAGs as they are now, without running bodies.</summary>
internal static class SimulationEndpoints
{
    private const int MostDays = 366;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/simulations", NextDaysAsync).Needs(Role.Viewer);
        api.MapPost("/simulate", SimulateAsync).Needs(Role.Viewer);
    }

    private static async Task<IResult> NextDaysAsync(HttpContext context, FlowEngine engine, Simulator simulator, TimeProvider time)
    {
        var query = new QueryReader(context.Request.Query);
        var (days, ids) = (query.Integer("days", 1, MostDays) ?? 7, query.Texts("dag"));
        query.Check();
        var now = time.GetUtcNow();
        return await ViewAsync(simulator, new SimulationOptions(Simulator.Dags(engine, ids), now, now.AddDays(days)), context.RequestAborted);
    }

    private static async Task<IResult> SimulateAsync(HttpContext context, FlowEngine engine, Simulator simulator, TimeProvider time)
    {
        var body = await RequestBody.ReadAsync(context, "from", "to", "dags", "fresh", "downtimes", "pauses");
        var from = body.Time("from", TimeZoneInfo.Utc) ?? time.GetUtcNow();
        var to = body.Time("to", TimeZoneInfo.Utc) ?? from.AddDays(from < DateTimeOffset.MaxValue.AddDays(-7) ? 7 : 0);
        var ids = body.Texts("dags", "dags must be a list of ids of DAGs: [\"orders\"].");
        var spans = new SimulationSpans(body);
        var options = body.Checked(new SimulationOptions([], from, to)
        {
            Fresh = body.Flag("fresh"),
            Downtimes = spans.Downtimes(),
            Pauses = spans.Pauses(),
        });
        if (to - from > TimeSpan.FromDays(MostDays)) throw ApiProblem.Invalid($"A simulation covers at most {MostDays} days.");
        return await ViewAsync(simulator, options with { Dags = Simulator.Dags(engine, ids) }, context.RequestAborted);
    }

    private static async Task<IResult> ViewAsync(Simulator simulator, SimulationOptions options, CancellationToken cancellation)
    {
        var result = await simulator.RunAsync(options, cancellation);
        return TypedResults.Json(
            new SimulationResource(
                options.From, options.To,
                [
                    .. result.Runs.Select(r => new SimulatedRunResource(
                        r.DagId, r.Kind, r.LogicalDate, r.Interval.Start, r.Interval.End, r.CreatedAt, r.StartedAt, r.Cause)),
                ],
                result.Continuous, result.Paused, result.Endless),
            ApiJson.Default.SimulationResource);
    }
}
