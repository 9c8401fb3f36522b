using System.Net;

namespace Wizart.Flow.Web.Tests.Ui.Actions;

public sealed class ReworkPagesTests
{
    [Fact]
    public async Task A_failed_run_offers_to_clear_what_failed_and_shows_what_that_touches()
    {
        await using var server = await StartAsync();
        var run = await server.Run("etl");
        var sheet = await server.Html($"runs/{run}/clear");
        sheet.Says("Clear this run", "<b>2</b> task instances of <b>1</b> run", "name=\"onlyFailed\" value=\"true\" checked");
        sheet.SaysNot("<td>extract</td>");
        var all = await server.Form($"runs/{run}/clear/preview", ("onlyFailed", "false"));
        all.Text.Says("<b>3</b> task instances of <b>1</b> run", "<td>extract</td>");
        Assert.Equal("failed", await StateAsync(server, run)); // it was only looked at
    }

    [Fact]
    public async Task Clearing_runs_it_again_with_a_note()
    {
        await using var server = await StartAsync();
        var run = await server.Run("etl");
        server.Bodies.Set("load", Outcomes.Gives("1"));
        (await server.Form($"runs/{run}/clear", ("onlyFailed", "true"), ("note", "the route is back"))).LeadsTo($"runs/{run}");
        await server.Get($"runs/{run}/wait?timeout=60");
        Assert.Equal("success", await StateAsync(server, run));
        (await server.Html($"runs/{run}/tasks/load")).Says("attempt 1", "attempt 2");
    }

    [Fact]
    public async Task A_task_is_cleared_with_what_waits_for_it()
    {
        await using var server = await StartAsync();
        var run = await server.Run("etl");
        var sheet = await server.Html($"runs/{run}/clear?task=load");
        sheet.Says("Clear load", "<td>load</td>", "<td>tell</td>", "name=\"downstream\" value=\"true\" checked");
        sheet.SaysNot("<td>extract</td>");
        (await server.Form($"runs/{run}/clear/preview", ("task", "load"))).Text.SaysNot("<td>tell</td>");
        (await server.Form($"runs/{run}/clear/preview", ("task", "load"), ("upstream", "true"))).Text.Says("<td>extract</td>");
        var partial = await server.Form($"runs/{run}/clear", partial: true, ("task", "load"), ("downstream", "true"));
        Assert.Equal("Cleared: 2 task instances of 1 run.", Uri.UnescapeDataString(partial.Headers.GetValues("X-Flow-Message").Single()));
    }

    [Theory]
    [InlineData("load", "success", "success")]
    [InlineData("load", "skipped", "success")]
    [InlineData("extract", "failed", "failed")]
    public async Task A_task_is_marked_and_the_run_goes_on(string task, string mark, string run)
    {
        await using var server = await StartAsync();
        var id = await server.Run("etl");
        (await server.Html($"runs/{id}/mark?task={task}")).Says($"Mark {task}", "value=\"skipped\"");
        (await server.Form($"runs/{id}/mark", ("task", task), ("as", mark))).LeadsTo($"runs/{id}");
        await server.Get($"runs/{id}/wait?timeout=60");
        Assert.Equal((mark, run), ((await server.Get($"runs/{id}/tasks/{task}")).Json.GetProperty("task").GetProperty("state").GetString(), await StateAsync(server, id)));
    }

    [Fact]
    public async Task Runs_of_other_dates_are_touched_when_that_is_asked_for()
    {
        await using var server = await ApiServer.StartAsync(Models.Daily("orders"));
        await server.Run("orders", """{"date": "2026-03-04T06:00"}""");
        var run = await server.Run("orders", """{"date": "2026-03-05T06:00"}""");
        await server.Run("orders", """{"date": "2026-03-06T06:00"}""");
        (await server.Form($"runs/{run}/clear/preview", ("past", "true"))).Text.Says("<b>4</b> task instances of <b>2</b> runs", "4 Mar");
        (await server.Form($"runs/{run}/clear/preview", ("past", "true"), ("future", "true"))).Text.Says("<b>6</b> task instances of <b>3</b> runs");
    }

    [Theory]
    [InlineData("clear", "nope")]
    [InlineData("mark", "nope")]
    [InlineData("clear", "load[5]")]
    [InlineData("clear", "load[x")]
    [InlineData("mark", "<script>alert(1)</script>")]
    public async Task What_is_not_there_is_neither_cleared_nor_marked(string verb, string task)
    {
        await using var server = await StartAsync();
        var run = await server.Run("etl");
        foreach (var answer in (Answer[])[
            await server.Page($"runs/{run}/{verb}?task={Uri.EscapeDataString(task)}"), await server.Form($"runs/{run}/{verb}", ("task", task)),
            await server.Form($"runs/{run}/{verb}/preview", ("task", task))])
        {
            Assert.True((int)answer.Status is 200 or 400 or 404 or 409 or 422, $"{answer.Status}");
            answer.Text.SaysNot("A mistake of the daemon's own");
            Assert.DoesNotContain("<script>alert", answer.Text, StringComparison.Ordinal);
        }

        Assert.Equal("failed", await StateAsync(server, run));
    }

    [Fact]
    public async Task A_run_on_an_older_version_may_go_on_with_the_newest()
    {
        await using var server = await StartAsync();
        var run = await server.Run("etl");
        (await server.Html($"runs/{run}/clear")).SaysNot("name=\"onNewest\"");
        await server.PublishAsync(Models.Chain("etl", "extract", "load", "tell", "more"));
        (await server.Html($"runs/{run}/clear")).Says("name=\"onNewest\"", "this run is on v1");
        server.Bodies.Set("load", Outcomes.Gives("1"));
        Assert.Equal(HttpStatusCode.SeeOther, (await server.Form($"runs/{run}/clear", ("onNewest", "true"))).Status);
        await server.Get($"runs/{run}/wait?timeout=60");
        (await server.Html($"runs/{run}")).Says($"href=\"runs/{run}/tasks/more\"", "v2");
    }

    private static async Task<ApiServer> StartAsync()
    {
        var server = await ApiServer.StartAsync(Models.Chain("etl", "extract", "load", "tell"));
        server.Bodies.Set("load", Outcomes.Fails("No route."));
        return server;
    }

    private static async Task<string?> StateAsync(ApiServer server, long run) => (await server.Get($"runs/{run}")).Json.GetProperty("state").GetString();
}
