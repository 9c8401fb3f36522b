using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Wizart.Flow.Engine.Access;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Web.Access;

namespace Wizart.Flow.Web;

/// <summary>The daemon itself: whether it lives, what it could not read, who changed what.</summary>
internal static class HouseEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/health", Health).AllowAnonymous();
        api.MapGet("/errors", ErrorsAsync);
        api.MapGet("/audit", AuditAsync).Needs(Role.Author);
    }

    private static IResult Health() => TypedResults.Json(new HealthResource("ok"), ApiJson.Default.HealthResource);

    private static async Task<IResult> ErrorsAsync(HttpContext context, IFlowQueries queries, CancellationToken cancellation)
    {
        var query = new QueryReader(context.Request.Query);
        var page = query.Page();
        query.Check();
        var errors = await queries.ImportErrorsAsync(cancellation);
        return TypedResults.Json([.. page.Cut(context, errors, e => e.File).Select(ImportErrorResource.Of)], ApiJson.Default.ImportErrorResourceArray);
    }

    private static async Task<IResult> AuditAsync(HttpContext context, IFlowQueries queries, CancellationToken cancellation)
    {
        var filter = AuditQuery.Read(context.Request.Query, 100);
        var entries = await queries.AuditAsync(filter, cancellation);
        if (entries.Count == filter.Count) PageRequest.Next(context, PageRequest.Key(entries[^1].Id));
        return TypedResults.Json(
            [.. entries.Select(e => new AuditResource(e.Id, e.At, e.Actor, e.Address, e.Action, e.Target, e.Detail))], ApiJson.Default.AuditResourceArray);
    }
}
