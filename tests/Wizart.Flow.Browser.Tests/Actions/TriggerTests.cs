using Wizart.Flow.Engine.Runs;

namespace Wizart.Flow.Browser.Tests.Actions;

/// <summary>Starting a run by the form.</summary>
public sealed class TriggerTests(Site site)
{
    [Fact]
    public async Task A_mistake_stands_beside_its_field_and_what_is_right_starts_a_run()
    {
        await using var view = await View.OpenAsync(site);
        var page = view.Page;
        await view.GoAsync("dags/order?from=link");
        await page.GetByRole(AriaRole.Link, new() { Name = "Run…" }).ClickAsync();
        var sheet = page.Locator("#sheet");
        await sheet.GetByLabel("count").FillAsync("11");
        await sheet.GetByLabel("brand").FillAsync("OAK");
        await sheet.GetByRole(AriaRole.Button, new() { Name = "Run", Exact = true }).ClickAsync();

        await Assertions.Expect(sheet.Locator(".param", new() { HasText = "count" }).Locator(".mistake")).ToContainTextAsync("10");
        await Assertions.Expect(sheet.Locator(".param", new() { HasText = "brand" }).Locator(".mistake")).ToBeVisibleAsync();
        await Assertions.Expect(sheet.Locator(".param", new() { HasText = "reason" }).Locator(".mistake")).ToBeVisibleAsync();
        await Assertions.Expect(sheet.GetByLabel("count")).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(sheet.GetByLabel("count")).ToHaveValueAsync("11");
        var before = (await site.Api.RunsAsync("order")).Length;

        await sheet.GetByLabel("count").FillAsync("4");
        await sheet.GetByLabel("brand").FillAsync("birch");
        await sheet.GetByLabel("reason").FillAsync("by hand");
        await sheet.GetByLabel("colour").SelectOptionAsync("green");
        await sheet.GetByLabel("dry").UncheckAsync();
        await sheet.GetByRole(AriaRole.Button, new() { Name = "Run", Exact = true }).ClickAsync();
        await page.AtAsync("**/runs/*");

        var id = long.Parse(page.Url.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture);
        var run = await site.Api.EndAsync(id);
        Assert.Equal(RunState.Success, run.State);
        Assert.Equal("4 green birch Medium False: by hand", await site.Api.OutputAsync<string>(id, "take"));
        Assert.True((await site.Api.RunsAsync("order")).Length > before);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("success");
    }

    [Fact]
    public async Task A_link_fills_the_form_and_the_command_says_the_same()
    {
        await using var view = await View.OpenAsync(site);
        await view.GoAsync("dags/order/trigger?brand=ash&count=7");
        await Assertions.Expect(view.Page.GetByLabel("brand")).ToHaveValueAsync("ash");
        await Assertions.Expect(view.Page.GetByLabel("count")).ToHaveValueAsync("7");
        await view.Page.GetByText("The same from a shell").ClickAsync();
        await Assertions.Expect(view.Page.Locator("#trigger-command")).ToContainTextAsync("order");
        view.IsClean();
    }

    [Fact]
    public async Task A_missed_day_of_the_calendar_is_run_by_choosing_it()
    {
        await using var view = await View.OpenAsync(site);
        var page = view.Page;
        await view.GoAsync("dags/daily/calendar");
        var missed = page.Locator(".day.missed").First;
        var words = (await missed.GetAttributeAsync("aria-label"))!;
        await missed.ClickAsync();
        var sheet = page.Locator("#sheet");
        await Assertions.Expect(sheet.GetByLabel("Date")).Not.ToHaveValueAsync("");
        await sheet.GetByRole(AriaRole.Button, new() { Name = "Run", Exact = true }).ClickAsync();
        await page.AtAsync("**/runs/*");
        await view.GoAsync("dags/daily/calendar");
        await Assertions.Expect(page.Locator($".day.has[aria-label^='{words.Split(':')[0]}:']")).ToHaveCountAsync(1);
        view.IsClean();
    }
}
