using System.Net;

namespace Wizart.Flow.Web.Tests.Ui.Actions;

public sealed class BeginBackfillPagesTests
{
    [Fact]
    public async Task What_it_would_do_is_told_before()
    {
        await using var server = await ApiServer.StartAsync(Models.Daily("orders"));
        await server.Engine.OpenSchedulesAsync(TestContext.Current.CancellationToken);
        (await server.Html("dags/orders/backfill?from=2026-03-02&to=2026-03-05")).Says("Backfill orders", "value=\"2026-03-02\"", "value=\"2026-03-05\"", "dates in Europe/Minsk", "leave them alone");
        await server.Post("dags/orders/backfills", """{"from": "2026-03-03", "to": "2026-03-03T06:00"}""");
        await Runs.RunPagesTests.Until(server, "backfills", p => p.Contains("completed</", StringComparison.Ordinal) && p.Contains("1 of 1 done", StringComparison.Ordinal));
        var estimate = await server.Form("dags/orders/backfill/preview", ("from", "2026-03-02"), ("to", "2026-03-05"), ("maxActive", "2"));
        estimate.Text.Says("<b>3</b> runs", ", 1 interval is left alone", "2 Mar 06:00");
        (await server.Form("dags/orders/backfill/preview", ("from", "2026-03-02"), ("to", "2026-03-05"), ("maxActive", "2"), ("reprocess", "all"), ("backwards", "true"))).Text.Says("<b>4</b> runs: 5 Mar 06:00");
        Assert.Single((await server.Get("backfills")).Json.EnumerateArray());
    }

    [Fact]
    public async Task It_begins_and_leads_to_its_page()
    {
        await using var server = await ApiServer.StartAsync(Models.Daily("orders"));
        var answer = await server.Form("dags/orders/backfill", ("from", "2026-03-02"), ("to", "2026-03-02"), ("maxActive", "2"), ("reprocess", "failed"));
        var begun = (await server.Get("backfills")).Json[0];
        answer.LeadsTo($"backfills/{begun.GetProperty("id").GetInt64()}");
        Assert.Equal(("failed", 2, 1, "ada"), (
            begun.GetProperty("reprocess").GetString(), begun.GetProperty("maxActive").GetInt32(), begun.GetProperty("total").GetInt32(), begun.GetProperty("createdBy").GetString()));
    }

    [Theory]
    [InlineData("", "2026-03-05", "2", "Give the first date.")]
    [InlineData("soon", "2026-03-05", "2", "Give the first date.")]
    [InlineData("2026-03-02", "", "2", "Give the last date.")]
    [InlineData("2026-03-02", "2026-03-05", "many", "Runs at once must be a whole number.")]
    [InlineData("2026-03-02", "2026-03-05", "0", "1")]
    [InlineData("2026-03-05", "2026-03-02", "2", "The range is turned round")]
    public async Task A_range_that_makes_no_sense_comes_back_with_its_mistake(string from, string to, string active, string why)
    {
        await using var server = await ApiServer.StartAsync(Models.Daily("orders"));
        var answer = await server.Form("dags/orders/backfill", ("from", from), ("to", to), ("maxActive", active));
        Assert.Equal((HttpStatusCode)422, answer.Status);
        answer.Text.Says("class=\"note bad\"", why, $"value=\"{to}\"");
        (await server.Form("dags/orders/backfill/preview", ("from", from), ("to", to), ("maxActive", active))).Text.Says("class=\"note bad\"", why);
        Assert.Equal("[]", (await server.Get("backfills")).Text);
    }

    [Fact]
    public async Task A_dag_without_a_schedule_says_why_it_has_no_intervals()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("hand", "t"));
        var answer = await server.Form("dags/hand/backfill", ("from", "2026-03-02"), ("to", "2026-03-05"), ("maxActive", "2"));
        Assert.Equal((HttpStatusCode)422, answer.Status);
        answer.Text.Says("schedule");
    }
}
