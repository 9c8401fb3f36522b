using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Wizart.Flow.Engine.Access;
using Wizart.Flow.Web.Access;

namespace Wizart.Flow.Web.Tests.Access;

/// <summary>Every endpoint there is, also those that are added later: who may, who may not, who is nobody.</summary>
public sealed partial class EndpointRoleTests
{
    /// <summary>What anybody may ask for, and nothing else.</summary>
    private static readonly string[] Anonymous =
    [
        "GET /sign-in", "POST /sign-in", "POST /sign-out", "GET /sign-in/oidc", "GET /sign-in/once/{code}", "POST /sign-in/once/{code}",
        "GET /static/{version}/{name}", "GET /api/scalar.js", "GET /api/scalar.aspnetcore.js", "GET /api/favicon.svg", "GET /api/v1/health", "GET /health", "GET /alive", "GET /-/metrics",
    ];

    /// <summary>What is sent and is open to viewers: it is about themselves, or changes nothing.</summary>
    private static readonly string[] Own =
        ["POST /api/v1/simulate", "POST /api/v1/tokens", "DELETE /api/v1/tokens/{id}", "POST /tokens", "POST /tokens/{id}/revoke", "POST /account/password"];

    [Fact]
    public async Task Each_endpoint_names_its_role_or_stands_in_the_list_of_those_for_anybody()
    {
        await using var server = await ApiServer.StartAsync();
        var endpoints = Routes(server);
        Assert.True(endpoints.Count > 60, $"Only {endpoints.Count} endpoints were found.");
        var open = endpoints.Where(e => e.IsAnonymous).Select(e => e.Name).ToHashSet();
        Assert.Equal([], open.Except(Anonymous));
        Assert.Equal([], endpoints.Where(e => !e.IsAnonymous && e.Role is null).Select(e => e.Name));
    }

    [Fact]
    public async Task What_changes_something_needs_more_than_a_viewer()
    {
        await using var server = await ApiServer.StartAsync();
        var wrong = Routes(server).Where(e => e is { IsAnonymous: false, Role: Role.Viewer } && e.Method is not ("GET" or "HEAD") && !e.IsCatchAll);
        Assert.Equal([], wrong.Select(e => e.Name).Except(Own));
    }

    [Fact]
    public async Task Nobody_gets_in_without_a_token_or_a_session()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("x", "t"));
        using var client = server.Program("flow_not-a-token-of-this-daemon");
        using var nobody = server.Browser();
        foreach (var endpoint in Routes(server).Where(e => !e.IsAnonymous))
        {
            using var wrong = await client.SendAsync(endpoint.Request(server.Url));
            Assert.True(wrong.StatusCode == HttpStatusCode.Unauthorized, $"{endpoint.Name} answers {wrong.StatusCode} to a wrong token");
            using var none = await nobody.Http.SendAsync(endpoint.Request(server.Url));
            var expected = endpoint.IsApi ? HttpStatusCode.Unauthorized : HttpStatusCode.Redirect;
            Assert.True(none.StatusCode == expected, $"{endpoint.Name} answers {none.StatusCode} to nobody");
        }
    }

    [Theory]
    [InlineData(Role.Viewer)]
    [InlineData(Role.Operator)]
    [InlineData(Role.Author)]
    [InlineData(Role.Admin)]
    public async Task Each_role_gets_as_far_as_it_goes(Role role)
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("x", "t"));
        foreach (var endpoint in Routes(server).Where(e => !e.IsAnonymous && !e.IsStream))
        {
            using var client = await server.Program(role); // each its own: some take the caller's rights away
            using var answer = await client.SendAsync(endpoint.Request(server.Url), HttpCompletionOption.ResponseHeadersRead);
            var isForbidden = answer.StatusCode == HttpStatusCode.Forbidden;
            Assert.True(isForbidden == role < endpoint.Role, $"{endpoint.Name} needs {endpoint.Role} and answers {answer.StatusCode} to {role}");
            Assert.True(
                answer.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.InternalServerError), $"{endpoint.Name} answers {answer.StatusCode} to {role}");
        }
    }

    private static List<Route> Routes(ApiServer server) =>
    [
        .. server.Endpoints.OfType<RouteEndpoint>().SelectMany(endpoint =>
            (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(method => new Route(
                method,
                "/" + endpoint.RoutePattern.RawText!.TrimStart('/'),
                endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null,
                endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(data => RoleRules.RoleOf(data.Policy)).Max()))),
    ];

    private sealed partial record Route(string Method, string Pattern, bool IsAnonymous, Role? Role)
    {
        public string Name => $"{Method} {Pattern}";

        public bool IsApi => Pattern.StartsWith("/api/v1", StringComparison.Ordinal);

        public bool IsCatchAll => Pattern.Contains("{**", StringComparison.Ordinal);

        /// <summary>Whether it answers until somebody goes away.</summary>
        public bool IsStream => Pattern is "/live" || Pattern.EndsWith("/wait", StringComparison.Ordinal);

        public HttpRequestMessage Request(string url) => new(new HttpMethod(Method), url + Parameter().Replace(Pattern, "7"))
        {
            Content = Method is "GET" or "HEAD" or "DELETE" ? null : new StringContent("{}", Encoding.UTF8, "application/json"),
        };

        [GeneratedRegex(@"\{[^}]*\}")]
        private static partial Regex Parameter();
    }
}
