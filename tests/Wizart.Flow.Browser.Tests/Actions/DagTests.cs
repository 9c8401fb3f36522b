namespace Wizart.Flow.Browser.Tests.Actions;

/// <summary>What is done with a DAG: pausing, filtering the list, filling back.</summary>
public sealed class DagTests(Site site)
{
    [Fact]
    public async Task Pausing_in_the_list_changes_its_row_and_the_daemon()
    {
        await using var view = await View.OpenAsync(site);
        await view.GoAsync("dags?text=pausing");
        var row = view.Page.Locator("tr", new() { HasText = "pausing" });
        await row.GetByRole(AriaRole.Button, new() { Name = "Pause pausing", Exact = true }).ClickAsync();
        await Assertions.Expect(row.Locator(".tag")).ToHaveTextAsync("paused");
        await site.Api.DagAsync("pausing", d => d.Paused);
        await row.GetByRole(AriaRole.Button, new() { Name = "Unpause pausing" }).ClickAsync();
        await Assertions.Expect(row.Locator(".tag")).ToHaveCountAsync(0);
        await site.Api.DagAsync("pausing", d => !d.Paused);
        view.IsClean();
    }

    [Fact]
    public async Task The_list_narrows_as_one_types_and_its_address_says_how()
    {
        await using var view = await View.OpenAsync(site);
        await view.GoAsync("dags");
        await view.Page.GetByLabel("Find", new() { Exact = true }).And(view.Page.Locator("#dag-text")).PressSequentiallyAsync("every_st");
        await Assertions.Expect(view.Page.Locator(".dag-table tbody tr")).ToHaveCountAsync(1);
        await view.Page.AtAsync("**/dags?text=every_st*");
        await Assertions.Expect(view.Page.Locator("#dag-text")).ToBeFocusedAsync();
        await Assertions.Expect(view.Page.Locator("#dag-text")).ToHaveValueAsync("every_st");
        await view.GoAsync("dags");
        await view.Page.Locator(".chip", new() { HasText = "Failed" }).ClickAsync();
        await view.Page.AtAsync("**/dags?state=failed");
        await Assertions.Expect(view.Page.Locator(".dag-table .name", new() { HasText = "every_state" })).ToBeVisibleAsync();
        await Assertions.Expect(view.Page.Locator(".dag-table .name", new() { HasText = "maker" })).ToHaveCountAsync(0);
        view.IsClean();
    }

    [Fact]
    public async Task A_backfill_is_looked_at_before_it_begins_and_runs_what_it_said()
    {
        await using var view = await View.OpenAsync(site);
        var page = view.Page;
        await view.GoAsync("dags/daily");
        await page.GetByRole(AriaRole.Link, new() { Name = "Backfill…" }).ClickAsync();
        var sheet = page.Locator("#sheet");
        await sheet.GetByLabel("From").FillAsync(Past.Since.AddDays(6).ToString("O"));
        await sheet.GetByLabel("To, itself included").FillAsync(Past.Since.AddDays(5).ToString("O"));
        await Assertions.Expect(sheet.Locator("#backfill-preview .bad")).ToBeVisibleAsync();
        await sheet.GetByLabel("To, itself included").FillAsync(Past.Since.AddDays(8).ToString("O"));
        await sheet.GetByText("run all of them again").ClickAsync();
        await Assertions.Expect(sheet.Locator("#backfill-preview")).ToContainTextAsync("3 runs");
        var answer = await page.RunAndWaitForResponseAsync(
            () => sheet.GetByRole(AriaRole.Button, new() { Name = "Begin" }).ClickAsync(),
            r => r.Request.Method == "POST" && r.Url.EndsWith("/dags/daily/backfill", StringComparison.Ordinal));
        Assert.Equal(204, answer.Status);
        await page.AtAsync("**/backfills/*");
        await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("3 of 3");
        view.IsClean();
    }
}
