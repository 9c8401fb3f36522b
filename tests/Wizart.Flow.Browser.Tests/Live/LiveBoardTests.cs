namespace Wizart.Flow.Browser.Tests.Live;

/// <summary>The grid and the graph change in place: nothing jumps, what is chosen stays.</summary>
public sealed class LiveBoardTests(Site site)
{
    [Fact]
    public async Task The_grid_gets_a_column_whose_cells_change()
    {
        await using var view = await View.OpenAsync(site);
        var page = view.Page;
        await view.GoAsync("dags/gated/grid");
        await view.LiveAsync();
        using var gate = await Gate.StartAsync(site);
        var head = page.Locator($"th[data-run='{gate.Run}'] rect");
        await Assertions.Expect(head).ToHaveClassAsync("fill s-running");
        await Assertions.Expect(await CellAsync(page, gate.Run, "wait")).ToHaveClassAsync("s-running");
        gate.Open();
        await Assertions.Expect(await CellAsync(page, gate.Run, "after")).ToHaveClassAsync("s-success");
        await Assertions.Expect(await CellAsync(page, gate.Run, "wait")).ToHaveClassAsync("s-success");
        await Assertions.Expect(head).ToHaveClassAsync("fill s-success");
        await view.IsSameAsync();
        view.IsClean();
    }

    [Theory]
    [InlineData("dags/gated/graph?run={0}")]
    [InlineData("runs/{0}/graph")]
    public async Task The_graph_of_a_run_changes_as_it_goes_on(string path)
    {
        using var gate = await Gate.StartAsync(site);
        await using var view = await View.OpenAsync(site);
        await view.GoAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, path, gate.Run));
        await view.LiveAsync();
        var node = view.Page.Locator(".node[data-node='wait']");
        await Assertions.Expect(node).ToHaveClassAsync(Has("s-running"));
        gate.Open();
        await Assertions.Expect(node).ToHaveClassAsync(Has("s-success"));
        await Assertions.Expect(view.Page.GetByRole(AriaRole.Link, new() { Name = "wait, success" })).ToHaveCountAsync(1);
        await Assertions.Expect(view.Page.Locator(".node[data-node='after']")).ToHaveClassAsync(Has("s-success"));
        await view.IsSameAsync();
        view.IsClean();
    }

    private static System.Text.RegularExpressions.Regex Has(string word) => new($@"\b{word}\b");

    // By its place: the column's head says the run, the row's the task.
    private static async Task<ILocator> CellAsync(IPage page, long run, string task)
    {
        var column = await page.Locator($"th[data-run='{run}']").EvaluateAsync<int>("head => head.cellIndex");
        return page.Locator($"tr[data-task='{task}'] > :nth-child({column + 1})");
    }
}
