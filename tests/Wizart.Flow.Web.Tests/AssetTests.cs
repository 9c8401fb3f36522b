using System.Net;
using System.Text.Json;
using Wizart.Flow.Model;

namespace Wizart.Flow.Web.Tests;

public sealed class AssetTests
{
    private static readonly AssetModel Prices = new()
    {
        Uri = "wizart://prices",
        Type = new TypeModel("decimal[]"),
        Schema = Models.Json("""{"type":"array","items":{"type":"number"}}"""),
    };

    private static readonly AssetModel Signal = new() { Uri = "wizart://signal" };

    [Fact]
    public async Task Assets_are_listed_with_who_makes_and_follows_them()
    {
        await using var server = await StartAsync();
        var assets = (await server.Get("assets")).Json;
        Assert.Equal(["wizart://prices", "wizart://signal"], assets.EnumerateArray().Select(a => Text(a, "uri")));
        var prices = assets[0];
        Assert.Equal(("decimal[]", JsonValueKind.Null), (Text(prices, "type"), prices.GetProperty("latest").ValueKind));
        Assert.Equal(["maker/make"], prices.GetProperty("makers").EnumerateArray().Select(m => m.GetString()));
        Assert.Equal(["both", "follower"], prices.GetProperty("followers").EnumerateArray().Select(m => m.GetString()).Order());
        Assert.Equal(["follower/take"], prices.GetProperty("takers").EnumerateArray().Select(m => m.GetString()));

        var id = prices.GetProperty("id").GetInt64();
        Assert.Equal("wizart://prices", Text((await server.Get($"assets/{id}")).Json, "uri"));
        Assert.Equal("wizart://signal", Text((await server.Get("assets?uri=wizart%3A%2F%2Fsignal")).Json[0], "uri"));
        (await server.Get("assets/4711")).Problem(HttpStatusCode.NotFound, "not_found");
        Assert.Contains("Did you mean 'wizart://prices'?", (await server.Get("assets?uri=wizart%3A%2F%2Fprice")).Problem(HttpStatusCode.NotFound, "not_found"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_update_starts_what_follows_and_can_be_looked_at()
    {
        await using var server = await StartAsync();
        var told = await server.Post("assets/events", """{"uri": "wizart://prices", "value": [1.5, 2], "extra": {"file": "a.csv"}}""");
        Assert.Equal((HttpStatusCode.Created, "ada", "wizart://prices"), (told.Status, Text(told.Json, "by"), Text(told.Json, "uri")));
        var run = Assert.Single((await server.Get("dags/follower/runs")).Json.EnumerateArray());
        Assert.Equal("asset", Text(run, "kind"));
        var started = (await server.Get($"runs/{run.GetProperty("id").GetInt64()}/assets")).Json;
        Assert.Equal("[1.5, 2]", started[0].GetProperty("value").GetRawText());
        Assert.Equal("a.csv", Text(started[0].GetProperty("extra"), "file"));

        var id = (await server.Get("assets")).Json[0].GetProperty("id").GetInt64();
        Assert.Equal(HttpStatusCode.Created, (await server.Post($"assets/{id}/events", """{"value": []}""")).Status);
        var events = (await server.Get($"assets/{id}/events")).Json;
        Assert.Equal(["[]", "[1.5, 2]"], events.EnumerateArray().Select(e => e.GetProperty("value").GetRawText()));
        var before = events[0].GetProperty("id").GetInt64();
        Assert.Equal("[1.5, 2]", Assert.Single((await server.Get($"assets/{id}/events?before={before}&count=5")).Json.EnumerateArray()).GetProperty("value").GetRawText());
        Assert.Equal("update asset", Text((await server.Get("audit")).Json[0], "action"));
    }

    [Theory]
    [InlineData("""{"uri": "wizart://prices", "value": ["a"]}""", "element 0 of the value must be a number")]
    [InlineData("""{"uri": "wizart://prices"}""", "has a value (decimal[]): give it")]
    [InlineData("""{"uri": "wizart://signal", "value": 1}""", "has no value")]
    [InlineData("""{"value": 1}""", "Give the asset")]
    [InlineData("""{"uri": "wizart://prices", "values": 1}""", "no property 'values'")]
    public async Task A_bad_update_is_refused(string body, string why)
    {
        await using var server = await StartAsync();
        Assert.Contains(why, (await server.Post("assets/events", body)).Problem(HttpStatusCode.BadRequest, "invalid"), StringComparison.Ordinal);
        Assert.Equal("[]", (await server.Get("dags/follower/runs")).Text);
    }

    [Fact]
    public async Task What_is_waited_for_is_shown_and_edited()
    {
        await using var server = await StartAsync();
        (await server.Post("assets/events", """{"uri": "wizart://prices", "value": []}""")).Json.GetProperty("id").GetInt64();
        var all = (await server.Get("waiting")).Json;
        Assert.Equal(["both", "follower"], all.EnumerateArray().Select(w => Text(w, "dagId")));
        var both = all[0];
        Assert.Equal(("wizart://prices and wizart://signal", "either", false), (Text(both, "condition"), Text(both, "timing"), both.GetProperty("holds").GetBoolean()));
        Assert.Equal([true, false], Updated(both));

        Assert.Equal([false, false], Updated((await Patch(server, "both", """{"uri": "wizart://prices", "updated": false}""")).Json));
        Assert.Equal([false, true], Updated((await Patch(server, "both", """{"uri": "wizart://signal", "updated": true}""")).Json));
        Assert.Equal([false, true], Updated((await server.Get("dags/both/waiting")).Json));
        Assert.Equal([false, false], Updated((await Patch(server, "both", """{"uri": "wizart://prices", "updated": true}""")).Json));
        Assert.Single((await server.Get("dags/both/runs")).Json.EnumerateArray());

        Assert.Contains("does not follow", (await Patch(server, "both", """{"uri": "wizart://other", "updated": true}""")).Problem(HttpStatusCode.NotFound, "not_found"), StringComparison.Ordinal);
        Assert.Contains("updated must be given", (await Patch(server, "both", """{"uri": "wizart://prices"}""")).Problem(HttpStatusCode.BadRequest, "invalid"), StringComparison.Ordinal);
        Assert.Contains("follows no assets", (await server.Get("dags/maker/waiting")).Problem(HttpStatusCode.Conflict, "conflict"), StringComparison.Ordinal);
        (await server.Get("dags/none/waiting")).Problem(HttpStatusCode.NotFound, "not_found");
    }

    private static IEnumerable<bool> Updated(JsonElement waiting) =>
        waiting.GetProperty("assets").EnumerateArray().Select(a => a.GetProperty("updated").GetBoolean());

    private static Task<Answer> Patch(ApiServer server, string dagId, string body) => server.Send(HttpMethod.Patch, $"dags/{dagId}/waiting", body);

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();

    private static Task<ApiServer> StartAsync()
    {
        var maker = Models.Chain("maker", "make");
        maker = maker with { Tasks = [maker.Tasks[0] with { Into = ["wizart://prices"] }], Assets = [Prices] };
        var follower = Models.Chain("follower", "take");
        follower = follower with
        {
            Tasks = [follower.Tasks[0] with { Inputs = [new InputModel(InputKind.Asset, "wizart://prices", Prices.Type!)] }],
            Schedule = new AssetScheduleModel(new AssetUpdated("wizart://prices")) { Text = "On wizart://prices" },
            Assets = [Prices],
        };
        var both = Models.Chain("both", "t") with
        {
            Schedule = new AssetScheduleModel(new AllAssets([new AssetUpdated("wizart://prices"), new AssetUpdated("wizart://signal")])) { Text = "On both" },
            Assets = [Prices, Signal],
        };
        return ApiServer.StartAsync(maker, follower, both);
    }
}
