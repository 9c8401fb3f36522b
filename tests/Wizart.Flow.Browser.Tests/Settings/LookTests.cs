namespace Wizart.Flow.Browser.Tests.Settings;

/// <summary>Light or dark, and in which zone: chosen once, kept for all pages.</summary>
public sealed class LookTests(Site site)
{
    private const string Ground = "() => getComputedStyle(document.documentElement).backgroundColor";

    [Fact]
    public async Task Light_and_dark_are_as_the_system_says_until_one_is_chosen()
    {
        await using var view = await View.OpenAsync(site, scheme: ColorScheme.Light);
        var page = view.Page;
        await view.GoAsync("dags");
        var light = await page.EvaluateAsync<string>(Ground);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        var dark = await page.EvaluateAsync<string>(Ground);
        Assert.NotEqual(light, dark);

        // system, light, dark: a click each.
        var choice = page.GetByRole(AriaRole.Button, new() { Name = "Light, dark, or as the system" });
        await choice.ClickAsync();
        await Assertions.Expect(page.Locator(".toast")).ToContainTextAsync("Always light.");
        Assert.Equal(light, await page.EvaluateAsync<string>(Ground));
        await view.GoAsync("runs");
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "light");
        Assert.Equal(light, await page.EvaluateAsync<string>(Ground));
        await choice.ClickAsync();
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await view.GoAsync("handbook");
        Assert.Equal(dark, await page.EvaluateAsync<string>(Ground));
        await choice.ClickAsync();
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "system");
        Assert.Equal(light, await page.EvaluateAsync<string>(Ground));
        view.IsClean();
    }

    [Fact]
    public async Task Times_are_in_the_computers_zone_until_another_is_chosen()
    {
        await using var view = await View.OpenAsync(site, zone: "Asia/Tokyo", signedIn: false);
        var page = view.Page;
        await view.SignInAsync(Site.Admin, Site.Password, "dags");
        await Assertions.Expect(page.Locator("body[data-zone='Asia/Tokyo']")).ToHaveCountAsync(1);
        var path = $"runs/{site.Past["report"]}";
        await view.GoAsync(path);
        var (at, shown) = await BeganAsync(page);
        Assert.EndsWith($"{In(at, "Asia/Tokyo")} (Asia/Tokyo)", shown, StringComparison.Ordinal);

        await page.GetByRole(AriaRole.Button, new() { Name = "Asia/Tokyo" }).ClickAsync();
        await page.GetByLabel("Times are shown in").SelectOptionAsync("America/New_York");
        await Screenshots.TakeAsync(page, "sheet-zone");
        await page.GetByRole(AriaRole.Button, new() { Name = "Use it" }).ClickAsync();
        await Assertions.Expect(page.Locator("body[data-zone='America/New_York']")).ToHaveCountAsync(1);
        var (same, other) = await BeganAsync(page);
        Assert.Equal(at, same);
        Assert.EndsWith($"{In(at, "America/New_York")} (America/New_York)", other, StringComparison.Ordinal);

        // It stays, and lines of logs have it too.
        await view.GoAsync($"runs/{site.Past["every_state"]}/tasks/extract");
        await Assertions.Expect(page.Locator("body[data-zone='America/New_York']")).ToHaveCountAsync(1);
        var (began, _) = await BeganAsync(page);
        await Assertions.Expect(page.Locator(".l").First).ToHaveAttributeAsync("data-t", new System.Text.RegularExpressions.Regex($"^{In(began, "America/New_York")[..2]}:"));
        view.IsClean();
    }

    private static string In(DateTimeOffset at, string zone) =>
        TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(zone)).ToString("HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);

    // When it began, and how the head says so in full.
    private static async Task<(DateTimeOffset At, string Shown)> BeganAsync(IPage page)
    {
        var time = page.Locator(".facts time:not([data-ago])").First;
        var at = DateTimeOffset.Parse((await time.GetAttributeAsync("datetime"))!, System.Globalization.CultureInfo.InvariantCulture);
        return (at, (await time.GetAttributeAsync("title"))!);
    }
}
