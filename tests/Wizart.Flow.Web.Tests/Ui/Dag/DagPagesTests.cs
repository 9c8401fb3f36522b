using System.Net;
using Wizart.Flow.Model;

namespace Wizart.Flow.Web.Tests.Ui.Dag;

public sealed class DagPagesTests
{
    [Fact]
    public async Task The_overview_tells_of_failures_with_the_end_of_their_logs()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("etl", "extract", "load"));
        await server.Run("etl");
        server.Bodies.Set("load", attempt =>
        {
            for (var i = 1; i <= 9; i++) attempt.Log($"line {i} of the log");
            return Task.FromResult<Execution.AttemptOutcome>(Outcomes.Fails("No <b>route</b>."));
        });
        var run = await server.Run("etl");
        var page = await server.Html("dags/etl");
        page.Says("About etl", "50 %", "of the last 2 runs", "No <b>route</b>.", "line 9 of the log", "line 4 of the log", $"href=\"runs/{run}/tasks/load\"");
        page.SaysNot("line 3 of the log");
        Assert.DoesNotContain("<b>route</b>", page, StringComparison.Ordinal);
        page.Says("It is started by hand.");
    }

    [Fact]
    public async Task Without_failures_and_runs_it_says_so()
    {
        await using var server = await ApiServer.StartAsync(Models.Daily("orders"));
        (await server.Html("dags/orders")).Says("No runs yet.", "None of the last runs failed.", "Next runs", "Daily at 06:00, Europe/Minsk");
        await server.Post("dags/orders/pause");
        (await server.Html("dags/orders")).Says("Paused: nothing is due.", "Unpause");
        (await server.Html("dags/orders", partial: true)).SaysNot("<title>");
    }

    [Fact]
    public async Task A_broken_file_is_told_above_every_view()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("etl", "load"));
        await server.PublishAsync(Models.Chain("etl", "load"), new Diagnostic("CS1002", "; expected", new SourceLocation("etl.csx", 2, 7)));
        foreach (var view in (string[])["", "/grid", "/graph", "/tasks", "/details", "/code", "/calendar", "/gantt", "/runs"])
            (await server.Html($"dags/etl{view}")).Says("etl.csx can't be used as it is now.", "CS1002");
    }

    [Fact]
    public async Task Tasks_are_listed_with_settings_and_how_they_fared()
    {
        var model = Models.Chain("etl", "extract", "load");
        model = model with
        {
            Tasks =
            [
                model.Tasks[0] with { Description = "Reads it", Retry = new RetryModel(2, Backoff.None), Timeout = TimeSpan.FromMinutes(5), Location = new SourceLocation("etl.csx", 2) },
                model.Tasks[1] with { AllowFailure = true, Priority = 7, TriggerRule = TriggerRule.AllDone },
            ],
        };
        await using var server = await ApiServer.StartAsync(model);
        var run = await server.Run("etl");
        var page = await server.Html("dags/etl/tasks?task=load");
        page.Says("Reads it", "2 retries", "at most 5", "may fail", "priority 7", "when all done", "href=\"dags/etl/code#L2\"", $"href=\"runs/{run}/tasks/load\"", "success, run");
        Assert.Contains("<tr id=\"load\" class=\"chosen-row\">", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<tr id=\"extract\" class=\"chosen-row\">", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Details_tell_what_the_script_says()
    {
        await using var server = await ApiServer.StartAsync(Models.Daily("orders") with
        {
            Catchup = true,
            CatchupAtMost = 3,
            MaxActiveRuns = 4,
            FailFast = true,
            PauseAfter = 5,
            Owner = "Data team",
            Callbacks = [new CallbackModel(CallbackEvent.Failure, new NotifierModel(NotifierKind.Log))],
            Params = Models.WithParams("x").Params,
        });
        (await server.Html("dags/orders/details")).Says(
            "Europe/Minsk", "yes, at most 3", "<dd>4</dd>", "the first failure ends the run", "5 failed runs in a row", "Data team", "on failure", "must be given", "orders.csx");
    }

    [Fact]
    public async Task The_times_of_a_run_are_shown_and_another_is_chosen()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("etl", "extract"), Models.Chain("other", "t"));
        (await server.Html("dags/etl/gantt")).Says("No runs yet.");
        var (first, second, alien) = (await server.Run("etl"), await server.Run("etl"), await server.Run("other"));
        (await server.Html("dags/etl/gantt")).Says($"value=\"{second}\" selected", "attempt 1: success");
        (await server.Html($"dags/etl/gantt?run={first}")).Says($"value=\"{first}\" selected", $"href=\"runs/{first}\"");
        (await server.Page($"dags/etl/gantt?run={alien}")).IsMissing($"DAG 'etl' has no run {alien}.");
        (await server.Page("dags/etl/gantt?run=99999")).IsMissing("There is no run 99999");
    }

    [Theory]
    [InlineData("")]
    [InlineData("/grid")]
    [InlineData("/graph")]
    [InlineData("/gantt")]
    [InlineData("/calendar")]
    [InlineData("/runs")]
    [InlineData("/tasks")]
    [InlineData("/code")]
    [InlineData("/details")]
    [InlineData("/trigger")]
    [InlineData("/backfill")]
    public async Task A_dag_that_is_not_there_is_missing_on_every_view(string view)
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("orders", "t"));
        (await server.Page($"dags/order{view}")).IsMissing("Did you mean 'orders'?");
    }

    [Fact]
    public async Task A_dag_without_tasks_is_no_mistake()
    {
        await using var server = await ApiServer.StartAsync(new DagModel { Id = "bare" });
        foreach (var view in (string[])["", "/grid", "/graph", "/gantt", "/calendar", "/tasks", "/details", "/code"])
            Assert.Equal(HttpStatusCode.OK, (await server.Page($"dags/bare{view}")).Status);
        (await server.Html("dags/bare/graph")).Says("This DAG has no tasks.");
    }
}
