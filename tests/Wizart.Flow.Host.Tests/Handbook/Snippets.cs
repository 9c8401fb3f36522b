using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Wizart.Flow.Host.Tests.Handbook;

/// <summary>One C# block of the handbook or the README.</summary>
/// <param name="Page">The file's name.</param>
/// <param name="Line">The line of its first line of code.</param>
/// <param name="Kind">Empty, <c>wrong</c> or <c>right</c>.</param>
/// <param name="Code">The FLOW code in the heading above it; empty when there is none.</param>
/// <param name="Text">The code.</param>
public sealed record Snippet(string Page, int Line, string Kind, string Code, string Text)
{
    public override string ToString() => $"{Page}:{Line} {Kind} {Code}";
}

internal static partial class Snippets
{
    public static IEnumerable<Snippet> All()
    {
        var root = Path.GetFullPath(Path.Combine(Here(), "../../.."));
        var pages = Directory.GetFiles(Path.Combine(root, "src/Wizart.Flow.Web/Handbook"), "*.md").Append(Path.Combine(root, "README.md"));
        return pages.Order().SelectMany(Of);
    }

    private static IEnumerable<Snippet> Of(string page)
    {
        var lines = File.ReadAllLines(page);
        var code = "";
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].StartsWith('#')) code = FlowCode().Match(lines[i]).Value;
            if (Fence().Match(lines[i]) is not { Success: true } fence) continue;
            var start = i + 1;
            while (lines[++i] != "```") continue;
            yield return new Snippet(Path.GetFileName(page), start + 1, fence.Groups[1].Value, code, string.Join('\n', lines[start..i]));
        }
    }

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    [GeneratedRegex("^```csharp ?(wrong|right)?$")]
    private static partial Regex Fence();

    [GeneratedRegex(@"FLOW\d{3}")]
    private static partial Regex FlowCode();
}
