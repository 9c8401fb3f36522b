namespace Wizart.Flow.Browser.Tests.Keyboard;

/// <summary>One place to find everything, without the mouse.</summary>
public sealed class PaletteTests(Site site)
{
    [Fact]
    public async Task A_DAG_is_found_and_gone_to()
    {
        await using var view = await View.OpenAsync(site);
        var page = view.Page;
        await view.GoAsync("");
        foreach (var (key, dag) in ((string, string)[])[("Control+k", "every_state"), ("Meta+k", "long_log"), ("/", "hostile")])
        {
            await page.Keyboard.PressAsync(key);
            await Assertions.Expect(page.GetByRole(AriaRole.Combobox, new() { Name = "Find", Exact = true })).ToBeFocusedAsync();
            await page.Keyboard.TypeAsync(dag[..6]);
            await Assertions.Expect(page.Locator("#palette").GetByRole(AriaRole.Option).First).ToContainTextAsync(dag);
            await page.Keyboard.PressAsync("Enter");
            await page.AtAsync($"**/dags/{dag}");
            await view.LiveAsync();
        }

        view.IsClean();
    }

    [Fact]
    public async Task Who_types_and_presses_Enter_at_once_gets_what_was_typed()
    {
        await using var view = await View.OpenAsync(site);
        await view.GoAsync("");
        await view.Page.Keyboard.PressAsync("Control+k");
        await view.Page.Keyboard.TypeAsync("report");
        await view.Page.Keyboard.PressAsync("Enter");
        await view.Page.AtAsync("**/dags/report");
        view.IsClean();
    }

    [Fact]
    public async Task Arrows_choose_among_pages_tasks_and_runs()
    {
        await using var view = await View.OpenAsync(site);
        var page = view.Page;
        await view.GoAsync("dags");
        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync("parse");
        var options = page.Locator("#palette").GetByRole(AriaRole.Option);
        await Assertions.Expect(options).ToHaveTextAsync(["every_state › parsetask", "every_state › after_parsetask"]);
        await page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(options.Nth(1)).ToHaveAttributeAsync("aria-selected", "true");
        await Assertions.Expect(page.GetByRole(AriaRole.Combobox, new() { Name = "Find", Exact = true })).ToHaveAttributeAsync("aria-activedescendant", "found-1");
        await Screenshots.TakeAsync(page, "palette");
        await page.Keyboard.PressAsync("ArrowUp");
        await Assertions.Expect(options.Nth(0)).ToHaveAttributeAsync("aria-selected", "true");

        await page.Keyboard.PressAsync("Control+a");
        await page.Keyboard.TypeAsync($"{site.Past["report"]}");
        await Assertions.Expect(options.First).ToContainTextAsync($"Run {site.Past["report"]} of report");
        await page.Keyboard.PressAsync("Control+a");
        await page.Keyboard.TypeAsync("no such thing");
        await Assertions.Expect(options).ToHaveTextAsync(["Nothing of that name."]);
        await page.Keyboard.PressAsync("Control+a");
        await page.Keyboard.TypeAsync("variab");
        await Assertions.Expect(options.First).ToContainTextAsync("Variables");
        await page.Keyboard.PressAsync("Enter");
        await page.AtAsync("**/variables");
        view.IsClean();
    }

    [Fact]
    public async Task Escape_closes_it_and_leads_back_to_where_one_was()
    {
        await using var view = await View.OpenAsync(site);
        var page = view.Page;
        await view.GoAsync("dags");
        var opener = page.GetByRole(AriaRole.Button, new() { Name = "Find a DAG" });
        await page.PressOnAsync(opener);
        await Assertions.Expect(page.Locator("#palette")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("#palette")).ToBeHiddenAsync();
        await Assertions.Expect(opener).ToBeFocusedAsync();
        view.IsClean();
    }
}
