using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Wizart.Flow.Engine.Access;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Web.Access;

namespace Wizart.Flow.Web.Telemetry;

/// <summary>
/// <c>/metrics</c> for Prometheus: without a token from this machine only, unless the settings say otherwise. A browser that asks for
/// a page gets the page of this path.
/// </summary>
internal static class MetricsEndpoint
{
    private const string Public = "/metrics";
    private const string Path = "/-/metrics";

    public static void Map(IEndpointRouteBuilder endpoints) => endpoints.MapGet(Path, ReadAsync).AllowAnonymous().WithMetadata(new ForPrograms());

    /// <summary>Leads who wants no page to the figures. Stands before routing.</summary>
    public static Task Route(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (request.Path == Public && HttpMethods.IsGet(request.Method) && !request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
            request.Path = Path;
        return next(context);
    }

    private static async Task<IResult> ReadAsync(HttpContext context, AccessOptions options, FlowMetrics metrics)
    {
        if (!options.AnonymousMetrics && !IsFromHere(context) && !context.User.May(Role.Viewer))
        {
            await Refusals.ChallengeAsync(context);
            return Results.Empty;
        }

        try
        {
            return Results.Text(await metrics.ReadAsync(context.RequestAborted), MetricsText.ContentType);
        }
        catch (StoreException error)
        {
            await ApiProblem.Unavailable(error.Message).WriteAsync(context);
            return Results.Empty;
        }
    }

    /// <summary>Whether the other end is a program on this machine, and no proxy on it that asks for somebody elsewhere.</summary>
    private static bool IsFromHere(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && !context.Request.Headers.ContainsKey("X-Forwarded-For") && !context.Request.Headers.ContainsKey("Forwarded");
}
