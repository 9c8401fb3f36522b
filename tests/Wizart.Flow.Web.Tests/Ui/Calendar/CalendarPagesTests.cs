using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Wizart.Flow.Web.Tests.Ui.Calendar;

public sealed partial class CalendarPagesTests
{
    private static readonly TimeZoneInfo Minsk = TimeZoneInfo.FindSystemTimeZoneById("Europe/Minsk");

    /// <summary>Days that are over whatever the hour is, and lie in the months that are shown.</summary>
    private static DateOnly Day(int ago) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), Minsk).DateTime).AddDays(-ago);

    [Fact]
    public async Task Days_show_what_became_of_them_in_the_dags_zone()
    {
        await using var server = await ApiServer.StartAsync(Models.Daily("orders"));
        var run = await RunOf(server, Day(5));
        server.Bodies.Set("load", Outcomes.Fails("No route."));
        await RunOf(server, Day(6));
        var page = await server.Html("dags/orders/calendar");
        page.Says("Days in Europe/Minsk", $"{Words(5)}: success", $"{Words(6)}: failed", $"{Words(7)}: missed");
        Assert.Contains($"href=\"runs/{run}\"", DayOf(page, 5), StringComparison.Ordinal);
        Assert.Contains("s-failed", DayOf(page, 6), StringComparison.Ordinal);
        page.SaysNot($"{Day(-1).ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}: missed");
    }

    [Fact]
    public async Task A_day_with_several_runs_leads_to_them_and_shows_the_worst()
    {
        await using var server = await ApiServer.StartAsync(Models.Daily("orders"));
        await RunOf(server, Day(5));
        server.Bodies.Set("load", Outcomes.Fails("No route."));
        await RunOf(server, Day(5));
        var day = DayOf(await server.Html("dags/orders/calendar"), 5);
        Assert.Contains("2 runs, 1 failed", day, StringComparison.Ordinal);
        Assert.Contains("s-failed", day, StringComparison.Ordinal);
        var date = Day(5).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        day.Says($"href=\"dags/orders/runs?from={date}&to={date}\"");
        var list = await server.Html($"dags/orders/runs?from={date}&to={date}");
        Assert.Equal(2, list.Split("name=\"run\"").Length - 1);
    }

    [Fact]
    public async Task A_click_on_a_missed_day_runs_just_its_interval()
    {
        await using var server = await ApiServer.StartAsync(Models.Daily("orders"));
        var link = WebUtility.HtmlDecode(Link().Match(DayOf(await server.Html("dags/orders/calendar"), 9)).Groups[1].Value);
        Assert.StartsWith("dags/orders/trigger?date=", link, StringComparison.Ordinal);
        var date = Uri.UnescapeDataString(link[(link.IndexOf('=', StringComparison.Ordinal) + 1)..]);
        (await server.Html(link)).Says($"value=\"{date}\"");
        Assert.Equal(HttpStatusCode.SeeOther, (await server.Form("dags/orders/trigger", ("date", date))).Status);
        var run = (await server.Get("dags/orders/runs")).Json[0];
        Assert.Equal(Day(9), DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(run.GetProperty("logicalDate").GetDateTimeOffset(), Minsk).DateTime));
        DayOf(await server.Html("dags/orders/calendar"), 9).SaysNot("missed");
    }

    [Fact]
    public async Task A_viewer_is_not_led_to_what_is_refused()
    {
        await using var server = await ApiServer.StartAsync(Models.Daily("orders"));
        using var browser = await server.SignedIn("eve", Engine.Access.Role.Viewer);
        var page = (await browser.Get("dags/orders/calendar")).Text;
        page.Says($"{Words(9)}: missed");
        page.SaysNot("dags/orders/trigger");
    }

    [Theory]
    [InlineData("", 3)]
    [InlineData("?months=6", 6)]
    [InlineData("?months=12", 12)]
    [InlineData("?months=999", 3)]
    public async Task So_many_months_are_shown(string query, int months)
    {
        await using var server = await ApiServer.StartAsync(Models.Daily("orders"));
        Assert.Equal(months, (await server.Html($"dags/orders/calendar{query}")).Split("<div class=\"month\">").Length - 1);
    }

    [Fact]
    public async Task Days_before_the_start_and_of_a_dag_without_schedule_were_not_missed()
    {
        var start = new DateTimeOffset(Day(4).ToDateTime(TimeOnly.MinValue), Minsk.GetUtcOffset(DateTime.UtcNow));
        await using var server = await ApiServer.StartAsync(Models.Daily("orders") with { StartingOn = start }, Models.Chain("hand", "t"));
        var page = await server.Html("dags/orders/calendar");
        page.Says($"{Words(3)}: missed", $"{Words(5)}: nothing");
        (await server.Html("dags/hand/calendar")).SaysNot(": missed");
    }

    private static async Task<long> RunOf(ApiServer server, DateOnly day) =>
        await server.Run("orders", $$"""{"date": "{{day:yyyy-MM-dd}}T06:00"}""");

    private static string Words(int ago) => Day(ago).ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    private static string DayOf(string page, int ago) => Anchor().Matches(page).Single(a => a.Value.Contains($"title=\"{Words(ago)}:", StringComparison.Ordinal)).Value;

    [GeneratedRegex("<a class=\"day[^>]*>")]
    private static partial Regex Anchor();

    [GeneratedRegex("href=\"([^\"]*)\"")]
    private static partial Regex Link();
}
