namespace Wizart.Flow.Browser.Tests.Safety;

/// <summary>What a script says is text, wherever it stands: never markup, never a script, never a link that runs one.</summary>
public sealed class HostileTests(Site site)
{
    private const string Words = "<script>window.pwned=1</script>";

    [Fact]
    public async Task On_no_page_anything_of_it_runs_and_its_words_are_there_to_read()
    {
        await using var view = await View.OpenAsync(site);
        var (page, run) = (view.Page, site.Past["hostile"]);
        var frames = new List<string>();
        foreach (var (path, shows) in ((string, bool)[])[
            ("", true), ("dags?text=hostile", true), ("dags/hostile", true), ("dags/hostile/grid", false), ("dags/hostile/graph", false), ("dags/hostile/gantt", false),
            ("dags/hostile/runs", false), ("dags/hostile/tasks", true), ("dags/hostile/code", true), ("dags/hostile/details", true), ("dags/hostile/trigger", true),
            ("runs?dag=hostile", false), ($"runs/{run}", true), ($"runs/{run}/graph", false), ($"runs/{run}/kept", false), ($"runs/{run}/code", true), ($"runs/{run}/details", true),
            ($"runs/{run}/tasks/say", true), ($"runs/{run}/tasks/fail", true), ($"runs/{run}/note", false)])
        {
            Assert.Equal(200, (await view.GoAsync(path)).Status);
            await Pages.ViewTests.SettledAsync(page);
            if (shows) await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync(Words, new() { UseInnerText = false });
            frames.AddRange((await FaultsAsync(page)).Select(fault => $"{path}: {fault}"));
        }

        Assert.Empty(frames);
        view.IsClean();
    }

    [Fact]
    public async Task Lines_of_a_log_are_lines_of_text()
    {
        await using var view = await View.OpenAsync(site);
        await view.GoAsync($"runs/{site.Past["hostile"]}/tasks/say");
        var lines = view.Page.GetByRole(AriaRole.Log).Locator(".l");
        await Assertions.Expect(lines.Nth(0)).ToContainTextAsync(Words);
        await Assertions.Expect(lines.Nth(1)).ToContainTextAsync("& <b>bold</b>");
        Assert.Empty(await FaultsAsync(view.Page));
        view.IsClean();
    }

    [Fact]
    public async Task Its_files_are_shown_without_running_also_when_opened_alone()
    {
        await using var view = await View.OpenAsync(site);
        var page = view.Page;
        await view.GoAsync($"runs/{site.Past["hostile"]}/kept");
        foreach (var href in await page.Locator("main a[href^='artifacts/']").EvaluateAllAsync<string[]>("links => [...new Set(links.map(a => a.getAttribute('href')))]"))
        {
            await view.GoAsync(href);
            await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToBeVisibleAsync();
            Assert.Empty(await FaultsAsync(page));
            if (!href.EndsWith(".svg", StringComparison.Ordinal)) continue;
            var raw = await view.Context.APIRequest.GetAsync(href + "/raw");
            Assert.Equal(200, raw.Status);
            Assert.StartsWith("sandbox; default-src 'none';", raw.Headers["content-security-policy"], StringComparison.Ordinal);
            await view.GoAsync(href + "/raw");
            Assert.Null(await page.EvaluateAsync<object?>("() => window.pwned"));
        }

        view.IsClean();
    }

    [Fact]
    public async Task What_people_type_is_text_too()
    {
        site.Need();
        var run = await site.Api.RunToEndAsync("plain");
        await using var view = await View.OpenAsync(site);
        var page = view.Page;
        await view.GoAsync($"runs/{run.Id}/note");
        await page.GetByLabel("Note").FillAsync(Words);
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep" }).ClickAsync();
        await Assertions.Expect(page.Locator(".note-text")).ToHaveTextAsync(Words);
        await view.GoAsync($"dags?text={Uri.EscapeDataString("\"><img src=x onerror=window.pwned=1>")}");
        await Assertions.Expect(page.Locator("#dag-text")).ToHaveValueAsync("\"><img src=x onerror=window.pwned=1>");
        Assert.Empty(await FaultsAsync(page));
        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync("<img src=x onerror=window.pwned=1>");
        await Assertions.Expect(page.Locator("#palette-list")).ToHaveTextAsync("Nothing of that name.");
        Assert.Empty(await FaultsAsync(page));
        view.IsClean();
    }

    private static async Task<IReadOnlyList<string>> FaultsAsync(IPage page) => await page.EvaluateAsync<string[]>(
        """
        () => [
            ...(window.pwned === undefined ? [] : ["a script ran"]),
            ...[...document.querySelectorAll("img[src='x'], [onerror], [onload], a[href^='javascript:' i], main script, main b b")].map(e => "markup: " + e.outerHTML.slice(0, 120)),
            ...[...document.querySelectorAll("iframe:not([sandbox=''])")].map(e => "a frame without its sandbox: " + e.outerHTML.slice(0, 120)),
        ]
        """);
}
