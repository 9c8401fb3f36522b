using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Wizart.Flow.Scripting;

/// <summary>What one script references beyond the assemblies that all have: its <c>#r</c>s, found.</summary>
internal sealed record ExtraReferences
{
    /// <summary>No <c>#r</c>s.</summary>
    public static ExtraReferences None { get; } = new();

    /// <summary>For the compiler.</summary>
    public ImmutableArray<MetadataReference> Compile { get; init; } = [];

    /// <summary>Libraries by assembly name. The image gets copies: authors build theirs anew while runs are on older ones.</summary>
    public IReadOnlyDictionary<string, byte[]> Libraries { get; init; } = ImmutableDictionary<string, byte[]>.Empty;

    /// <summary>Assemblies of packages for the loader: assembly name → absolute path.</summary>
    public IReadOnlyDictionary<string, string> Managed { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>For the loader: native libraries, and folders to look for them in.</summary>
    public IReadOnlyList<string> Native { get; init; } = [];

    /// <summary>Library files by path, with their content's hash; null for one that isn't there.</summary>
    public IReadOnlyDictionary<string, string?> Files { get; init; } = ImmutableDictionary<string, string?>.Empty;

    /// <summary>Packages, as <c>Id/Version</c>.</summary>
    public IReadOnlyList<string> Packages { get; init; } = [];

    /// <summary>What is wrong with them.</summary>
    public IReadOnlyList<Model.Diagnostic> Diagnostics { get; init; } = [];

    /// <summary>What the image's key holds of them.</summary>
    public IEnumerable<string> Identities =>
        Files.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Key} {f.Value}").Concat(Packages.Order(StringComparer.Ordinal));

    /// <summary>What the code's hash holds of them: where a library lies does not matter.</summary>
    public IEnumerable<string> CodeIdentities =>
        Files.Select(f => f.Value ?? "").Concat(Packages).Order(StringComparer.Ordinal);
}
