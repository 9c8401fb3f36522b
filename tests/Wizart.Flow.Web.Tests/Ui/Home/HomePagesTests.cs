using Wizart.Flow.Model;

namespace Wizart.Flow.Web.Tests.Ui.Home;

public sealed class HomePagesTests
{
    [Fact]
    public async Task An_empty_house_says_that_all_is_well_and_what_to_do()
    {
        await using var server = await ApiServer.StartAsync();
        var page = await server.Html("");
        page.Says("all is well", "Nothing ran in this time.", "Nothing is scheduled.", "No pools.");
        page.SaysNot("Needs attention");
        (await server.Html("", partial: true)).SaysNot("<html");
    }

    [Fact]
    public async Task What_failed_is_shown_until_it_is_mended()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("etl", "load"));
        server.Bodies.Set("load", Outcomes.Fails("No <b>route</b>."));
        await server.Run("etl", """{"date": "2026-03-01"}""");
        var run = await server.Run("etl", """{"date": "2026-03-02"}""");
        var page = await server.Html("");
        page.Says("Needs attention", $"href=\"runs/{run}/tasks/load\"", "No <b>route</b>.", "2 failed in the last day");
        Assert.DoesNotContain("<b>route</b>", page, StringComparison.Ordinal);
        server.Bodies.Set("load", Outcomes.Gives("1"));
        await server.Run("etl", """{"date": "2026-03-01"}""");
        (await server.Html("")).Says("Needs attention"); // an earlier date mends nothing of a later one
        await server.Run("etl", """{"date": "2026-03-02"}""");
        (await server.Html("")).SaysNot("Needs attention");
    }

    [Fact]
    public async Task Broken_scripts_and_questions_want_an_eye()
    {
        var model = Models.Chain("release", "ask");
        await using var server = await ApiServer.StartAsync(model with { Tasks = [model.Tasks[0] with { Kind = TaskKind.Approval, Wait = new WaitModel { Kind = WaitKind.Approval, Form = new FormModel { Title = "Shall we <b>go</b>?" } } }] });
        await server.PublishAsync(Models.Chain("broken", "t"), new Diagnostic("CS1002", "; expected", new SourceLocation("broken.csx", 3, 7)));
        var run = await server.Trigger("release");
        var page = await Runs.RunPagesTests.Until(server, "", p => p.Contains("Shall we", StringComparison.Ordinal));
        page.Says("Needs attention", "broken.csx", "CS1002", "Shall we <b>go</b>?", $"href=\"approvals/{run}/ask\"", ">2</b>");
        Assert.DoesNotContain("<b>go</b>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Next_runs_and_pools_are_told_and_paused_dags_have_none()
    {
        await using var server = await ApiServer.StartAsync(Models.Daily("orders") with { Pools = [new PoolModel("gpu", 3)] }, Models.Daily("sleeping"));
        await server.Post("dags/sleeping/pause");
        var page = await server.Html("");
        page.Says("href=\"dags/orders\"", "gpu", "0/3", "1 paused");
        page.SaysNot("href=\"dags/sleeping\"");
    }

    [Fact]
    public async Task What_ran_stands_on_a_line_of_time_that_is_as_long_as_asked_for()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("etl", "load"));
        var run = await server.Run("etl");
        foreach (var (query, hours) in (ValueTuple<string, int>[])[("", 6), ("?hours=1", 1), ("?hours=24", 24), ("?hours=72", 72), ("?hours=-5", 6)])
            (await server.Html(query)).Says($"href=\"?hours={hours}\" aria-current=\"true\"", $"href=\"runs/{run}\"", $"hx-get=\"?hours={hours}\"");
    }

    [Fact]
    public async Task What_runs_now_is_counted()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("etl", "load") with { MaxActiveRuns = 1 });
        using var gate = await Gate.ShutAsync(server, "etl", "load");
        await server.Trigger("etl");
        (await server.Html("")).Says("href=\"runs?state=running\"><b>1</b>", "1 queued", "of 8 busy");
    }
}
