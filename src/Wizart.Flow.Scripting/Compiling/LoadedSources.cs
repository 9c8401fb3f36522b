using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Wizart.Flow.Scripting;

/// <summary>Gives the compiler the <c>#load</c>ed texts that were read before, never the disk.</summary>
internal sealed class LoadedSources(ScriptSources sources) : SourceReferenceResolver
{
    private readonly Dictionary<string, SourceText> _texts = sources.Texts.ToDictionary(t => t.Path, t => t.Text, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override string? ResolveReference(string path, string? baseFilePath)
    {
        if (baseFilePath is null || sources.Loads.GetValueOrDefault((baseFilePath, path)) is not { } found) return null;

        // A circle that leads back to the script: to the compiler, the loading file loads itself, which it knows to skip.
        return found == sources.Script.Path ? baseFilePath : found;
    }

    /// <inheritdoc/>
    public override string NormalizePath(string path, string? baseFilePath) => path;

    /// <inheritdoc/>
    public override SourceText ReadText(string resolvedPath) => _texts[resolvedPath];

    /// <inheritdoc/>
    public override Stream OpenRead(string resolvedPath) =>
        new MemoryStream(Encoding.UTF8.GetBytes(_texts[resolvedPath].ToString()), writable: false);

    /// <inheritdoc/>
    public override bool Equals(object? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}
