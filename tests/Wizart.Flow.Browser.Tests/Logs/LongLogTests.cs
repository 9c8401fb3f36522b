using System.Globalization;

namespace Wizart.Flow.Browser.Tests.Logs;

/// <summary>A log of a hundred thousand lines is a text like any other.</summary>
public sealed class LongLogTests(Site site)
{
    private const int Lines = 100_000;
    private const int Needle = 77_777;

    [Fact]
    public async Task Its_end_is_reached_and_its_lines_are_found_and_copied_as_text()
    {
        await using var view = await OpenAsync();
        var page = view.Page;
        await page.Keyboard.PressAsync("End");
        await Assertions.Expect(Line(page, Lines)).ToBeInViewportAsync();
        await Assertions.Expect(Line(page, Lines)).ToHaveTextAsync($"line {Lines} of the log");

        // What is far out of view is found as text, and can be gone to.
        Assert.True(await page.EvaluateAsync<bool>("() => { getSelection().removeAllRanges(); return window.find('here is the needle', false, true); }"));
        Assert.Equal("here is the needle", await page.EvaluateAsync<string>("() => getSelection().toString()"));
        await page.EvaluateAsync("() => getSelection().focusNode.parentElement.scrollIntoView({ block: 'center' })");
        await Assertions.Expect(Line(page, Needle)).ToBeInViewportAsync();

        // A selection over many lines has their text, a line each, and no numbers.
        var copied = await page.EvaluateAsync<string>(
            """
            ([from, to]) => {
                const at = n => document.querySelector(`.l[data-n="${n}"]`);
                getSelection().setBaseAndExtent(at(from), 0, at(to), at(to).childNodes.length);
                return getSelection().toString();
            }
            """, new[] { Needle - 1, Needle + 1 });
        Assert.Equal([$"line {Needle - 1} of the log", "here is the needle", $"line {Needle + 1} of the log"], copied.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        view.IsClean();
    }

    [Fact]
    public async Task Lines_are_chosen_by_words_and_by_level_and_what_is_left_stands_together()
    {
        await using var view = await OpenAsync();
        var page = view.Page;
        await page.GetByLabel("Show lines with").FillAsync("NEEDLE");
        await Assertions.Expect(Line(page, Needle)).ToBeInViewportAsync();
        await Assertions.Expect(Shown(page)).ToHaveCountAsync(1);
        Assert.True(await page.GetByRole(AriaRole.Log).EvaluateAsync<bool>("log => log.scrollHeight <= log.clientHeight"), "One line needs no scrolling.");
        await page.GetByLabel("Show lines with").FillAsync("");
        await Assertions.Expect(Line(page, 1)).ToBeVisibleAsync();

        await page.GetByLabel("From which level").SelectOptionAsync("w");
        await Assertions.Expect(Line(page, 1)).ToBeHiddenAsync();
        await Assertions.Expect(Line(page, 1000)).ToBeInViewportAsync();
        await Assertions.Expect(Line(page, 2000)).ToBeInViewportAsync();
        Assert.Equal(100, await page.Locator(".log-block:not([hidden])").CountAsync());
        await page.GetByLabel("Show lines with").FillAsync("99000");
        await Assertions.Expect(Line(page, 99_000)).ToBeInViewportAsync();
        view.IsClean();
    }

    [Fact]
    public async Task A_link_leads_to_a_line_and_a_click_on_its_number_makes_one()
    {
        await using var view = await OpenAsync($"#L{Needle}");
        var page = view.Page;
        await Assertions.Expect(Line(page, Needle)).ToHaveClassAsync("l i target");
        await Assertions.Expect(Line(page, Needle)).ToBeInViewportAsync();
        await Line(page, Needle + 2).ClickAsync(new() { Position = new() { X = 20, Y = 8 } });
        await page.AtAsync($"**/tasks/write#L{Needle + 2}");
        await Assertions.Expect(Line(page, Needle + 2)).ToHaveClassAsync("l i target");
        await Assertions.Expect(Line(page, Needle)).ToHaveClassAsync("l i");
        view.IsClean();
    }

    [Fact]
    public async Task It_is_wrapped_shows_times_and_is_downloaded_whole()
    {
        await using var view = await OpenAsync();
        var page = view.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "Wrap" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Wrap" })).ToHaveAttributeAsync("aria-pressed", "true");
        await Assertions.Expect(Line(page, 1)).ToHaveCSSAsync("white-space-collapse", "preserve");
        await Assertions.Expect(Line(page, 1)).ToHaveCSSAsync("text-wrap-mode", "wrap");
        await page.GetByRole(AriaRole.Button, new() { Name = "Times" }).ClickAsync();
        await Assertions.Expect(Line(page, 1)).ToHaveAttributeAsync("data-t", new System.Text.RegularExpressions.Regex(@"^\d\d:\d\d:\d\d\.\d{3}$"));
        await Screenshots.TakeAsync(page, "log-times");

        var file = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Download" }).ClickAsync());
        Assert.Equal($"run-{site.Past["long_log"]}-write-attempt-1.log", file.SuggestedFilename);
        var text = await File.ReadAllLinesAsync(await file.PathAsync(), TestContext.Current.CancellationToken);
        Assert.Equal(Lines, text.Length);
        Assert.EndsWith("here is the needle", text[Needle - 1], StringComparison.Ordinal);

        // How one likes logs is kept.
        await page.ReloadAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Times" })).ToHaveAttributeAsync("aria-pressed", "true");
        view.IsClean();
    }

    private async Task<View> OpenAsync(string line = "")
    {
        var view = await View.OpenAsync(site);
        await view.GoAsync($"runs/{site.Past["long_log"]}/tasks/write{line}");
        await Assertions.Expect(view.Page.Locator("[data-log-count]")).ToHaveTextAsync(string.Create(CultureInfo.InvariantCulture, $"{Lines:N0} lines"));
        return view;
    }

    private static ILocator Line(IPage page, int number) => page.Locator($".l[data-n='{number}']");

    private static ILocator Shown(IPage page) => page.Locator(".l:not(.away)");
}
