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

    [Fact]
    public async Task What_happens_while_the_grid_is_fetched_is_not_lost()
    {
        await using var view = await View.OpenAsync(site);
        var page = view.Page;
        using (var earlier = await Gate.StartAsync(site))
        {
            earlier.Open();
            await site.Api.EndAsync(earlier.Run);
        }

        await view.GoAsync("dags/gated/grid");
        await view.LiveAsync();
        TaskCompletionSource answered = new(TaskCreationOptions.RunContinuationsAsynchronously), ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await page.RouteAsync(url => url.EndsWith("/dags/gated/grid?count=25", StringComparison.Ordinal), async route =>
        {
            var answer = await route.FetchAsync();
            answered.TrySetResult();
            await ended.Task;
            await route.FulfillAsync(new() { Response = answer });
        });
        using var gate = await Gate.StartAsync(site);
        await answered.Task.WaitAsync(TestContext.Current.CancellationToken);
        gate.Open();
        await site.Api.EndAsync(gate.Run);
        ended.SetResult();
        await Assertions.Expect(page.Locator($"th[data-run='{gate.Run}'] rect")).ToHaveClassAsync("fill s-success");
        await Assertions.Expect(await CellAsync(page, gate.Run, "after")).ToHaveClassAsync("s-success");
        view.IsClean();
    }

    [Theory]
    [InlineData("grid", "th[data-run='{0}'] rect.s-success")]
    [InlineData("graph", ".node.s-success[data-node='one']")]
    [InlineData("gantt", "a[href='runs/{0}/tasks/one'] >> nth=0")]
    public async Task A_view_without_runs_gets_the_first(string name, string shown)
    {
        await using var view = await View.OpenAsync(site);
        await view.GoAsync($"dags/first_in_{name}/{name}");
        await view.LiveAsync();
        var run = (await site.Api.TriggerAsync($"first_in_{name}")).Id;
        await Assertions.Expect(view.Page.Locator(string.Format(System.Globalization.CultureInfo.InvariantCulture, shown, run))).ToBeVisibleAsync();
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
