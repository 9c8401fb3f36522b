using System.Net;
using System.Text.Json;

namespace Wizart.Flow.Web.Tests;

/// <summary>Versions, what comes next, and the house at a glance.</summary>
public sealed class OverviewTests
{
    [Fact]
    public async Task Versions_are_listed_and_compared()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("x", "a"));
        await server.PublishAsync(Models.Chain("x", "a", "b"));
        var versions = (await server.Get("dags/x/versions")).Json.EnumerateArray().ToArray();
        Assert.Equal([(2, true), (1, false)], versions.Select(v => (v.GetProperty("number").GetInt32(), v.GetProperty("active").GetBoolean())));
        Assert.Equal(("x.csx", "code"), (Text(versions[0], "file"), Text(versions[0], "codeHash")));
        foreach (var query in (string[])["", "?from=1&to=2"])
        {
            var lines = (await server.Get($"dags/x/diff{query}")).Json.GetProperty("lines").EnumerateArray().Select(l => Text(l, "sign") + Text(l, "text"));
            Assert.Contains("-// x: a", lines);
            Assert.Contains("+// x: a, b", lines);
        }

        Assert.Empty((await server.Get("dags/x/diff?from=2&to=2")).Json.GetProperty("lines").EnumerateArray());
        (await server.Get("dags/x/diff?from=3")).Problem(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task The_next_days_are_simulated_with_the_dags_as_they_are()
    {
        await using var server = await ApiServer.StartAsync(Models.Daily("a"), Models.Daily("b"), Models.Chain("c", "t"));
        await server.Post("dags/b/pause");
        var next = (await server.Get("simulations?days=3")).Json;
        Assert.Equal(["a", "a", "a"], next.GetProperty("runs").EnumerateArray().Select(r => Text(r, "dagId")));
        Assert.Equal("b", next.GetProperty("paused")[0].GetString());
        var past = (await server.Post("simulate", """{"from": "2026-03-01", "to": "2026-03-05", "dags": ["a"], "downtimes": [{"from": "2026-03-02T00:00:00Z", "to": "2026-03-04T12:00:00Z"}]}""")).Json;
        Assert.Contains("downtime", past.GetProperty("runs").EnumerateArray().Select(r => Text(r, "why")));
        (await server.Post("simulate", """{"from": "2026-01-01", "to": "2028-01-01"}""")).Problem(HttpStatusCode.BadRequest, "invalid");
        (await server.Post("simulate", """{"from": "2026-02-01", "to": "2026-01-01"}""")).Problem(HttpStatusCode.BadRequest, "invalid");
        Assert.Empty((await server.Get("runs")).Json.EnumerateArray());
    }

    [Fact]
    public async Task What_is_next_is_told_over_all_dags_that_are_not_paused()
    {
        await using var server = await ApiServer.StartAsync(Models.Daily("a"), Models.Daily("b"), Models.Daily("c"));
        await server.Post("dags/c/pause");
        var next = (await server.Get("next?count=3&after=2026-11-01T00:00:00Z")).Json.EnumerateArray().ToArray();
        Assert.Equal(["a", "b", "a"], next.Select(n => Text(n, "dagId")));
        Assert.Equal(next[0].GetProperty("runAfter").GetDateTimeOffset(), next[1].GetProperty("runAfter").GetDateTimeOffset());
    }

    [Fact]
    public async Task The_house_is_told_at_a_glance()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("a", "t"), Models.Chain("b", "u"));
        server.Bodies.Set("u", attempt => attempt.UntilStoppedAsync());
        await server.Run("a");
        var running = await server.Trigger("b");
        await server.Post("dags/a/pause");
        var summary = (await server.Get("summary")).Json;
        Assert.Equal((2, 1, 8), (summary.GetProperty("dags").GetInt32(), summary.GetProperty("pausedDags").GetInt32(), summary.GetProperty("slots").GetInt32()));
        Assert.Equal((1, 1), (summary.GetProperty("runs").GetProperty("success").GetInt32(), summary.GetProperty("runs").GetProperty("running").GetInt32()));
        Assert.Equal(1, summary.GetProperty("tasks").EnumerateObject().Sum(t => t.Value.GetInt32()));
        await server.Post($"runs/{running}/cancel");
    }

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();
}
