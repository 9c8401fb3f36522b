using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Wizart.Flow.Scripting;

/// <summary>
/// Answers the compiler's question for each <c>#r</c> with an assembly that it has anyway: what the directives mean was
/// found before, and is among the compilation's references. (One <c>#r</c> may give the compiler only one assembly; a
/// package has many, or none.)
/// </summary>
internal sealed class ResolvedDirectives(PortableExecutableReference any) : MetadataReferenceResolver
{
    /// <inheritdoc/>
    public override ImmutableArray<PortableExecutableReference> ResolveReference(
        string reference, string? baseFilePath, MetadataReferenceProperties properties) => [any];

    /// <inheritdoc/>
    public override bool Equals(object? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}
