using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Wizart.Flow.Engine.Access;

namespace Wizart.Flow.Web.Tests;

/// <summary>One endpoint of the API as it is really mapped.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path below the API's root, with its parameters.</param>
/// <param name="Role">The role that it asks for; null when it is open to everybody.</param>
internal sealed record Endpoint(string Method, string Path, Role? Role)
{
    public override string ToString() => $"{Method} {Path}";

    /// <summary>All of them, but for the one that answers to what there is not.</summary>
    public static IReadOnlyList<Endpoint> Of(IServiceProvider services) =>
    [
        .. services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.StartsWith("/api/v1/", StringComparison.Ordinal))
            .SelectMany(e => (e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []).Select(method => Read(method, e)))
            .OrderBy(e => e.Path, StringComparer.Ordinal).ThenBy(e => e.Method, StringComparer.Ordinal),
    ];

    private static Endpoint Read(string method, RouteEndpoint endpoint) => new(
        method, endpoint.RoutePattern.RawText!["/api/v1".Length..],
        endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null
            ? null
            : endpoint.Metadata.OfType<IAuthorizeData>().Select(a => Enum.Parse<Role>(a.Policy!["Flow".Length..])).Max());
}
