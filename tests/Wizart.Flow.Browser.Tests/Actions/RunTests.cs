using System.Text.RegularExpressions;
using Wizart.Flow.Engine.Runs;

namespace Wizart.Flow.Browser.Tests.Actions;

/// <summary>What is done with a run: cancelling, clearing, marking, noting, and the same with several at once.</summary>
public sealed class RunTests(Site site)
{
    [Fact]
    public async Task Cancelling_stops_it_and_the_page_says_so()
    {
        using var gate = await Gate.StartAsync(site);
        await using var view = await View.OpenAsync(site);
        view.Page.Dialog += (_, dialog) => dialog.AcceptAsync();
        await view.GoAsync($"runs/{gate.Run}");
        await view.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Assertions.Expect(view.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("cancelled");
        await Assertions.Expect(view.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel" })).ToHaveCountAsync(0);
        Assert.Equal(RunState.Cancelled, (await site.Api.EndAsync(gate.Run)).State);
        view.IsClean();
    }

    [Fact]
    public async Task Clearing_shows_what_it_touches_as_choices_change_and_runs_it_again()
    {
        site.Need();
        var run = await site.Api.RunToEndAsync("report");
        await using var view = await View.OpenAsync(site);
        var page = view.Page;
        await view.GoAsync($"runs/{run.Id}/tasks/write");
        await page.GetByRole(AriaRole.Link, new() { Name = "Clear…" }).ClickAsync();
        var sheet = page.Locator("#sheet");
        await Assertions.Expect(sheet.Locator("#rework-preview")).ToContainTextAsync("1 task instance of 1 run");
        await sheet.GetByLabel("also in runs of earlier dates").CheckAsync();
        await Assertions.Expect(sheet.Locator("#rework-preview")).ToContainTextAsync(new Regex(@"[2-9]\d* task instances of [2-9]"));
        await sheet.GetByLabel("of these only what failed").CheckAsync();
        await Assertions.Expect(sheet.Locator("#rework-preview")).ToContainTextAsync("Nothing would be touched");
        await sheet.GetByLabel("also in runs of earlier dates").UncheckAsync();
        await sheet.GetByLabel("of these only what failed").UncheckAsync();
        await sheet.GetByRole(AriaRole.Button, new() { Name = "Clear", Exact = true }).ClickAsync();
        await Assertions.Expect(sheet).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator(".toast")).ToContainTextAsync("Cleared");
        await Eventually.HoldsAsync(async () => (await site.Api.TaskAsync(run.Id, "write")).Attempts == 2, () => "a second attempt");
        await Assertions.Expect(page.GetByRole(AriaRole.Navigation, new() { Name = "Attempts" })).ToContainTextAsync("attempt 2");
        view.IsClean();
    }

    [Fact]
    public async Task Marking_says_what_became_of_it()
    {
        site.Need();
        var run = await site.Api.RunToEndAsync("report");
        await using var view = await View.OpenAsync(site);
        await view.GoAsync($"runs/{run.Id}");
        await view.Page.GetByRole(AriaRole.Link, new() { Name = "Mark…" }).ClickAsync();
        var sheet = view.Page.Locator("#sheet");
        await sheet.GetByLabel("failed", new() { Exact = true }).CheckAsync();
        await Assertions.Expect(sheet.Locator("#rework-preview")).ToContainTextAsync("1 run");
        await sheet.GetByLabel("Note").FillAsync("wrong numbers");
        await sheet.GetByRole(AriaRole.Button, new() { Name = "Mark", Exact = true }).ClickAsync();
        await Assertions.Expect(view.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("failed");
        await Assertions.Expect(view.Page.GetByText("wrong numbers")).ToBeVisibleAsync();
        Assert.Equal(RunState.Failed, (await site.Api.RunAsync(run.Id)).State);
        view.IsClean();
    }

    [Fact]
    public async Task A_note_is_kept_and_removed()
    {
        site.Need();
        var run = await site.Api.RunToEndAsync("report");
        await using var view = await View.OpenAsync(site);
        await view.GoAsync($"runs/{run.Id}");
        foreach (var text in (string[])["The shop was closed.\nAll day.", ""])
        {
            await view.Page.GetByRole(AriaRole.Link, new() { Name = "Note…" }).ClickAsync();
            await view.Page.Locator("#sheet").GetByLabel("Note").FillAsync(text);
            await view.Page.Locator("#sheet").GetByRole(AriaRole.Button, new() { Name = "Keep" }).ClickAsync();
            await view.Page.AtAsync($"**/runs/{run.Id}");
            await Assertions.Expect(view.Page.Locator("#run-head .note-text")).ToHaveCountAsync(text.Length > 0 ? 1 : 0);
        }

        view.IsClean();
    }

    [Fact]
    public async Task Several_runs_are_dealt_with_at_once_after_a_look()
    {
        site.Need();
        foreach (var _ in (int[])[1, 2, 3]) await site.Api.RunToEndAsync("again");
        await using var view = await View.OpenAsync(site);
        var page = view.Page;
        await view.GoAsync("dags/again/runs?state=success");
        await page.GetByLabel("All on this page").CheckAsync();
        await Assertions.Expect(page.Locator("[data-bulk-count]")).ToHaveTextAsync("3 chosen");
        await page.GetByRole(AriaRole.Button, new() { Name = "Mark as failed…" }).ClickAsync();
        var sheet = page.Locator("#sheet");
        await Assertions.Expect(sheet.GetByRole(AriaRole.Heading)).ToHaveTextAsync("Mark as failed: 3 runs");
        await Assertions.Expect(sheet.Locator("tbody tr")).ToHaveCountAsync(3);
        await sheet.GetByRole(AriaRole.Button, new() { Name = "Mark as failed" }).ClickAsync();
        await Assertions.Expect(page.Locator(".toast")).ToContainTextAsync("Marked 3 runs.");
        Assert.All(await site.Api.RunsAsync("again"), r => Assert.Equal(RunState.Failed, r.State));
        await Assertions.Expect(page.GetByText("No run fits.")).ToBeVisibleAsync();
        view.IsClean();
    }
}
