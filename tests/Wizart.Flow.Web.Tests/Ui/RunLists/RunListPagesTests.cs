using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Wizart.Flow.Web.Tests.Ui.RunLists;

public sealed partial class RunListPagesTests
{
    [Fact]
    public async Task Runs_are_filtered_by_dag_state_kind_and_date()
    {
        await using var server = await ApiServer.StartAsync(Models.Daily("orders"), Models.Chain("etl", "break"));
        server.Bodies.Set("break", Outcomes.Fails("No route."));
        var march = await server.Run("orders", """{"date": "2026-03-05T06:00"}""");
        var april = await server.Run("orders", """{"date": "2026-04-05T06:00"}""");
        var failed = await server.Run("etl");
        Assert.Equal([failed, april, march], Ids(await server.Html("runs")));
        Assert.Equal([failed], Ids(await server.Html("runs?state=failed")));
        Assert.Equal([april, march], Ids(await server.Html("runs?dag=orders")));
        Assert.Equal([april, march], Ids(await server.Html("dags/orders/runs")));
        Assert.Equal([march], Ids(await server.Html("dags/orders/runs?from=2026-03-01&to=2026-03-05")));
        Assert.Equal([march], Ids(await server.Html("dags/orders/runs?from=2026-03-05&to=2026-03-31&state=success&kind=manual")));
        Assert.Empty(Ids(await server.Html("dags/orders/runs?to=2026-03-04")));
        (await server.Html("dags/orders/runs?kind=scheduled")).Says("No run fits.", "href=\"dags/orders/runs\"");
        (await server.Html("runs?dag=nope")).Says("No run fits.");
    }

    [Fact]
    public async Task A_date_that_is_none_is_said_to_be_none()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("etl", "t"));
        await server.Run("etl");
        var page = await server.Html("runs?from=soon");
        page.Says("'soon' is not a date.", "value=\"soon\"");
        Assert.Empty(Ids(page));
        (await server.Html("runs?to=2026-13-45")).Says("'2026-13-45' is not a date.");
        (await server.Html("runs?from=%3Cscript%3Ealert(1)")).IsHarmless();
    }

    [Fact]
    public async Task Older_runs_are_a_page_away_with_the_same_filters()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("etl", "t"));
        var runs = new List<long>();
        for (var i = 0; i < 53; i++) runs.Add(await server.Run("etl"));
        runs.Reverse();
        var first = await server.Html("runs?state=success&dag=etl");
        Assert.Equal(runs[..50], Ids(first));
        var second = await server.Html(WebUtility.HtmlDecode(Older().Match(first).Groups[1].Value));
        Assert.Equal(runs[50..], Ids(second));
        second.Says("href=\"runs?dag=etl&state=success\">Newest");
        second.SaysNot(">Older</a>");
    }

    [Fact]
    public async Task What_is_done_to_several_is_shown_before()
    {
        await using var server = await StartAsync();
        var (done, failed) = (await server.Run("etl"), await FailAsync(server));
        var sheet = await server.Form("runs/bulk/preview", partial: true, ("action", "clear-failed"), ("run", Text(done)), ("run", Text(failed)));
        Assert.Equal(HttpStatusCode.OK, sheet.Status);
        sheet.Text.Says("Clear what failed", "2 task instances", $"name=\"run\" value=\"{failed}\"");
        var over = await server.Form("runs/bulk/preview", partial: true, ("action", "cancel"), ("run", Text(done)));
        over.Text.Says("Cancel: 0 runs", "It is over already.");
        over.Text.SaysNot("name=\"run\"", "class=\"main\"");
        Assert.Equal(["failed", "success"], (await server.Get("runs")).Json.EnumerateArray().Select(r => r.GetProperty("state").GetString()));
    }

    [Fact]
    public async Task Several_are_marked_at_once_and_those_left_alone_are_told()
    {
        await using var server = await StartAsync();
        var (one, other, done) = (await FailAsync(server), await FailAsync(server), await server.Run("etl"));
        var answer = await server.Form("runs/bulk", partial: true, ("action", "success"), ("run", Text(one)), ("run", Text(other)), ("run", Text(other)));
        Assert.Equal("Marked 2 runs.", Message(answer));
        Assert.Equal(["success", "success", "success"], (await server.Get("runs")).Json.EnumerateArray().Select(r => r.GetProperty("state").GetString()));
        Assert.Equal($"Cancelled 0 runs. Left alone: run {done}: It is over already.", Message(await server.Form("runs/bulk", partial: true, ("action", "cancel"), ("run", Text(done)))));
    }

    [Theory]
    [InlineData("", "1", "Choose what is to be done")]
    [InlineData("explode", "1", "Choose what is to be done")]
    [InlineData("cancel", "", "Choose at least one run.")]
    [InlineData("cancel", "x", "Choose at least one run.")]
    [InlineData("cancel", "99999", "Choose at least one run.")]
    public async Task A_choice_that_makes_no_sense_is_refused(string action, string run, string why)
    {
        await using var server = await StartAsync();
        await server.Run("etl");
        foreach (var path in (string[])["runs/bulk", "runs/bulk/preview"])
        {
            var answer = await server.Form(path, partial: true, ("action", action), ("run", run));
            Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
            answer.Text.Says(why);
        }
    }

    private static Task<ApiServer> StartAsync() => ApiServer.StartAsync(Models.Chain("etl", "extract", "load"));

    private static async Task<long> FailAsync(ApiServer server)
    {
        server.Bodies.Set("extract", Outcomes.Fails("No route."));
        var run = await server.Run("etl");
        server.Bodies.Set("extract", Outcomes.Gives("1"));
        return run;
    }

    private static string Message(Answer answer) => Uri.UnescapeDataString(answer.Headers.GetValues("X-Flow-Message").Single());

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<long> Ids(string page) => Box().Matches(page).Select(m => long.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture));

    [GeneratedRegex("name=\"run\" value=\"(\\d+)\"")]
    private static partial Regex Box();

    [GeneratedRegex("href=\"([^\"]*)\">Older</a>")]
    private static partial Regex Older();
}
