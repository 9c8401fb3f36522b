using Wizart.Flow.Execution;
using Wizart.Flow.Model;

namespace Wizart.Flow.Scripting;

/// <summary>What became of one script file: its image and its DAGs, or what is wrong with it.</summary>
public sealed record ScriptImport
{
    /// <summary>The script's absolute path.</summary>
    public required string File { get; init; }

    /// <summary>The hash of all that went into the image; null when there is none.</summary>
    public string? ImageHash => Image?.Hash;

    /// <summary>Changes when the code does, not when only white space or comments do; null when there is no image.</summary>
    public string? CodeHash { get; init; }

    /// <summary>The compiled script; null when it doesn't compile, or when there is nothing in it.</summary>
    public ImageReference? Image { get; init; }

    /// <summary>The script's text; null when it can't be read.</summary>
    public string? Source { get; init; }

    /// <summary>The DAGs, and the diagnostics of compiler, rules and evaluation together.</summary>
    public required ScriptDescription Description { get; init; }

    /// <summary>Absolute paths of the files it <c>#load</c>s, directly and indirectly; those that aren't there included.</summary>
    public IReadOnlyList<string> LoadedFiles { get; init; } = [];

    /// <summary>Absolute paths of the libraries it <c>#r</c>s and of what those use beside them.</summary>
    public IReadOnlyList<string> ReferencedFiles { get; init; } = [];

    /// <summary>Whether its DAGs, if any, may be published.</summary>
    public bool IsValid => Description.IsValid;

    /// <summary>Content hashes of the files as they were read for this import, where they could be.</summary>
    internal IReadOnlyDictionary<string, string?> Hashes { get; init; } = new Dictionary<string, string?>();

    /// <summary>Whether another import of the same file tells the same.</summary>
    internal bool IsSameAs(ScriptImport other) =>
        ImageHash == other.ImageHash && Source == other.Source
        && Description.Diagnostics.SequenceEqual(other.Description.Diagnostics)
        && LoadedFiles.SequenceEqual(other.LoadedFiles) && ReferencedFiles.SequenceEqual(other.ReferencedFiles);
}
