using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Wizart.Flow.Engine;
using Wizart.Flow.Engine.Access;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Engine.Timetables;
using Wizart.Flow.Web.Access;

namespace Wizart.Flow.Web;

/// <summary>The versions of a DAG, what changed between them, and what all schedules ask for next.</summary>
internal static class VersionEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/dags/{dagId}/versions", ListAsync).Needs(Role.Viewer);
        api.MapGet("/dags/{dagId}/diff", DiffAsync).Needs(Role.Viewer);
        api.MapGet("/next", Next).Needs(Role.Viewer);
    }

    private static async Task<IResult> ListAsync(HttpContext context, string dagId, FlowEngine engine, IFlowQueries queries)
    {
        var query = new QueryReader(context.Request.Query);
        var (count, before) = (query.Count(50), query.NumberKey());
        query.Check();
        var dag = engine.Commands.Find(dagId);
        var versions = await queries.VersionsAsync(dag.Id, before is null ? null : (int)Math.Min(before.Value, int.MaxValue), count, context.RequestAborted);
        if (versions.Count == count) PageRequest.Next(context, PageRequest.Key(versions[^1].Number));
        return TypedResults.Json(
            [.. versions.Select(v => new VersionItem(v.Number, v.IsActive, v.File, v.CodeHash, v.CreatedAt))], ApiJson.Default.VersionItemArray);
    }

    /// <summary><c>?from=</c> the older version, the one before the newer by default; <c>?to=</c> the newer one, the one in force by default.</summary>
    private static async Task<IResult> DiffAsync(HttpContext context, string dagId, FlowEngine engine, IFlowQueries queries)
    {
        var query = new QueryReader(context.Request.Query);
        var (from, to) = (query.Integer("from", 1, int.MaxValue), query.Integer("to", 1, int.MaxValue));
        query.Check();
        var dag = engine.Commands.Find(dagId);
        var after = await FindAsync(queries, dag, to ?? dag.Version.Number, context.RequestAborted);
        var before = await FindAsync(queries, dag, from ?? Math.Max(1, after.Number - 1), context.RequestAborted);
        return TypedResults.Json(
            new VersionDiffResource(dag.Id, before.Number, after.Number, LineDiff.Of(before.Source, after.Source)), ApiJson.Default.VersionDiffResource);
    }

    /// <summary>The next runs of all DAGs that are not paused, the earliest first.</summary>
    private static IResult Next(HttpContext context, FlowEngine engine, TimeProvider time)
    {
        var query = new QueryReader(context.Request.Query);
        var count = query.Count(10);
        var after = query.Time("after") ?? time.GetUtcNow();
        query.Check();
        var slots = engine.Catalog.All.Where(dag => dag is { IsActive: true, IsPaused: false })
            .SelectMany(dag => UpcomingSlots.After(dag.Version.Model, dag.ActiveSince, after).Take(count)
                .Select(slot => new NextResource(dag.Id, slot.LogicalDate, slot.Interval.Start, slot.Interval.End, slot.RunAfter)))
            .OrderBy(next => next.RunAfter).ThenBy(next => next.DagId, StringComparer.Ordinal).Take(count);
        return TypedResults.Json([.. slots], ApiJson.Default.NextResourceArray);
    }

    private static async Task<DagVersion> FindAsync(IFlowQueries queries, StoredDag dag, int number, CancellationToken cancellation) =>
        await queries.VersionAsync(dag.Id, number, cancellation)
            ?? throw ApiProblem.NotFound($"DAG '{dag.Id}' has no version {number}. Its newest is {dag.Version.Number}.");
}
