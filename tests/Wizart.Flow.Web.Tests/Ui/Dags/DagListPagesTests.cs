using System.Text.RegularExpressions;

namespace Wizart.Flow.Web.Tests.Ui.Dags;

public sealed partial class DagListPagesTests
{
    [Theory]
    [InlineData("", "alpha beta gamma")]
    [InlineData("text=ALP", "alpha")]
    [InlineData("text=data+team", "alpha")]
    [InlineData("text=about+beta", "beta")]
    [InlineData("text=hour", "beta")]
    [InlineData("tag=nightly", "alpha gamma")]
    [InlineData("tag=night", "")]
    [InlineData("owner=Data+team", "alpha")]
    [InlineData("tag=nightly&owner=Web", "gamma")]
    [InlineData("state=success", "alpha")]
    [InlineData("state=failed", "beta")]
    [InlineData("state=paused", "gamma")]
    [InlineData("state=running", "")]
    [InlineData("state=failed&tag=nightly", "")]
    [InlineData("sort=last", "beta alpha gamma")]
    public async Task The_list_is_searched_filtered_and_sorted(string query, string names)
    {
        await using var server = await StartAsync();
        Assert.Equal(names, Names(await server.Html($"dags?{query}")));
    }

    [Fact]
    public async Task The_longest_last_run_comes_first_and_a_next_run_before_none()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("a", "a"), Models.Daily("b"), Models.Chain("c", "c"));
        Assert.Equal("b a c", Names(await server.Html("dags?sort=next")));
        await server.Post("dags/b/pause");
        Assert.Equal("a b c", Names(await server.Html("dags?sort=next")));
        await server.Run("a");
        using var gate = await Gate.ShutAsync(server, "c", "c");
        await UntilAsync(server, "dags?state=running", page => Names(page) == "c");
        Assert.EndsWith("b", Names(await server.Html("dags?sort=duration")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Totals_stand_above_it_and_keep_what_is_searched()
    {
        await using var server = await StartAsync();
        var page = await server.Html("dags?tag=nightly&state=failed");
        page.Says("All <b>3</b>", "Failed <b>1</b>", "Succeeded <b>1</b>", "Paused <b>1</b>", "Running <b>0</b>", "No DAG fits.", "Show all 3");
        page.Says("href=\"dags?state=paused&tag=nightly\"", "aria-current=\"true\">Failed");
        page.SaysNot("With errors");
        await server.PublishAsync(Models.Chain("beta", "break"), new Model.Diagnostic("CS1002", "; expected", new Model.SourceLocation("beta.csx", 3, 7)));
        var broken = await server.Html("dags?state=broken");
        broken.Says("With errors <b>1</b>", "1 error");
        Assert.Equal("beta", Names(broken));
    }

    [Fact]
    public async Task A_row_tells_schedule_owner_last_and_next_run()
    {
        await using var server = await ApiServer.StartAsync(Models.Daily("orders") with { Owner = "Data team", Tags = ["nightly"] });
        var run = await server.Run("orders");
        var page = await server.Html("dags");
        page.Says("Daily at 06:00, Europe/Minsk · Data team", $"href=\"runs/{run}\"", "s-success", "href=\"dags?tag=nightly\"", "action=\"dags/orders/pause\"", "href=\"dags/orders/trigger\"");
        (await server.Form("dags/orders/pause")).LeadsTo("");
        (await server.Html("dags")).Says("action=\"dags/orders/unpause\"", ">paused</span>");
    }

    [Fact]
    public async Task It_comes_in_pages_and_never_shows_one_beyond_the_last()
    {
        await using var server = await ApiServer.StartAsync([.. Enumerable.Range(0, 101).Select(i => Models.Chain($"d{i:000}", "t"))]);
        var first = await server.Html("dags");
        Assert.Equal((100, "d000"), (Names(first).Split(' ').Length, Names(first)[..4]));
        first.Says("1–100 of 101", "href=\"dags?page=2\"");
        foreach (var beyond in (string[])["dags?page=2", "dags?page=3", "dags?page=99999"])
        {
            var last = await server.Html(beyond);
            Assert.Equal("d100", Names(last));
            last.Says("101–101 of 101");
            last.SaysNot(">Next</a>");
        }

        (await server.Html("dags?text=d10")).SaysNot("class=\"pages\"");
    }

    [Fact]
    public async Task What_was_typed_is_harmless_and_stays_in_its_field()
    {
        await using var server = await StartAsync();
        var page = await server.Html("dags?text=%3Cscript%3Ealert(1)&state=%22%3E%3Cscript%3Ealert(2)");
        page.IsHarmless();
        (await server.Html("dags?text=alp&sort=last", partial: true)).SaysNot("<html");
        (await server.Html("dags?text=alp&sort=last")).Says("value=\"alp\"", "hx-get=\"dags?text=alp&sort=last\"");
    }

    private static async Task<ApiServer> StartAsync()
    {
        var server = await ApiServer.StartAsync(
            Models.Chain("alpha", "work") with { Owner = "Data team", Tags = ["nightly"] },
            Models.Chain("beta", "break") with { Tags = ["hourly"] },
            Models.Chain("gamma", "rest") with { Owner = "Web", Tags = ["nightly", "slow"] });
        server.Bodies.Set("break", Outcomes.Fails("No route."));
        await server.Run("alpha");
        await server.Run("beta");
        await server.Post("dags/gamma/pause");
        return server;
    }

    private static async Task UntilAsync(ApiServer server, string path, Func<string, bool> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!isSo(await server.Html(path))) patience.Token.ThrowIfCancellationRequested();
    }

    private static string Names(string page) => string.Join(' ', Name().Matches(page).Select(m => m.Groups[1].Value));

    [GeneratedRegex("<a class=\"name\" href=\"dags/([^\"]+)\"")]
    private static partial Regex Name();
}
