using System.Net;

namespace Wizart.Flow.Web.Tests;

public sealed class PagingTests
{
    [Fact]
    public async Task Lists_are_walked_through_by_their_links()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("a", "t"), Models.Daily("b"), Models.Chain("c", "t"));
        for (var i = 0; i < 5; i++) await server.Run(i % 2 == 0 ? "a" : "b");
        for (var i = 0; i < 4; i++) await server.Send(HttpMethod.Put, $"variables/v{i}", $$"""{"value": {{i}}}""");
        await server.PublishAsync(Models.Chain("a", "t", "u"));

        Assert.Equal(["a", "b", "c"], await WalkAsync(server, "dags?count=1", "id"));
        Assert.Equal(["5", "4", "3", "2", "1"], await WalkAsync(server, "runs?count=2", "id"));
        Assert.Equal(["1", "2", "3", "4", "5"], await WalkAsync(server, "runs?count=2&order=oldest", "id"));
        Assert.Equal(["5", "3", "1"], await WalkAsync(server, "runs?count=1&dag=a&state=success", "id"));
        Assert.Equal(["v0", "v1", "v2", "v3"], await WalkAsync(server, "variables?count=3", "name"));
        Assert.Equal(["2", "1"], await WalkAsync(server, "dags/a/versions?count=1", "number"));
        Assert.False((await server.Get("dags?count=3")).Headers.Contains("Link"));
    }

    [Theory]
    [InlineData("latest_date")]
    [InlineData("earliest_date")]
    public async Task Runs_are_walked_through_by_logical_date_with_several_of_the_same(string order)
    {
        await using var server = await ApiServer.StartAsync(Models.Daily("b"));
        foreach (var day in (int[])[3, 1, 2, 1, 1]) await server.Run("b", $$"""{"date": "2026-03-0{{day}}T06:00"}""");
        var expected = (string[])["1", "3", "4", "5", "2"];
        if (order == "earliest_date") expected = ["2", "4", "5", "3", "1"];
        else expected = ["1", "3", "5", "4", "2"];
        Assert.Equal(expected, await WalkAsync(server, $"runs?count=2&order={order}", "id"));
    }

    [Fact]
    public async Task Runs_are_picked_by_several_states_and_kinds_and_by_who_asked()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("a", "t"), Models.Chain("b", "u"));
        server.Bodies.Set("u", Outcomes.Fails("No."));
        await server.Run("a");
        await server.Run("b");
        Assert.Equal(["2", "1"], await IdsAsync(server, "runs?state=success&state=failed"));
        Assert.Equal(["2"], await IdsAsync(server, "runs?state=failed,cancelled"));
        Assert.Equal(["2", "1"], await IdsAsync(server, "runs?dag=a&dag=b&kind=manual,scheduled&createdBy=ada"));
        Assert.Empty(await IdsAsync(server, "runs?kind=asset"));
        Assert.Empty(await IdsAsync(server, "runs?createdBy=bob"));
        Assert.Empty(await IdsAsync(server, "runs?startedSince=2999-01-01"));
        Assert.Equal(2, (await IdsAsync(server, "runs?startedSince=2001-01-01")).Length);
    }

    [Fact]
    public async Task A_cursor_of_another_list_is_refused()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("a", "t"), Models.Chain("b", "t"));
        var next = Next(await server.Get("dags?count=1"))!;
        var cursor = next.Split("cursor=")[1];
        (await server.Get($"runs?cursor={cursor}")).Problem(HttpStatusCode.BadRequest, "invalid");
        (await server.Get("runs?cursor=")).Problem(HttpStatusCode.BadRequest, "invalid");
    }

    private static async Task<string[]> WalkAsync(ApiServer server, string path, string name)
    {
        var found = new List<string>();
        for (var next = path; next is not null;)
        {
            var answer = await server.Get(next);
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            found.AddRange(answer.Json.EnumerateArray().Select(item => item.GetProperty(name).ToString()));
            next = Next(answer);
        }

        return [.. found];
    }

    private static async Task<string[]> IdsAsync(ApiServer server, string path) =>
        [.. (await server.Get(path)).Json.EnumerateArray().Select(run => run.GetProperty("id").ToString())];

    private static string? Next(Answer answer) =>
        answer.Headers.TryGetValues("Link", out var links) ? links.Single().Split('<')[1].Split('>')[0] : null;
}
