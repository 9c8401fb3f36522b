namespace Wizart.Flow.Browser.Tests.Support;

/// <summary>A browser's window on the site, and all that went wrong in it.</summary>
internal sealed class View : IAsyncDisposable
{
    private static readonly TimeSpan Closing = TimeSpan.FromSeconds(10);

    private readonly IBrowserContext _context;
    private readonly List<string> _faults = [];

    private View(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning" && !IsExpected(message)) Keep($"console {message.Type}: {message.Text} ({message.Location})");
        };
        page.PageError += (_, error) => Keep($"error on the page: {error}");
        page.Response += (_, response) =>
        {
            if (response.Status >= 500) Keep($"{response.Status} {response.Url}");
        };
    }

    public IPage Page { get; }

    public IBrowserContext Context => _context;

    /// <summary>Opens a window.</summary>
    /// <param name="site">The site.</param>
    /// <param name="width">Of the window; 390 is a phone.</param>
    /// <param name="scheme">What the system likes.</param>
    /// <param name="script">Whether scripts run.</param>
    /// <param name="signedIn">Whether as the admin, or as nobody.</param>
    /// <param name="zone">The computer's time zone.</param>
    /// <param name="url">Where the site is, when not where the daemon listens.</param>
    public static async Task<View> OpenAsync(
        Site site, int width = 1360, ColorScheme scheme = ColorScheme.Light, bool script = true, bool signedIn = true, string zone = "UTC", string? url = null)
    {
        site.Need();
        var context = await site.Browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = (url ?? site.Url) + "/",
            ViewportSize = new ViewportSize { Width = width, Height = width < 500 ? 844 : 900 },
            ColorScheme = scheme,
            JavaScriptEnabled = script,
            TimezoneId = zone,
            Locale = "en-GB",
            StorageState = signedIn ? site.SignedIn : null,
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(30_000);
        return new View(context, await context.NewPageAsync());
    }

    /// <summary>Goes to a path from the base on.</summary>
    public async Task<IResponse> GoAsync(string path) => (await Page.GotoAsync(path))!;

    /// <summary>Asks for a page as somebody who is not signed in, and signs in by the form that comes instead.</summary>
    public async Task SignInAsync(string name, string password, string path)
    {
        await GoAsync(path);
        await Page.AtAsync("**/sign-in*");
        await Page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await Page.GetByLabel("Password", new() { Exact = true }).FillAsync(password);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Page.AtAsync("**/" + path);
    }

    /// <summary>Waits until the page hears of events, and marks it, so that <see cref="IsSameAsync"/> can tell that it was never loaded again.</summary>
    public async Task LiveAsync()
    {
        await Assertions.Expect(Page.Locator("[data-live-mark][data-on]")).ToHaveCountAsync(1);
        await Page.EvaluateAsync("() => { window.marked = true; }");
    }

    /// <summary>The page is still the one that <see cref="LiveAsync"/> marked.</summary>
    public async Task IsSameAsync() => Assert.True(await Page.EvaluateAsync<bool>("() => window.marked === true"), "The page was loaded again.");

    /// <summary>Nothing may have gone wrong up to now.</summary>
    public void IsClean()
    {
        lock (_faults) Assert.True(_faults.Count == 0, $"{Page.Url}:\n{string.Join('\n', _faults)}");
    }

    // A window that is closed in the middle of a navigation may stay open: the browser takes it along at its end.
    public async ValueTask DisposeAsync()
    {
        // A test that fails before it looks at them shows what went wrong in its window.
        lock (_faults) TestContext.Current.TestOutputHelper?.WriteLine($"{Page.Url}: {(_faults.Count == 0 ? "nothing went wrong in the window" : string.Join('\n', _faults))}");
        await Task.WhenAny(_context.CloseAsync(), Task.Delay(Closing));
    }

    // That a kept report's scripts are not run is what its frame is for; a form that comes back with its mistakes is no fault; and of a
    // text that stands alone the browser asks for a picture that nobody named.
    private static bool IsExpected(IConsoleMessage message) =>
        message.Text.StartsWith("Blocked script execution", StringComparison.Ordinal)
        || message.Text.Contains("status of 422", StringComparison.Ordinal)
        || message.Location.Contains("/favicon.ico", StringComparison.Ordinal);

    private void Keep(string fault)
    {
        lock (_faults) _faults.Add(fault);
    }
}
