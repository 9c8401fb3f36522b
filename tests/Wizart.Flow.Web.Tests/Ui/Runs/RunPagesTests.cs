using System.Net;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;

namespace Wizart.Flow.Web.Tests.Ui.Runs;

public sealed class RunPagesTests
{
    [Fact]
    public async Task Tasks_stand_as_a_tree_with_their_states_and_errors()
    {
        await using var server = await ApiServer.StartAsync(Grid.GridPagesTests.Grouped("etl"));
        server.Bodies.Set("clean.b", Outcomes.Fails("No <b>route</b>."));
        var run = await server.Run("etl");
        var page = await server.Html($"runs/{run}");
        page.Says($"Run {run} of etl", "manual, by ada", "No <b>route</b>.", $"href=\"runs/{run}/tasks/clean.inner.c\"", "attempt 1: failed", ">1/1</td>");
        Assert.DoesNotContain("<b>route</b>", page, StringComparison.Ordinal);
        page.Says("aria-disabled=\"true\"");
        var next = await server.Run("etl");
        (await server.Html($"runs/{run}")).Says($"href=\"runs/{next}\" title=\"The run after\"");
        (await server.Html($"runs/{next}")).Says($"href=\"runs/{run}\" title=\"The run before\"");
        (await server.Html($"runs/{run}/head")).SaysNot("<html");
    }

    [Fact]
    public async Task A_task_that_waits_for_a_pool_says_who_has_it()
    {
        var model = Models.Chain("etl", "only");
        await using var server = await ApiServer.StartAsync(model with { Pools = [new PoolModel("gpu", 1)], Tasks = [model.Tasks[0] with { Pool = "gpu" }] });
        using var first = await Gate.ShutAsync(server, "etl", "only");
        var second = await server.Trigger("etl");
        var page = await Until(server, $"runs/{second}", p => p.Contains("gpu", StringComparison.Ordinal));
        page.Says("pool 'gpu'", "1 of 1");
        (await Until(server, $"runs/{second}/tasks/only", p => p.Contains("gpu", StringComparison.Ordinal))).Says("It has not begun.");
    }

    [Fact]
    public async Task A_task_that_is_tried_again_says_when_and_why_it_failed()
    {
        var model = Models.Chain("etl", "only");
        await using var server = await ApiServer.StartAsync(model with { Tasks = [model.Tasks[0] with { Retry = new RetryModel(2, Backoff.Fixed(TimeSpan.FromHours(1))) }] });
        server.Bodies.Set("only", Outcomes.Fails("No route."));
        var run = await server.Trigger("etl");
        var page = await Until(server, $"runs/{run}", p => p.Contains("s-up-for-retry", StringComparison.Ordinal) && p.Contains("No route.", StringComparison.Ordinal));
        page.Says("1/3");
        (await server.Html($"runs/{run}/tasks/only")).Says("up for retry", "No route.");
        await server.Post($"runs/{run}/cancel");
    }

