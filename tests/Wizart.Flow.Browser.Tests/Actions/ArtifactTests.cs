namespace Wizart.Flow.Browser.Tests.Actions;

/// <summary>What tasks kept, shown in place.</summary>
public sealed class ArtifactTests(Site site)
{
    [Fact]
    public async Task Pictures_tables_and_texts_are_shown_and_a_report_runs_no_script()
    {
        await using var view = await View.OpenAsync(site);
        var page = view.Page;
        await view.GoAsync($"runs/{site.Past["report"]}/tasks/write");
        await Assertions.Expect(page.GetByLabel("totals.csv").Locator("tbody tr")).ToHaveCountAsync(2);
        await Assertions.Expect(page.GetByLabel("notes.md").GetByRole(AriaRole.Heading, new() { Name = "Totals", Exact = true })).ToBeVisibleAsync();
        await page.Locator("img[alt='dot.png']").ScrollIntoViewIfNeededAsync();
        await page.WaitForFunctionAsync("() => document.querySelector(\"img[alt='dot.png']\").naturalWidth === 8");

        var frame = page.Locator("iframe[title='report.html']");
        await frame.ScrollIntoViewIfNeededAsync();
        Assert.Equal("", await frame.GetAttributeAsync("sandbox"));
        await Assertions.Expect(page.FrameLocator("iframe[title='report.html']").Locator("#said")).ToHaveTextAsync("as written");
        Assert.Null(await page.EvaluateAsync<object?>("() => window.pwned"));

        // Also when the frame's address is opened by itself: it is still in a sandbox.
        await page.GotoAsync((await frame.GetAttributeAsync("src"))!);
        await Assertions.Expect(page.Locator("#said")).ToHaveTextAsync("as written");
    }
}
