using System.Text.RegularExpressions;

namespace Wizart.Flow.Browser.Tests.Support;

/// <summary>
/// Where a window is. That all of the page is loaded is not waited for: what a test looks at next waits for itself. Who then presses
/// keys, or clicks what a script makes of a link, waits with <see cref="View.LiveAsync"/> for the page's scripts.
/// </summary>
internal static class Places
{
    /// <summary>Waits until the window is at an address.</summary>
    public static Task AtAsync(this IPage page, string glob) => page.WaitForURLAsync(glob, new PageWaitForURLOptions { WaitUntil = WaitUntilState.Commit });

    /// <inheritdoc cref="AtAsync(IPage, string)"/>
    public static Task AtAsync(this IPage page, Regex address) => page.WaitForURLAsync(address, new PageWaitForURLOptions { WaitUntil = WaitUntilState.Commit });
}
