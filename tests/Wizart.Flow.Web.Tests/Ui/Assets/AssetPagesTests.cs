using System.Globalization;
using System.Net;
using Wizart.Flow.Model;

namespace Wizart.Flow.Web.Tests.Ui.Assets;

public sealed class AssetPagesTests
{
    private static readonly AssetModel Prices = new()
    {
        Uri = "wizart://prices",
        Type = new TypeModel("decimal[]"),
        Schema = Models.Json("""{"type":"array","items":{"type":"number"}}"""),
    };

    private static readonly AssetModel Signal = new() { Uri = "wizart://<script>alert(1)</script>" };

    [Fact]
    public async Task Assets_are_listed_with_who_makes_and_follows_them_and_their_latest_value()
    {
        await using var server = await StartAsync();
        (await server.Html("assets")).Says("wizart://prices", "decimal[]", "maker/make", "follower", "never");
        await server.Post("assets/events", """{"uri": "wizart://prices", "value": [1.5, 2]}""");
        var page = await server.Html("assets");
        page.Says("[1.5, 2]", "ada");
        page.IsHarmless();
        (await server.Html("assets?text=prices")).SaysNot("alert(1)");
        (await server.Html("assets?dag=maker")).SaysNot("alert(1)");
        (await server.Html("assets?text=zzz")).Says("No asset fits.");
    }

    [Fact]
    public async Task An_asset_shows_its_lineage_its_updates_and_what_its_followers_wait_for()
    {
        await using var server = await StartAsync();
        var id = await IdAsync(server, "wizart://prices");
        (await server.Html($"assets/{id}")).Says("Never updated.", "maker", "made by make", "started by updates", "waits for");
        await server.Post("assets/events", """{"uri": "wizart://prices", "value": [1.5], "extra": {"file": "a.csv"}}""");
        var page = await server.Html($"assets/{id}");
        page.Says("[1.5]", "a.csv", "ada", "1 update", "Clear");
        page.IsHarmless();
        Assert.Equal($"/assets/{id}", (await server.Page("assets?uri=wizart%3A%2F%2Fprices")).Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Updates_come_in_pages()
    {
        await using var server = await StartAsync();
        var id = await IdAsync(server, "wizart://prices");
        for (var i = 0; i < 27; i++) await server.Post("assets/events", $$"""{"uri": "wizart://prices", "value": [{{1000 + i}}]}""");
        var first = await server.Html($"assets/{id}");
        first.Says("[1026]", "Older");
        first.SaysNot("[1001]");
        var next = first[(first.IndexOf("before=", StringComparison.Ordinal) + 7)..];
        var second = await server.Html($"assets/{id}?before={next[..next.IndexOf('"', StringComparison.Ordinal)]}");
        second.Says("[1001]", "[1000]", "Newest");
        second.SaysNot("[1002]", "Older");
    }

    [Fact]
    public async Task An_update_is_told_of_by_a_form()
    {
        await using var server = await StartAsync();
        var id = await IdAsync(server, "wizart://prices");
        (await server.Html($"assets/{id}/update")).Says("decimal[]", "Its schema");
        (await server.Form($"assets/{id}/update", ("value", "[3, 4]"), ("extra", "{\"by\": \"hand\"}"))).LeadsTo($"assets/{id}");
        (await server.Html($"assets/{id}")).Says("[3, 4]", "hand");
        Assert.Single((await server.Get("dags/follower/runs")).Json.EnumerateArray());
        (await server.Html($"assets/{id}/update")).Says("[3, 4]");

        var signal = await IdAsync(server, Signal.Uri);
        (await server.Form($"assets/{signal}/update")).LeadsTo($"assets/{signal}");
    }

    [Theory]
    [InlineData("[\"a\"]", "", "element 0 of the value must be a number")]
    [InlineData("[1", "", "This is not JSON in line 1")]
    [InlineData("", "", "This must be given")]
    [InlineData("[1]", "{", "This is not JSON in line 1")]
    public async Task A_value_that_is_none_comes_back_with_its_mistake(string value, string extra, string why)
    {
        await using var server = await StartAsync();
        var id = await IdAsync(server, "wizart://prices");
        var answer = await server.Form($"assets/{id}/update", ("value", value), ("extra", extra));
        Assert.Equal((HttpStatusCode)422, answer.Status);
        answer.Text.Says(why, value);
        (await server.Html($"assets/{id}")).Says("Never updated.");
    }

    [Fact]
    public async Task What_a_follower_waits_for_is_marked_and_cleared()
    {
        await using var server = await StartAsync();
        var id = await IdAsync(server, "wizart://prices");
        (await server.Form($"assets/{id}/waiting", ("dag", "both"), ("uri", "wizart://prices"), ("updated", "true"))).LeadsTo($"assets/{id}");
        Assert.True((await server.Get("dags/both/waiting")).Json.GetProperty("assets")[0].GetProperty("updated").GetBoolean());
        (await server.Form($"assets/{id}/waiting", ("dag", "both"), ("uri", "wizart://prices"), ("updated", "false"))).LeadsTo($"assets/{id}");
        Assert.False((await server.Get("dags/both/waiting")).Json.GetProperty("assets")[0].GetProperty("updated").GetBoolean());
        (await server.Form($"assets/{id}/waiting", ("dag", "nobody"), ("uri", "wizart://prices"), ("updated", "true"))).IsMissing("There is no DAG 'nobody'");
        Assert.Equal(HttpStatusCode.BadRequest, (await server.Form($"assets/{id}/waiting", ("dag", "both"), ("uri", "wizart://prices"))).Status);
    }

    private static async Task<string> IdAsync(ApiServer server, string uri) =>
        (await server.Get("assets")).Json.EnumerateArray().Single(a => a.GetProperty("uri").GetString() == uri).GetProperty("id").GetInt64().ToString(CultureInfo.InvariantCulture);

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
            Schedule = new AssetScheduleModel(new AllAssets([new AssetUpdated("wizart://prices"), new AssetUpdated(Signal.Uri)])) { Text = "On both" },
            Assets = [Prices, Signal],
        };
        return ApiServer.StartAsync(maker, follower, both);
    }
}
