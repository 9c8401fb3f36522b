namespace Wizart.Flow.Browser.Tests.Keyboard;

/// <summary>One always sees where one is, and comes back from where one went.</summary>
public sealed class FocusTests(Site site)
{
    [Fact]
    public async Task The_first_stop_leads_past_the_navigation()
    {
        await using var view = await View.OpenAsync(site);
        var page = view.Page;
        await view.GoAsync("dags?sort=name");
        var skip = page.GetByRole(AriaRole.Link, new() { Name = "Skip to content" });
        await Assertions.Expect(skip).Not.ToBeInViewportAsync();
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(skip).ToBeFocusedAsync();
        await Assertions.Expect(skip).ToBeInViewportAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.AtAsync("**/dags?sort=name#content");
        await page.Keyboard.PressAsync("Tab");
        Assert.True(await page.EvaluateAsync<bool>("() => document.querySelector('main').contains(document.activeElement)"));
        view.IsClean();
    }

    [Theory]
    [InlineData("")]
    [InlineData("dags/every_state/graph")]
    [InlineData("dags/order/trigger")]
    public async Task Every_stop_is_seen(string path)
    {
        await using var view = await View.OpenAsync(site);
        await view.GoAsync(path);
        var unseen = new SortedSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < 50; i++)
        {
            await view.Page.Keyboard.PressAsync("Tab");
            if (await view.Page.EvaluateAsync<string?>(
                """
                () => {
                    const at = document.activeElement;
                    if (!at || at === document.body) return null;
                    const marked = e => { const s = getComputedStyle(e); return s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0 || s.boxShadow !== "none"; };
                    const box = at.getBoundingClientRect();
                    const where = at.outerHTML.slice(0, 120);
                    if (!marked(at) && ![...at.children].some(marked)) return "no mark: " + where;
                    return box.width * box.height > 0 ? null : "no room: " + where;
                }
                """) is { } fault) unseen.Add(fault);
        }

        Assert.True(unseen.Count == 0, string.Join('\n', unseen));
        view.IsClean();
    }

    [Fact]
    public async Task A_question_mark_says_which_keys_there_are_on_this_view()
    {
        await using var view = await View.OpenAsync(site);
        var page = view.Page;
        await view.GoAsync("dags/every_state/grid");
        await page.Keyboard.PressAsync("?");
        var keys = page.GetByRole(AriaRole.Dialog, new() { Name = "Keys" });
        await Assertions.Expect(keys).ToBeVisibleAsync();
        await Assertions.Expect(keys).ToContainTextAsync("move in the grid");
        await Assertions.Expect(keys).ToContainTextAsync("g then …");
        await Assertions.Expect(keys.Locator(".key-places > span", new() { HasText = "Runs" })).ToContainTextAsync("r");
        await Assertions.Expect(keys.GetByRole(AriaRole.Button, new() { Name = "Close" })).ToBeFocusedAsync();
        await Screenshots.TakeAsync(page, "keys");
        Assert.Empty(await Axe.FaultsAsync(page));
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(keys).ToBeHiddenAsync();
        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("r");
        await page.AtAsync("**/runs");
        view.IsClean();
    }

    [Fact]
    public async Task Keys_that_are_typed_into_a_field_are_letters()
    {
        await using var view = await View.OpenAsync(site);
        var page = view.Page;
        await view.GoAsync("dags");
        await page.Locator("#dag-text").FocusAsync();
        await page.Keyboard.TypeAsync("/g?d");
        await Assertions.Expect(page.Locator("#dag-text")).ToHaveValueAsync("/g?d");
        await Assertions.Expect(page.Locator("dialog[open]")).ToHaveCountAsync(0);
        view.IsClean();
    }
}
