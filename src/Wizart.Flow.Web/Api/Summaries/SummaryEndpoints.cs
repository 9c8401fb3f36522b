using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Wizart.Flow.Engine;
using Wizart.Flow.Engine.Access;
using Wizart.Flow.Engine.Backfills;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Web.Access;

namespace Wizart.Flow.Web;

/// <summary>The house at a glance, and single things that lists have as well.</summary>
internal static class SummaryEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/summary", SummaryAsync).Needs(Role.Viewer);
        api.MapGet("/pools/{name}", PoolAsync).Needs(Role.Viewer);
        api.MapGet("/errors/{**file}", ErrorAsync).Needs(Role.Viewer);
    }

    private static async Task<IResult> SummaryAsync(FlowEngine engine, IFlowQueries queries, IFlowStore store, CancellationToken cancellation)
    {
        var dags = await queries.DagsAsync(includeInactive: false, cancellation);
        var tasks = await queries.LiveTasksAsync(cancellation);
        var backfills = await store.BackfillsAsync(new BackfillFilter(Unfinished: true, Count: QueryReader.MaximumCount), cancellation);
        var summary = new SummaryResource(
            dags.Count, dags.Count(d => d.Dag.IsPaused),
            dags.SelectMany(d => d.RunCounts).GroupBy(c => c.Key).ToDictionary(of => SnakeCaseEnums.Word(of.Key), of => of.Sum(c => (long)c.Value)),
            tasks.ToDictionary(t => SnakeCaseEnums.Word(t.Key), t => t.Value), engine.Options.Slots, engine.Running.Count,
            tasks.GetValueOrDefault(TaskState.Queued), [.. (await engine.Pools.ListAsync(cancellation)).Select(PoolResource.Of)],
            (await queries.ApprovalsAsync(null, QueryReader.MaximumCount, cancellation)).Count, backfills.Count,
            (await queries.ImportErrorsAsync(cancellation)).Count);
        return TypedResults.Json(summary, ApiJson.Default.SummaryResource);
    }

    private static async Task<IResult> PoolAsync(string name, FlowEngine engine, CancellationToken cancellation)
    {
        var pools = await engine.Pools.ListAsync(cancellation);
        return pools.FirstOrDefault(p => p.Pool.Name == name) is { } pool
            ? TypedResults.Json(PoolResource.Of(pool), ApiJson.Default.PoolResource)
            : throw ApiProblem.NotFound($"There is no pool '{name}'.{Nearest.Hint(name, pools.Select(p => p.Pool.Name))}");
    }

    private static async Task<IResult> ErrorAsync(string file, IFlowQueries queries, CancellationToken cancellation) =>
        (await queries.ImportErrorsAsync(cancellation)).FirstOrDefault(e => e.File == file) is { } error
            ? TypedResults.Json(ImportErrorResource.Of(error), ApiJson.Default.ImportErrorResource)
            : throw ApiProblem.NotFound($"Nothing is wrong with '{file}', or there is no such script.");
}
