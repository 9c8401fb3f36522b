namespace Wizart.Flow.Browser.Tests.Resources;

/// <summary>Connections are made by a form of their type, tried before they are kept, and never give their secrets back.</summary>
public sealed class ConnectionTests(Site site)
{
    private const string Secret = "s3cret-of-the-shop";

    [Fact]
    public async Task One_is_made_tried_changed_and_removed_and_its_secret_stays_inside()
    {
        await using var view = await View.OpenAsync(site);
        var page = view.Page;
        page.Dialog += (_, dialog) => dialog.AcceptAsync();
        await view.GoAsync("connections");
        await page.GetByRole(AriaRole.Link, new() { Name = "Web API" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("token")).ToHaveAttributeAsync("type", "password");
        await page.GetByLabel("Id").FillAsync("shop");
        await page.GetByLabel("url").FillAsync("no address");
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep" }).ClickAsync();
        await Assertions.Expect(page.Locator(".mistake, .note.bad")).Not.ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByLabel("url")).ToHaveValueAsync("no address");

        await page.GetByLabel("url").FillAsync($"{site.Url}/alive");
        await page.GetByLabel("token").FillAsync(Secret);
        await page.GetByRole(AriaRole.Button, new() { Name = "Try it" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "It works." })).ToBeVisibleAsync();
        await Screenshots.TakeAsync(page, "connection-tried");
        Assert.DoesNotContain(Secret, await page.ContentAsync(), StringComparison.Ordinal);

        await page.GetByLabel("token").FillAsync(Secret);
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep" }).ClickAsync();
        await page.AtAsync("**/connections");
        await page.GetByRole(AriaRole.Link, new() { Name = "shop", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("url")).ToHaveValueAsync($"{site.Url}/alive");
        await Assertions.Expect(page.GetByLabel("token", new() { Exact = true })).ToHaveValueAsync("");
        await Assertions.Expect(page.GetByLabel("token", new() { Exact = true })).ToHaveAttributeAsync("placeholder", "stays as it is");
        Assert.DoesNotContain(Secret, await page.ContentAsync(), StringComparison.Ordinal);

        // Another server must not get the secret that was meant for this one.
        await page.GetByLabel("url").FillAsync("http://127.0.0.1:1/");
        await page.GetByRole(AriaRole.Button, new() { Name = "Try it" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("give token again");
        await page.GetByLabel("token", new() { Exact = true }).FillAsync(Secret);
        await page.GetByRole(AriaRole.Button, new() { Name = "Try it" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "It does not work." })).ToBeVisibleAsync();
        await page.GetByLabel("token", new() { Exact = true }).FillAsync(Secret);
        await page.GetByLabel("Description").FillAsync("the shop's prices");
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep" }).ClickAsync();
        await page.AtAsync("**/connections");
        await Assertions.Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "shop" })).ToContainTextAsync("the shop's prices");

        await page.GetByRole(AriaRole.Link, new() { Name = "shop", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("token", new() { Exact = true })).ToHaveAttributeAsync("placeholder", "stays as it is");
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await page.AtAsync("**/connections");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "shop", Exact = true })).ToHaveCountAsync(0);
        await view.GoAsync("audit?target=shop");
        await Assertions.Expect(page.GetByRole(AriaRole.Table)).ToContainTextAsync(Site.Admin);
        Assert.DoesNotContain(Secret, await page.ContentAsync(), StringComparison.Ordinal);
    }
}
