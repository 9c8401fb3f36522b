namespace Wizart.Flow.Browser.Tests.Resources;

/// <summary>What scripts read and share, changed by people.</summary>
public sealed class ValueTests(Site site)
{
    [Fact]
    public async Task A_variable_is_added_checked_changed_found_and_removed()
    {
        await using var view = await View.OpenAsync(site);
        var page = view.Page;
        page.Dialog += (_, dialog) => dialog.AcceptAsync();
        var (sheet, row) = (page.Locator("#sheet"), page.GetByRole(AriaRole.Row).Filter(new() { HasText = "discount" }));
        await view.GoAsync("variables");
        await page.GetByRole(AriaRole.Link, new() { Name = "Add a variable" }).ClickAsync();
        await sheet.GetByLabel("Name").FillAsync("discount");
        await sheet.GetByLabel("Value").FillAsync("{ not json");
        await sheet.GetByRole(AriaRole.Button, new() { Name = "Add" }).ClickAsync();
        await Assertions.Expect(sheet.Locator(".mistake")).ToBeVisibleAsync();
        await Screenshots.TakeAsync(page, "sheet-variable");
        await sheet.GetByLabel("Value").FillAsync("{\"from\": 1}");
        await sheet.GetByRole(AriaRole.Button, new() { Name = "Add" }).ClickAsync();
        await Assertions.Expect(sheet).ToBeHiddenAsync();
        await Assertions.Expect(row).ToContainTextAsync("\"from\"");

        await row.GetByRole(AriaRole.Link, new() { Name = "Change…" }).ClickAsync();
        await sheet.GetByLabel("Value").FillAsync("25");
        await sheet.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(row.Locator("code")).ToHaveTextAsync("25");
        await page.Locator("#variable-text").FillAsync("disc");
        await page.AtAsync("**/variables?text=disc*");
        await Assertions.Expect(page.Locator("#variable-list tbody tr")).ToHaveCountAsync(1);

        await row.GetByRole(AriaRole.Link, new() { Name = "discount" }).ClickAsync();
        await sheet.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Assertions.Expect(sheet).ToBeHiddenAsync();
        await Assertions.Expect(row).ToHaveCountAsync(0);
        view.IsClean();
    }

    [Fact]
    public async Task A_pools_slots_are_set_by_hand_and_reset_to_what_the_scripts_say()
    {
        await using var view = await View.OpenAsync(site);
        var page = view.Page;
        var (sheet, pool) = (page.Locator("#sheet"), page.GetByRole(AriaRole.Article, new() { Name = "gpu" }));
        await view.GoAsync("pools");
        await pool.GetByRole(AriaRole.Link, new() { Name = "Change slots…" }).ClickAsync();
        await sheet.GetByLabel("Slots").FillAsync("5");
        await Screenshots.TakeAsync(page, "sheet-pool");
        await sheet.GetByRole(AriaRole.Button, new() { Name = "Set the slots" }).ClickAsync();
        await Assertions.Expect(sheet).ToBeHiddenAsync();
        await Assertions.Expect(pool).ToContainTextAsync("set by hand");
        await Assertions.Expect(pool).ToContainTextAsync("of 5 in use");
        Assert.Equal(5, (await site.Api.PoolsAsync()).Single(p => p.Name == "gpu").Slots);
        await pool.GetByRole(AriaRole.Button, new() { Name = "Reset to 2" }).ClickAsync();
        await Assertions.Expect(pool).ToContainTextAsync("of 2 in use");
        await Assertions.Expect(pool).Not.ToContainTextAsync("set by hand");
        view.IsClean();
    }

    [Fact]
    public async Task An_update_of_an_asset_is_told_by_hand_and_starts_its_follower()
    {
        await using var view = await View.OpenAsync(site);
        var page = view.Page;
        await view.GoAsync("assets");
        await page.GetByRole(AriaRole.Link, new() { Name = "shop://prices" }).First.ClickAsync();
        await page.AtAsync("**/assets/*");
        await view.LiveAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Tell of an update…" }).ClickAsync();
        var sheet = page.Locator("#sheet");
        await sheet.GetByLabel("Value").FillAsync("\"seven\"");
        await sheet.GetByRole(AriaRole.Button, new() { Name = "Tell of the update" }).ClickAsync();
        await Assertions.Expect(sheet.Locator(".mistake")).ToBeVisibleAsync();
        await Screenshots.TakeAsync(page, "sheet-asset");
        var before = (await site.Api.RunsAsync("follower")).Length;
        await sheet.GetByLabel("Value").FillAsync("21");
        await sheet.GetByRole(AriaRole.Button, new() { Name = "Tell of the update" }).ClickAsync();
        await Assertions.Expect(sheet).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator("#asset .asset-value code").First).ToHaveTextAsync("21");
        await Assertions.Expect(page.Locator("#asset tbody tr").First).ToContainTextAsync(Site.Admin);
        await Eventually.HoldsAsync(async () => (await site.Api.RunsAsync("follower")).Length > before, () => "a run of the follower");
        view.IsClean();
    }

    [Fact]
    public async Task A_metric_is_drawn_by_tag_and_its_points_lead_to_their_runs()
    {
        await using var view = await View.OpenAsync(site);
        var page = view.Page;
        await view.GoAsync("measures");
        await page.GetByRole(AriaRole.Link, new() { Name = "orders_by_country" }).First.ClickAsync();
        var chart = page.GetByRole(AriaRole.Img, new() { Name = "Chart of orders_by_country" });
        await Assertions.Expect(chart.Locator("canvas")).ToBeVisibleAsync();
        Assert.True(await chart.Locator("canvas").EvaluateAsync<bool>("c => c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some(v => v !== 0)"));
        await page.GetByLabel("Compare").SelectOptionAsync(new SelectOptionValue { Label = "A line for each country" });
        await Assertions.Expect(page.Locator("#metric tbody .series-mark")).ToHaveCountAsync(2);
        await page.GetByLabel("Tag country").SelectOptionAsync("country=by");
        await page.AtAsync("**tag=country*by*");
        await Assertions.Expect(page.Locator("#metric-points")).Not.ToContainTextAsync("country=lt");
        await Assertions.Expect(page.GetByRole(AriaRole.Img, new() { Name = "Chart of orders_by_country" }).Locator("canvas")).ToBeVisibleAsync();
        await page.Locator("#metric-points").GetByRole(AriaRole.Link, new() { Name = "extract" }).First.ClickAsync();
        await page.AtAsync("**/tasks/extract");
        view.IsClean();
    }
}
