using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Wizart.Flow.Web.Access;
using Wizart.Flow.Web.Telemetry;

namespace Wizart.Flow.Web.Health;

/// <summary>What machines ask: <c>/health</c>, <c>/alive</c>, <c>/metrics</c>.</summary>
public static class HealthEndpoints
{
    /// <summary>Adds what they need; the host adds the parts that it knows of as <see cref="IHealthPart"/>.</summary>
    public static IServiceCollection AddFlowHealth(this IServiceCollection services) => services
        .AddSingleton<IHealthPart, DatabaseHealth>().AddSingleton<HealthCheck>().AddSingleton<FlowMetrics>();

    /// <summary>Maps them. Health is for everybody: a load balancer has no token.</summary>
    public static void MapFlowHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/alive", () => Results.Text("alive")).AllowAnonymous().WithMetadata(new ForPrograms());
        endpoints.MapGet("/health", HealthAsync).AllowAnonymous().WithMetadata(new ForPrograms());
        MetricsEndpoint.Map(endpoints);
    }

    private static async Task<IResult> HealthAsync(HttpContext context, HealthCheck check)
    {
        context.Response.Headers.CacheControl = "no-store";
        var report = await check.CheckAsync(context.RequestAborted);
        return TypedResults.Json(
            report, ApiJson.Default.HealthReport,
            statusCode: report.Status == PartStatus.Failed ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
    }
}
