using Wizart.Flow.Model;

namespace Wizart.Flow.Scripting;

/// <summary><c>sources.json</c>: what an image was made of, and the hashes of what it consists of.</summary>
internal sealed record ImageSources
{
    /// <summary>The script's path.</summary>
    public required string File { get; init; }

    /// <summary><see cref="ScriptReferences.Identity"/> when it was compiled.</summary>
    public required string Environment { get; init; }

    /// <summary>The hash over the tokens.</summary>
    public required string CodeHash { get; init; }

    /// <summary>The script and what it loads: absolute path → hash of the content.</summary>
    public required IReadOnlyDictionary<string, string> Texts { get; init; }

    /// <summary>Referenced libraries: absolute path → hash of the content; null for one that wasn't there.</summary>
    public required IReadOnlyDictionary<string, string?> Libraries { get; init; }

    /// <summary>The compiler's warnings.</summary>
    public required IReadOnlyList<Diagnostic> Warnings { get; init; }

    /// <summary>The hashes of <c>script.dll</c>, <c>script.pdb</c> and the libraries: a damaged image is found out.</summary>
    public required IReadOnlyDictionary<string, string> Content { get; init; }
}
