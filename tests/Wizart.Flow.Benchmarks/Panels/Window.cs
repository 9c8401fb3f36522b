using Wizart.Flow.Benchmarks.Figures;
using Wizart.Flow.TestServers.Browsers;

namespace Wizart.Flow.Benchmarks.Panels;

/// <summary>A browser that is let in to a daemon.</summary>
internal sealed class Window : IAsyncDisposable
{
    private const int Paints = 5;
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly PanelSite _site;

    private Window(IPlaywright playwright, IBrowser browser, PanelSite site) => (_playwright, _browser, _site) = (playwright, browser, site);

    /// <summary>Starts it; null where there is no browser.</summary>
    public static async Task<Window?> TryStartAsync(PanelSite site)
    {
        if (Chromium.Path is null) return null;
        var playwright = await Playwright.CreateAsync();
        return new Window(playwright, await Chromium.StartAsync(playwright), site);
    }

    /// <summary>A page in a window that has nothing cached.</summary>
    public async Task<IPage> OpenAsync()
    {
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = _site.Http.BaseAddress!.ToString(),
            ViewportSize = new ViewportSize { Width = 1360, Height = 900 },
            ExtraHTTPHeaders = [new("Authorization", $"Bearer {_site.Token}")],
            TimezoneId = "UTC",
        });
        context.SetDefaultTimeout(60_000);
        return await context.NewPageAsync();
    }

    /// <summary>Milliseconds from the start of the navigation to the first paint of something, nothing cached.</summary>
    public async Task<Spread> FirstPaintAsync(string path)
    {
        var samples = new List<double>();
        for (var i = 0; i <= Paints; i++)
        {
            var page = await OpenAsync();
            await page.GotoAsync(path, new PageGotoOptions { WaitUntil = WaitUntilState.DOMContentLoaded });
            var paint = await page.EvaluateAsync<double>(
                """
                () => new Promise(done => new PerformanceObserver((list, self) => {
                  const paint = list.getEntriesByName("first-contentful-paint")[0];
                  if (paint) { self.disconnect(); done(paint.startTime); }
                }).observe({ type: "paint", buffered: true }))
                """);
            if (i > 0) samples.Add(paint); // the first warms the browser up
            await page.Context.CloseAsync();
        }

        return new Spread(samples);
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.CloseAsync();
        _playwright.Dispose();
    }
}
