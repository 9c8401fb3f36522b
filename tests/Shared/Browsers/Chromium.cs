namespace Wizart.Flow.TestServers.Browsers;

/// <summary>The machine's own Chromium; none is ever downloaded.</summary>
internal static class Chromium
{
    /// <summary>Where it lies, by the search path; null when there is none.</summary>
    public static string? Path { get; } = Find();

    /// <summary>Starts it without a window.</summary>
    public static Task<IBrowser> StartAsync(IPlaywright playwright) => playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
    {
        ExecutablePath = Path,
        // As root it starts without its sandbox only; what it looks at here is ours.
        Args = Environment.UserName == "root" ? ["--no-sandbox", "--disable-dev-shm-usage"] : ["--disable-dev-shm-usage"],
    });

    private static string? Find() =>
        (from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
         from name in (string[])["chromium", "chromium-browser", "google-chrome"]
         select System.IO.Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
