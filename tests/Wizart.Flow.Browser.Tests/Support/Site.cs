using System.Text.RegularExpressions;
using Wizart.Flow.TestServers.Browsers;

[assembly: AssemblyFixture(typeof(Wizart.Flow.Browser.Tests.Support.Site))]

namespace Wizart.Flow.Browser.Tests.Support;

/// <summary>One real daemon with a past, and one browser that is signed in to it, for all tests.</summary>
public sealed partial class Site : IAsyncLifetime
{
    public const string Admin = "root";
    public const string Password = "correct horse battery";

    private DaemonHome? _home;
    private DaemonProcess? _daemon;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>The daemon's address, without a slash at its end.</summary>
    public string Url { get; private set; } = "";

    /// <summary>The cookies of the admin who signed in.</summary>
    public string SignedIn { get; private set; } = "";

    /// <summary>What the one-time link led through, so that a test can say it was right.</summary>
    public IReadOnlyList<string> Steps { get; private set; } = [];

    internal DaemonHome Home => _home!;

    internal FlowApiClient Api => _daemon!.Api;

    internal Past Past { get; private set; } = null!;

    internal IBrowser Browser => _browser!;

    /// <summary>Skips the test where there is no browser; on the build server that is an error.</summary>
    public void Need()
    {
        if (Chromium.Path is not null) return;
        const string why = "There is no chromium here: apt-get install chromium.";
        if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(why);
        Assert.Skip(why);
    }

    public async ValueTask InitializeAsync()
    {
        if (Chromium.Path is null) return;
        _home = new DaemonHome();
        Past.Write(_home);
        _home.Environment["FLOW__WORKERS"] = "8";
        _home.Environment["FLOW__TRUSTEDPROXIES"] = "127.0.0.1";
        _daemon = await DaemonProcess.StartAsync(_home);
        var link = await Eventually.GetAsync(() => Task.FromResult(Link().Match(_daemon.Output) is { Success: true } match ? match.Value : null), () => $"the link.\n{_daemon.Output}");
        Url = new Uri(link).GetLeftPart(UriPartial.Authority);
        _playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(20_000);
        var past = Past.MakeAsync(_home, _daemon.Api);
        _browser = await Chromium.StartAsync(_playwright);
        await SignInAsync(link);
        Past = await past;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.CloseAsync();
        _playwright?.Dispose();
        if (_daemon is not null) await _daemon.DisposeAsync();
        _home?.Dispose();
    }

    // As the first admin does it: by the link of the daemon's log.
    private async Task SignInAsync(string link)
    {
        await using var context = await _browser!.NewContextAsync(new BrowserNewContextOptions { TimezoneId = "UTC" });
        var page = await context.NewPageAsync();
        await page.GotoAsync(link);
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(Admin);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(Password);
        await page.GetByLabel("Password again").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Set password and sign in" }).ClickAsync();
        await page.AtAsync(Url + "/");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Home", Level = 1 })).ToBeVisibleAsync();
        Steps = [link, page.Url, await page.TitleAsync()];
        SignedIn = await context.StorageStateAsync();
    }

    [GeneratedRegex(@"http://\S+/sign-in/once/[\w-]+")]
    private static partial Regex Link();
}
