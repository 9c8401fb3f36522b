using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Wizart.Flow.Scripting;

namespace Wizart.Flow.Benchmarks.Limits;

/// <summary>Roslyn and nothing else: parse, bind, emit into memory, with references that are read already.</summary>
internal sealed class BareCompile
{
    private readonly CSharpCompilation _empty;

    public BareCompile()
    {
        var trusted = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, scriptClassName: "Script", usings: ScriptReferences.OfApplication().Usings);
        _empty = CSharpCompilation.CreateScriptCompilation(
            "bare", references: trusted.Select(path => MetadataReference.CreateFromFile(path)), options: options, returnType: typeof(object));
    }

    public void Run(string script)
    {
        var tree = CSharpSyntaxTree.ParseText(script, CSharpParseOptions.Default.WithKind(SourceCodeKind.Script), "bare.csx", System.Text.Encoding.UTF8);
        using var library = new MemoryStream();
        using var symbols = new MemoryStream();
        var result = _empty.AddSyntaxTrees(tree).Emit(library, symbols);
        if (!result.Success) throw new InvalidOperationException(string.Join("; ", result.Diagnostics));
    }
}
