namespace Wizart.Flow.Browser.Tests.Live;

/// <summary>The pages of a run and of its tasks follow it by themselves.</summary>
public sealed class LiveRunTests(Site site)
{
    [Fact]
    public async Task A_run_goes_on_and_ends_before_ones_eyes()
    {
        using var gate = await Gate.StartAsync(site);
        await using var view = await View.OpenAsync(site);
        var page = view.Page;
        await view.GoAsync($"runs/{gate.Run}");
        await view.LiveAsync();
        var wait = page.Locator("tr", new() { Has = page.GetByRole(AriaRole.Link, new() { Name = "wait", Exact = true }) });
        await Assertions.Expect(wait).ToContainTextAsync("running");
        await Assertions.Expect(wait).ToContainTextAsync("two of five");
        await Assertions.Expect(wait.Locator(".gauge-fill")).ToHaveCountAsync(1);
        var after = page.Locator("tr", new() { Has = page.GetByRole(AriaRole.Link, new() { Name = "after", Exact = true }) });
        await Assertions.Expect(after).ToContainTextAsync("waiting");

        gate.Open();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("success");
        await Assertions.Expect(wait).ToContainTextAsync("success");
        await Assertions.Expect(after).ToContainTextAsync("success");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Cancel" })).ToHaveCountAsync(0);
        await view.IsSameAsync();
        view.IsClean();
    }

    [Fact]
    public async Task A_tasks_page_shows_its_progress_and_its_log_grows()
    {
        using var gate = await Gate.StartAsync(site);
        await using var view = await View.OpenAsync(site);
        var page = view.Page;
        await view.GoAsync($"runs/{gate.Run}/tasks/wait");
        await view.LiveAsync();
        var log = page.GetByRole(AriaRole.Log);
        await Assertions.Expect(log.Locator(".l")).ToHaveTextAsync(["waiting for the gate"]);
        await Assertions.Expect(page.Locator("#task")).ToContainTextAsync("two of five");
        await Assertions.Expect(page.Locator("[data-log-follow]")).ToHaveAttributeAsync("aria-pressed", "true");

        gate.Open();
        await Assertions.Expect(log.Locator(".l")).ToHaveTextAsync(["waiting for the gate", "the gate is open"]);
        await Assertions.Expect(page.Locator("[data-log-count]")).ToHaveTextAsync("2 lines");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("success");
        await Assertions.Expect(page.Locator("[data-log-follow]")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("#output")).ToBeVisibleAsync();
        await view.IsSameAsync();
        view.IsClean();
    }

    [Fact]
    public async Task A_change_leaves_the_focus_where_it_was()
    {
        using var gate = await Gate.StartAsync(site);
        await using var view = await View.OpenAsync(site);
        var page = view.Page;
        await view.GoAsync($"runs/{gate.Run}");
        await view.LiveAsync();
        var row = page.GetByRole(AriaRole.Link, new() { Name = "wait", Exact = true });
        await Assertions.Expect(page.Locator("#run-tasks")).ToContainTextAsync("two of five");
        await row.FocusAsync();
        gate.Open();
        await Assertions.Expect(page.Locator("#run-tasks")).Not.ToContainTextAsync("running");
        await Assertions.Expect(row).ToBeFocusedAsync();
        view.IsClean();
    }
}
