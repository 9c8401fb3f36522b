using Wizart.Flow.Model;

namespace Wizart.Flow.Scripting;

/// <summary>What compiling a script gave: an image, or the reasons why there is none.</summary>
public abstract record CompileResult
{
    private CompileResult()
    {
    }

    /// <summary>The script compiles.</summary>
    /// <param name="Script">What it was compiled to, warnings included.</param>
    public sealed record Compiled(CompiledScript Script) : CompileResult;

    /// <summary>The script doesn't compile, or breaks a rule.</summary>
    /// <param name="Diagnostics">All that is wrong with it, warnings included.</param>
    public sealed record Refused(IReadOnlyList<Diagnostic> Diagnostics) : CompileResult;
}
