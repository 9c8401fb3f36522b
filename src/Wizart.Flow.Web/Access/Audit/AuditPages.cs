using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Wizart.Flow.Engine.Access;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Web.Access.Pages;

namespace Wizart.Flow.Web.Access;

/// <summary>The audit log, page by page.</summary>
internal static class AuditPages
{
    private const int PageLength = 100;

    public static void Map(RouteGroupBuilder pages) => pages.MapGet("/audit", ShowAsync).Needs(Role.Author);

    private static async Task<IResult> ShowAsync(HttpContext context, IFlowQueries queries)
    {
        var filter = AuditQuery.Read(context.Request.Query, PageLength);
        var entries = await queries.AuditAsync(filter, context.RequestAborted);
        return AccessPages.Page<AuditPage>(
            StatusCodes.Status200OK, ("Filter", filter), ("Entries", entries),
            ("Older", entries.Count < filter.Count ? null : Older(context.Request.Query, entries[^1].Id)));
    }

    private static string Older(IQueryCollection query, long id) => "audit" + QueryString.Create(
    [
        .. query.Where(q => q.Key != "before" && !string.IsNullOrEmpty(q.Value)).Select(q => KeyValuePair.Create(q.Key, (string?)q.Value[^1])),
        KeyValuePair.Create("before", (string?)$"{id}"),
    ]);
}
