using System.Net;
using Wizart.Flow.Engine.Access;

namespace Wizart.Flow.Web.Tests;

/// <summary>Every endpoint that is mapped: the good call, without a token, with too small a role, malformed, and of what there is not.</summary>
public sealed class EndpointTests(EndpointWorld.Shared shared) : IClassFixture<EndpointWorld.Shared>
{
    public static TheoryData<string> Routes => [.. EndpointTable.Rows.Select(r => r.Route)];

    [Fact]
    public async Task Every_endpoint_has_a_row_and_words_and_every_row_an_endpoint()
    {
        await using var server = await ApiServer.StartAsync();
        var mapped = Endpoint.Of(server.Services).Select(e => e.ToString()).ToArray();
        var rows = EndpointTable.Rows.Select(r => r.Route).ToArray();
        Assert.True(!mapped.Except(rows).Any(), $"Add rows to EndpointTable for: {string.Join(", ", mapped.Except(rows))}");
        Assert.True(!rows.Except(mapped).Any(), $"There are no endpoints for these rows: {string.Join(", ", rows.Except(mapped))}");
        var document = (await server.Get("openapi.json")).Json.GetProperty("paths");
        var told = document.EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(m => $"{m.Name.ToUpperInvariant()} {path.Name["/api/v1".Length..]}")).ToArray();
        var expected = mapped.Select(m => m.Replace("{id:long}", "{id}", StringComparison.Ordinal).Replace("{**file}", "{file}", StringComparison.Ordinal)).ToArray();
        Assert.True(!expected.Except(told).Any(), $"Say in ApiWords what these do: {string.Join(", ", expected.Except(told))}");
        Assert.All(EndpointTable.Rows, row => Assert.True(
            row.Harmless is not null || row.BadPath is not null || row.BadBody is not null, $"{row} needs a malformed request, or the reason why there is none."));
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task It_answers(string route)
    {
        await using var world = await EndpointWorld.StartAsync();
        var row = EndpointTable.Rows.Single(r => r.Route == route);
        var answer = await world.SendAsync(row, row.Path, row.Body);
        Assert.True((int)answer.Status == row.Status, $"{route} answered {(int)answer.Status}: {answer.Text}");
        if (answer.Status == HttpStatusCode.OK && row.Route.StartsWith("GET", StringComparison.Ordinal)) await UnchangedAsync(world, row, answer);
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task It_refuses_who_has_no_token_or_a_wrong_one(string route)
    {
        var world = shared.World;
        var endpoint = Endpoint.Of(world.Server.Services).Single(e => e.ToString() == route);
        var row = EndpointTable.Rows.Single(r => r.Route == route);
        foreach (var token in (string?[])[null, "0123456789abcdef-wrong"])
        {
            var answer = await world.SendAsync(row, row.Path, row.Body, token, withToken: false);
            if (endpoint.Role is null) Assert.Equal(row.Status, (int)answer.Status);
            else answer.Problem(HttpStatusCode.Unauthorized, "unauthorized");
        }
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task It_refuses_whose_role_is_too_small(string route)
    {
        var world = shared.World;
        var endpoint = Endpoint.Of(world.Server.Services).Single(e => e.ToString() == route);
        if (endpoint.Role is null or Role.Viewer) return; // nobody who has a token is less
        var row = EndpointTable.Rows.Single(r => r.Route == route);
        if (ApiServer.TokenOf(endpoint.Role.Value - 1) is not { } token)
        {
            Assert.Skip("Tokens have no roles.");
            return;
        }

        (await world.SendAsync(row, row.Path, row.Body, token, withToken: false)).Problem(HttpStatusCode.Forbidden, "forbidden");
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task It_tells_what_is_wrong_with_a_malformed_request(string route)
    {
        var world = shared.World;
        var row = EndpointTable.Rows.Single(r => r.Route == route);
        if (row.BadPath is { } path) Refused(await world.SendAsync(row, path, row.Body));
        if (row.BadBody is not { } body) return;
        Refused(await world.SendAsync(row, row.Path, body));
        Refused(await world.SendAsync(row, row.Path, "{\"never ends\": "));
        Refused(await world.SendAsync(row, row.Path, "\"\\ud800\""));
        Refused(await world.SendAsync(row, row.Path, """{"no such property": 1}"""));
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task It_tells_what_there_is_not(string route)
    {
        var world = shared.World;
        var row = EndpointTable.Rows.Single(r => r.Route == route);
        if (row.Unknown is not { } path) return; // it names nothing
        var body = route == "POST /simulate" ? """{"dags": ["nothing"]}""" : row.Body;
        (await world.SendAsync(row, path, body)).Problem(HttpStatusCode.NotFound, "not_found");
    }

    private static void Refused(Answer answer) => Assert.NotEmpty(answer.Problem(HttpStatusCode.BadRequest, "invalid"));

    private static async Task UnchangedAsync(EndpointWorld world, EndpointTable.Row row, Answer answer)
    {
        if (answer.Headers.ETag is not { } tag) return;
        Assert.False(tag.IsWeak);
        using var request = world.Request(row, row.Path, null);
        request.Headers.IfNoneMatch.Add(tag);
        var again = await world.SendAsync(request);
        Assert.Contains(again.Status, new[] { HttpStatusCode.NotModified, HttpStatusCode.OK }); // what moves may have moved
        if (again.Status == HttpStatusCode.OK) Assert.NotEqual(tag, again.Headers.ETag);
        else Assert.Empty(again.Text);
    }
}
