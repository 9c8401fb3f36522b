namespace Wizart.Flow.Browser.Tests.Keyboard;

/// <summary>The grid is walked by arrows.</summary>
public sealed class GridKeysTests(Site site)
{
    [Fact]
    public async Task Arrows_move_from_cell_to_cell_and_Enter_opens_one()
    {
        await using var view = await View.OpenAsync(site);
        var page = view.Page;
        await view.GoAsync("dags/every_state/grid");
        await Assertions.Expect(page.Locator("table.grid[data-awake]")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        var chosen = page.Locator("td.chosen");
        await Assertions.Expect(chosen).ToBeFocusedAsync();
        await Assertions.Expect(chosen).ToHaveAttributeAsync("aria-label", new System.Text.RegularExpressions.Regex("^extract, success, "));
        await Assertions.Expect(chosen).ToHaveCSSAsync("outline-style", "solid");
        await page.Keyboard.PressAsync("ArrowLeft");
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("ArrowUp");
        await Assertions.Expect(chosen).ToHaveCountAsync(1);
        await Assertions.Expect(chosen).ToHaveAttributeAsync("aria-label", new System.Text.RegularExpressions.Regex("^extract, "));
        await Screenshots.TakeAsync(page, "grid-chosen");
        var run = await page.Locator("th[data-run]").Last.GetAttributeAsync("data-run");
        await page.Keyboard.PressAsync("Enter");
        await page.AtAsync($"**/runs/{run}/tasks/extract");
        view.IsClean();
    }

    [Fact]
    public async Task A_run_that_comes_in_leaves_somebody_on_their_cell()
    {
        await using var view = await View.OpenAsync(site);
        var page = view.Page;
        using var first = await Gate.StartAsync(site);
        await view.GoAsync("dags/gated/grid");
        await view.LiveAsync();
        await Assertions.Expect(page.Locator("table.grid[data-awake]")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator($"th[data-run='{first.Run}']")).ToBeVisibleAsync();
        // A key that is pressed in the moment of a redraw, by runs of other tests, goes nowhere.
        var words = "";
        for (var i = 0; i < 10 && !words.StartsWith("wait, ", StringComparison.Ordinal); i++)
        {
            await page.Keyboard.PressAsync("ArrowDown");
            words = await page.EvaluateAsync<string>("() => document.querySelector('td.chosen')?.getAttribute('aria-label') ?? ''");
        }

        Assert.StartsWith("wait, ", words);
        var run = words.Split(", ")[2];
        run = run[..run.LastIndexOf(':')]; // without the state, which may go on
        using var second = await Gate.StartAsync(site);
        await Assertions.Expect(page.Locator($"th[data-run='{second.Run}']")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("td.chosen")).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator("td.chosen")).ToHaveAttributeAsync("aria-label", new System.Text.RegularExpressions.Regex($"^wait, .*{System.Text.RegularExpressions.Regex.Escape(run)}"));
        view.IsClean();
    }

    [Fact]
    public async Task Groups_open_and_fold_by_a_key_and_by_their_buttons()
    {
        await using var view = await View.OpenAsync(site);
        var page = view.Page;
        await view.GoAsync("dags/every_state/grid");
        var inside = page.Locator("tr[data-task='checks.count'], tr[data-task='count']").First;
        await Assertions.Expect(inside).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("table.grid[data-awake]")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("e");
        await Assertions.Expect(inside).ToBeHiddenAsync();
        var group = page.Locator("[data-fold]").First;
        await Assertions.Expect(group).ToHaveAttributeAsync("aria-expanded", "false");
        await page.PressOnAsync(group, "Space");
        await Assertions.Expect(group).ToHaveAttributeAsync("aria-expanded", "true");
        await Assertions.Expect(inside).ToBeVisibleAsync();
        view.IsClean();
    }
}