    [Fact]
    public async Task A_run_that_waits_for_others_says_so()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("etl", "only") with { MaxActiveRuns = 1 });
        using var first = await Gate.ShutAsync(server, "etl", "only");
        var second = await server.Trigger("etl");
        (await server.Html($"runs/{second}")).Says("Not begun yet: 1 run of its DAG may run at once");
        (await server.Html($"runs/{second}/head")).Says("Not begun yet:");
        await server.Post("dags/etl/pause");
        (await server.Html($"runs/{second}")).Says("Not begun yet:", "paused");
    }

    [Fact]
    public async Task A_run_is_cancelled_and_a_run_that_is_over_is_not()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("etl", "only"));
        server.Bodies.Set("only", attempt => attempt.UntilStoppedAsync());
        var run = await server.Trigger("etl");
        (await server.Html($"runs/{run}")).Says($"action=\"runs/{run}/cancel\"");
        Assert.Equal(HttpStatusCode.SeeOther, (await server.Form($"runs/{run}/cancel")).Status);
        await server.Get($"runs/{run}/wait?timeout=60");
        var page = await server.Html($"runs/{run}");
        page.Says("s-cancelled");
        page.SaysNot($"action=\"runs/{run}/cancel\"");
        Assert.Equal(HttpStatusCode.Conflict, (await server.Form($"runs/{run}/cancel")).Status);
    }

    [Fact]
    public async Task A_note_is_written_changed_and_removed()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("etl", "only"));
        var run = await server.Run("etl");
        (await server.Form($"runs/{run}/note", ("text", "Why:\r\n<script>alert(1)</script>"))).LeadsTo($"runs/{run}");
        foreach (var path in (string[])[$"runs/{run}", $"runs/{run}/kept", $"runs/{run}/note"])
        {
            var page = await server.Html(path);
            page.Says("Why:\n<script>alert(1)</script>");
            page.IsHarmless();
        }

        (await server.Form($"runs/{run}/note", ("task", "only"), ("text", "Of the task"))).LeadsTo($"runs/{run}/tasks/only");
        (await server.Html($"runs/{run}/tasks/only")).Says("Of the task");
        (await server.Html($"runs/{run}")).SaysNot("Of the task");
        (await server.Form($"runs/{run}/note", ("text", ""))).LeadsTo($"runs/{run}");
        (await server.Html($"runs/{run}")).SaysNot("Why:");
        (await server.Form($"runs/{run}/note", ("task", "nope"), ("text", "x"))).IsMissing("nope");
    }

    [Fact]
    public async Task What_it_kept_and_told_stands_together()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("etl", "only") with { Callbacks = [new CallbackModel(CallbackEvent.Failure, new NotifierModel(NotifierKind.Log))] });
        server.Bodies.Set("only", attempt =>
        {
            attempt.Tell(new AttemptEvent.ArtifactKept(new Artifact("a report.csv", new string('a', 64), 2048, "text/csv")));
            return Task.FromResult<AttemptOutcome>(Outcomes.Fails("No route."));
        });
        var run = await server.Run("etl");
        var page = await server.Html($"runs/{run}/kept");
        page.Says($"href=\"artifacts/{new string('a', 64)}/a%20report.csv\"", "a report.csv", "the run: failed", "No notes.");
        (await server.Html($"runs/{run}/tasks/only")).Says("a report.csv");
        server.Bodies.Set("only", Outcomes.Gives("1"));
        (await server.Html($"runs/{await server.Run("etl")}/kept")).Says("No artifacts.", "Nobody was told anything.");
    }

    [Fact]
    public async Task Details_tell_params_and_what_it_covers()
    {
        await using var server = await ApiServer.StartAsync(Models.WithParams("x"), Models.Daily("orders"));
        var run = await server.Run("x", """{"params": {"brand": "<b>oak</b>"}}""");
        var page = await server.Html($"runs/{run}/details");
        page.Says("\"<b>oak</b>\"", "<span class=\"faint after\">default</span>");
        Assert.DoesNotContain("<b>oak</b>", page, StringComparison.Ordinal);
        var daily = await server.Run("orders", """{"date": "2026-03-05T06:00"}""");
        (await server.Html($"runs/{daily}/details")).Says("Thu 5 Mar 2026, 03:00:00 (UTC)", "Thu 5 Mar 2026, 06:00:00 (Europe/Minsk)");
        (await server.Html($"runs/{daily}")).Says("Thu 5 Mar 2026, 06:00 (Europe/Minsk)");
    }

    [Theory]
    [InlineData("")]
    [InlineData("/head")]
    [InlineData("/kept")]
    [InlineData("/code")]
    [InlineData("/details")]
    [InlineData("/graph")]
    [InlineData("/note")]
    [InlineData("/clear")]
    [InlineData("/mark")]
    [InlineData("/tasks/t")]
    [InlineData("/tasks/t/log")]
    public async Task A_run_that_is_not_there_is_missing_on_every_view(string view)
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("x", "t"));
        (await server.Page($"runs/99{view}")).IsMissing("There is no run 99");
        (await server.Page($"runs/abc{view}")).IsMissing("There is no run abc");
    }

    internal static async Task<string> Until(ApiServer server, string path, Func<string, bool> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var page = await server.Html(path);
            if (isSo(page)) return page;
            Assert.False(patience.IsCancellationRequested, WebUtility.HtmlDecode(page));
        }
    }
}
