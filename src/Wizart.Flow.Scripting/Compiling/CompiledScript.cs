using Wizart.Flow.Model;

namespace Wizart.Flow.Scripting;

/// <summary>A script as an assembly: a submission of class <c>Script</c> with the static method <c>&lt;Factory&gt;(object[])</c>.</summary>
public sealed class CompiledScript
{
    internal CompiledScript(string hash, byte[] library, byte[] symbols, ExtraReferences references, ImageSources sources) =>
        (Hash, Library, Symbols, References, Sources) = (hash, library, symbols, references, sources);

    /// <summary>The hash of all that went into it.</summary>
    public string Hash { get; }

    /// <summary>The hash over its tokens.</summary>
    public string CodeHash => Sources.CodeHash;

    /// <summary>The compiler's warnings.</summary>
    public IReadOnlyList<Diagnostic> Warnings => Sources.Warnings;

    /// <summary>The assembly.</summary>
    internal byte[] Library { get; }

    /// <summary>The portable PDB, with the sources inside: the line of an error is known after the file has changed.</summary>
    internal byte[] Symbols { get; }

    internal ExtraReferences References { get; }

    internal ImageSources Sources { get; }
}
