using Wizart.Flow.Model;

namespace Wizart.Flow.Web.Ui.Errors;

/// <summary>The lines of a script around a place.</summary>
internal static class SourceExcerpt
{
    private const int Around = 2;
    private const int LongestLine = 300;

    /// <summary>Two lines before it, the line itself, two after; none when the script is shorter than that.</summary>
    public static IReadOnlyList<SourceLine> Of(string source, SourceLocation place)
    {
        var lines = source.ReplaceLineEndings("\n").Split('\n');
        if (place.Line < 1 || place.Line > lines.Length) return [];
        var first = Math.Max(1, place.Line - Around);
        var last = Math.Min(lines.Length, place.Line + Around);
        return [.. Enumerable.Range(first, last - first + 1).Select(n => new SourceLine(n, Cut(lines[n - 1]), n == place.Line))];
    }

    private static string Cut(string line) => line.Length <= LongestLine ? line : string.Concat(line.AsSpan(0, LongestLine), "…");
}
