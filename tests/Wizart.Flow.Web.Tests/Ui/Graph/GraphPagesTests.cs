using Wizart.Flow.Web.Tests.Ui.Grid;

namespace Wizart.Flow.Web.Tests.Ui.Graph;

public sealed class GraphPagesTests
{
    [Fact]
    public async Task The_newest_run_lies_over_the_drawing_and_its_states_come_alone()
    {
        await using var server = await ApiServer.StartAsync(GridPagesTests.Grouped("etl"));
        server.Bodies.Set("clean.b", Outcomes.Fails("No route."));
        var run = await server.Run("etl");
        var page = await server.Html("dags/etl/graph");
        page.Says($"data-run=\"{run}\"", "data-node=\"clean.b\"", "<title>clean.b, failed</title>", "href=\"runs/" + run + "/tasks/end\"", "aria-label=\"Fold clean\"");
        var states = await server.Page("dags/etl/graph?states=true");
        Assert.Equal("application/json", states.Type);
        Assert.Equal(("s-failed", "✕"), (states.Json.GetProperty("clean.b").GetProperty("state").GetString(), states.Json.GetProperty("clean.b").GetProperty("sign").GetString()));
        (await server.Html($"runs/{run}/graph")).Says("<title>read, success</title>");
    }

    [Fact]
    public async Task A_folded_group_shows_the_worst_of_its_tasks()
    {
        await using var server = await ApiServer.StartAsync(GridPagesTests.Grouped("etl"));
        server.Bodies.Set("clean.b", Outcomes.Fails("No route."));
        await server.Run("etl");
        var page = await server.Html("dags/etl/graph?fold=clean&down=true");
        page.Says("data-node=\"clean\"", "<title>clean, failed, 3 tasks, open</title>", "href=\"dags/etl/graph?down=true\"");
        page.SaysNot("data-node=\"clean.a\"");
        Assert.Equal(["clean", "end", "read"], (await server.Page("dags/etl/graph?fold=clean&states=true")).Json.EnumerateObject().Select(p => p.Name).Order());
    }

    [Fact]
    public async Task Without_a_run_or_with_none_chosen_there_are_no_states()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("etl", "a", "b"), Models.Chain("other", "t"));
        (await server.Html("dags/etl/graph")).Says("href=\"dags/etl/tasks?task=a\"", "<title>a</title>");
        await server.Run("etl");
        var alien = await server.Run("other");
        (await server.Html("dags/etl/graph?run=none")).Says("<title>a</title>");
        (await server.Html($"dags/etl/graph?run={alien}")).Says("<title>a</title>");
        (await server.Html("dags/etl/graph?fold=%3Cscript%3Ealert(1)")).IsHarmless();
    }

    [Fact]
    public async Task An_earlier_run_is_drawn_as_its_version_was()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("etl", "gone"));
        var before = await server.Run("etl");
        await server.PublishAsync(Models.Chain("etl", "fresh"));
        (await server.Html("dags/etl/graph")).Says("data-node=\"fresh\"");
        (await server.Html($"dags/etl/graph?run={before}")).Says("data-node=\"gone\"");
        (await server.Html($"runs/{before}/graph")).Says("data-node=\"gone\"");
    }
}
