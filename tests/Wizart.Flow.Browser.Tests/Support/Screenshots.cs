namespace Wizart.Flow.Browser.Tests.Support;

/// <summary>Pictures of what was looked at, for a person to look at: <c>.artifacts/screenshots</c>.</summary>
internal static class Screenshots
{
    private static readonly string Folder =
        Path.GetFullPath(Path.Combine(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar), "..", "..", "..", "screenshots"));

    public static Task TakeAsync(IPage page, string name) =>
        page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Folder, name + ".png"), FullPage = true, Animations = ScreenshotAnimations.Disabled });
}
