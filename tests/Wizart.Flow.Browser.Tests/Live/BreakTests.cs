namespace Wizart.Flow.Browser.Tests.Live;

/// <summary>A page whose line was cut says so, and catches up by itself.</summary>
public sealed class BreakTests(Site site)
{
    [Theory]
    [InlineData("runs/{0}")]
    [InlineData("runs/{0}/graph")]
    [InlineData("runs/{0}/tasks/wait")]
    public async Task It_shows_what_happened_meanwhile(string path)
    {
        using var gate = await Gate.StartAsync(site);
        await using var proxy = await ReverseProxy.StartAsync(site);
        await using var view = await View.OpenAsync(site, url: proxy.Url);
        var page = view.Page;
        await view.GoAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, path, gate.Run));
        await view.LiveAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("running");

        proxy.Cut();
        await Assertions.Expect(page.Locator("[data-live-mark][data-off]")).ToHaveAttributeAsync("title", "The daemon can't be reached");
        gate.Open();
        await site.Api.EndAsync(gate.Run);
        proxy.Mend();
        await Assertions.Expect(page.Locator("[data-live-mark][data-on]")).ToHaveCountAsync(1);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("success");
        if (path.EndsWith("graph", StringComparison.Ordinal)) await Assertions.Expect(page.Locator(".node[data-node='after'].s-success")).ToHaveCountAsync(1);
        if (path.EndsWith("wait", StringComparison.Ordinal)) await Assertions.Expect(page.GetByRole(AriaRole.Log)).ToContainTextAsync("the gate is open");
        await view.IsSameAsync();
    }
}
