namespace Wizart.Flow.Browser.Tests.Support;

/// <summary>Pictures of what was looked at, for a person to look at: <c>.artifacts/screenshots</c>. On the build server nobody does.</summary>
internal static class Screenshots
{
    private static readonly string Folder =
        Path.GetFullPath(Path.Combine(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar), "..", "..", "..", "screenshots"));

    private static readonly bool AreWanted = Environment.GetEnvironmentVariable("CI") != "true";

    public static Task TakeAsync(IPage page, string name) => !AreWanted ? Task.CompletedTask : page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Folder, name + ".png"), FullPage = true, Animations = ScreenshotAnimations.Disabled });
}
