using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Wizart.Flow.Engine.Access;
using Wizart.Flow.Web.Access;

namespace Wizart.Flow.Web;

/// <summary>The REST API: <c>/api/v1</c>.</summary>
public static class FlowApi
{
    /// <summary>Where it begins.</summary>
    public const string Root = "/api/v1";

    /// <summary>
    /// Adds what the API needs beside <see cref="Engine.FlowEngine"/>, <see cref="Engine.Storage.IFlowQueries"/>,
    /// <see cref="Engine.Storage.IFlowStore"/>, <see cref="Engine.Attempts.IArtifactStore"/> and <see cref="ApiTokens"/>, which
    /// the host adds, and who is let in.
    /// </summary>
    public static IServiceCollection AddFlowApi(this IServiceCollection services, AccessOptions? access = null)
    {
        services.AddFlowAccess(access);
        services.AddSingleton<RunViews>().AddSingleton<DagViews>().AddSingleton<TaskViews>().AddSingleton<LogFollower>();
        services.AddSingleton<InputViews>().AddSingleton<RunStream>().AddSingleton<Simulator>();
        services.AddApiReference();
        return services;
    }

    /// <summary>Adds the API's endpoints. All but <c>/health</c> need a token or a session; every error is problem details (RFC 9457).</summary>
    public static IEndpointConventionBuilder MapFlowApi(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup(Root);
        api.AddEndpointFilter<RouteGroupBuilder, ProblemFilter>();
        api.AddEndpointFilter<RouteGroupBuilder, EntityTagFilter>();
        api.Needs(Role.Viewer);

        HouseEndpoints.Map(api);
        DagEndpoints.Map(api);
        RunEndpoints.Map(api);
        BackfillEndpoints.Map(api);
        ReworkEndpoints.Map(api);
        AssetEndpoints.Map(api);
        MetricEndpoints.Map(api);
        TaskEndpoints.Map(api);
        ApprovalEndpoints.Map(api);
        ArtifactEndpoints.Map(api);
        VariableEndpoints.Map(api);
        PoolEndpoints.Map(api);
        UserEndpoints.Map(api);
        TokenEndpoints.Map(api);
        VersionEndpoints.Map(api);
        InstanceEndpoints.Map(api);
        ConnectionEndpoints.Map(api);
        SimulationEndpoints.Map(api);
        SummaryEndpoints.Map(api);
        ApiReference.MapDocument(api);
        ApiReference.MapPage(endpoints);
        api.Describe();
        api.Map("/{**path}", (HttpContext context) => Unknown(context));
        return api;
    }

    private static IResult Unknown(HttpContext context) =>
        throw ApiProblem.NotFound($"There is no {context.Request.Method} {context.Request.Path}. The API's paths begin with {Root}/dags or {Root}/runs.");
}
