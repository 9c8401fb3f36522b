namespace Wizart.Flow.Web.Ui.Forms;

/// <summary>Which regular expressions a browser understands as .NET does: only plain ones are given to it, the server checks all.</summary>
internal static class BrowserPattern
{
    public static bool Knows(string? pattern) =>
        pattern is { Length: > 0 } && !pattern.Contains("(?", StringComparison.Ordinal) && !pattern.Contains("[:", StringComparison.Ordinal)
        && !pattern.Contains(@"\A", StringComparison.Ordinal) && !pattern.Contains(@"\z", StringComparison.OrdinalIgnoreCase)
        // A browser takes these for operations on sets.
        && !pattern.Contains("&&", StringComparison.Ordinal) && !pattern.Contains("--", StringComparison.Ordinal);
}
