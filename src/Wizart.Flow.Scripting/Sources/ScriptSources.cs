using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Wizart.Flow.Scripting;

/// <summary>A script with all that it loads and references, as found on disk at one moment.</summary>
internal sealed record ScriptSources
{
    /// <summary>The script itself, parsed.</summary>
    public required SyntaxTree Tree { get; init; }

    /// <summary>The script's own text first, then what it <c>#load</c>s, directly and indirectly.</summary>
    public required IReadOnlyList<ScriptText> Texts { get; init; }

    /// <summary>The syntax trees of <see cref="Texts"/>, in their order.</summary>
    public required IReadOnlyList<SyntaxTree> Trees { get; init; }

    /// <summary>Where every <c>#load</c> leads, by the file it stands in and what it says; null where it leads nowhere.</summary>
    public required IReadOnlyDictionary<(string File, string Path), string?> Loads { get; init; }

    /// <summary>The <c>#r</c>s of all files.</summary>
    public required IReadOnlyList<ReferenceDirective> References { get; init; }

    /// <summary>Absolute paths of all loaded files, those that aren't there included: when they come, the script changes.</summary>
    public required IReadOnlyList<string> LoadedFiles { get; init; }

    /// <summary>What is wrong with the <c>#load</c>s.</summary>
    public required IReadOnlyList<Model.Diagnostic> Diagnostics { get; init; }

    /// <summary>The script itself.</summary>
    public ScriptText Script => Texts[0];
}

/// <summary>One <c>#r</c>.</summary>
/// <param name="Text">What stands between the quotes.</param>
/// <param name="File">The file it stands in.</param>
/// <param name="Span">Its place in that file.</param>
/// <param name="Location">The same for people.</param>
internal sealed record ReferenceDirective(string Text, string File, TextSpan Span, Model.SourceLocation Location);
