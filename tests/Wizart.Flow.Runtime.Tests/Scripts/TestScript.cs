using System.Security.Cryptography;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;
using Wizart.Flow.Execution;

namespace Wizart.Flow.Runtime.Tests.Scripts;

/// <summary>Compiles a script to an image the way the product does, without its project.</summary>
internal static class TestScript
{
    private static readonly string Root = Directory.CreateTempSubdirectory("flow-images-").FullName;
    private static readonly Lock CompileLock = new();

    private static readonly string[] Usings =
    [
        "System", "System.IO", "System.Linq", "System.Collections.Generic", "System.Threading", "System.Threading.Tasks", "Wizart.Flow",
    ];

    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(p => Path.GetFileName(p) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Wizart.Flow.Providers", StringComparison.Ordinal) || name is "mscorlib.dll" or "netstandard.dll"))
            .Append(typeof(Dag).Assembly.Location)
            .Append(typeof(TestScript).Assembly.Location)
            .Select(p => MetadataReference.CreateFromFile(p)),
    ];

    /// <summary>The image of a script; the same text is compiled once.</summary>
    public static ImageReference Compile(string source, string file = "test.csx")
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(file + "\n" + source)));
        var directory = Path.Combine(Root, hash);
        lock (CompileLock)
        {
            if (!Directory.Exists(directory)) Emit(source, file, directory);
        }

        return new ImageReference(hash, directory);
    }

    private static void Emit(string source, string file, string directory)
    {
        var text = SourceText.From(source, Encoding.UTF8);
        var tree = CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Latest, kind: SourceCodeKind.Script), file);
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, scriptClassName: "Script", usings: [.. Usings, "Wizart.Flow.Script"])
            .WithNullableContextOptions(NullableContextOptions.Disable)
            .WithAllowUnsafe(true);
        var compilation = CSharpCompilation.CreateScriptCompilation("script-" + Path.GetFileName(directory)[..16], tree, References, options);
        using var code = new MemoryStream();
        using var symbols = new MemoryStream();
        var result = compilation.Emit(
            code,
            symbols,
            options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb),
            embeddedTexts: [EmbeddedText.FromSource(file, text)]);
        if (!result.Success) throw new InvalidOperationException(string.Join('\n', result.Diagnostics));
        Directory.CreateDirectory(directory);
        File.WriteAllBytes(Path.Combine(directory, "script.dll"), code.ToArray());
        File.WriteAllBytes(Path.Combine(directory, "script.pdb"), symbols.ToArray());
        File.WriteAllText(Path.Combine(directory, "references.json"), """{"managed":{},"native":[]}""");
    }
}
