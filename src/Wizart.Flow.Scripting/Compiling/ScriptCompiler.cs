using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;
using Wizart.Flow.Model;
using Diagnostic = Wizart.Flow.Model.Diagnostic;
using DiagnosticSeverity = Wizart.Flow.Model.DiagnosticSeverity;

namespace Wizart.Flow.Scripting;

/// <summary>Compiles scripts. Nothing of a script is loaded or run here.</summary>
public sealed class ScriptCompiler : IDisposable
{
    /// <summary>Raised when the way of compiling changes, so that older images are made anew.</summary>
    internal const string Version = "1";

    // Debug, by measurement: with optimised code a stack trace named line 4 for a division in line 9, and left out the
    // method that divided. An author's line is worth more than a loop's speed, and libraries keep theirs.
    private const OptimizationLevel Optimization = OptimizationLevel.Debug;

    private static readonly EmitOptions Emission = new(debugInformationFormat: DebugInformationFormat.PortablePdb, pdbFilePath: "script.pdb");
    private readonly ScriptReferences _references;
    private readonly ReferenceResolver _resolver;
    private readonly PackageStore _packages;
    private readonly CSharpCompilation _empty;
    private readonly CompilerThread _thread;

    /// <summary>A compiler that is used for as long as the process lives: it keeps what it reads of the references.</summary>
    /// <param name="references">What every script has.</param>
    /// <param name="images">Beside the images, packages are kept.</param>
    /// <param name="time">For the limits.</param>
    /// <param name="options">The limits.</param>
    public ScriptCompiler(ScriptReferences references, ImageCache images, TimeProvider time, ScriptCompilerOptions? options = null)
    {
        options ??= new ScriptCompilerOptions();
        _references = references;
        _thread = new CompilerThread(time, options.CompileLimit);
        _packages = new PackageStore(images.PackagesRoot, references, new RestoreCommand(time, options.RestoreLimit));
        _resolver = new ReferenceResolver(references, _packages);
        _empty = EmptyScript(references);
    }

    /// <summary>What every script has.</summary>
    public ScriptReferences References => _references;

    /// <summary>Reads and compiles a script.</summary>
    public async Task<CompileResult> CompileAsync(string path, CancellationToken cancellation = default)
    {
        path = Path.GetFullPath(path);
        var (text, whyNot) = ScriptText.Read(path);
        if (text is null) return new CompileResult.Refused([BadFile(path, whyNot)]);
        var (sources, tooComplex) = await ReadAsync(text, cancellation);
        if (sources is null) return new CompileResult.Refused([tooComplex!]);
        var extra = await ResolveAsync(sources, cancellation);
        return await CompileAsync(sources, extra, ImageKey.Of(sources, extra, _references.Identity), cancellation);
    }

    /// <summary>Gets the compiler ready in the background: the first script would otherwise wait for seconds.</summary>
    public async Task WarmUp(CancellationToken cancellation = default)
    {
        var text = new ScriptText("warm-up.csx", SourceText.From(WarmUpScript.Text, System.Text.Encoding.UTF8), "");
        var (sources, _) = await ReadAsync(text, cancellation);
        if (sources is not null) await CompileAsync(sources, ExtraReferences.None, "", cancellation);
    }

    /// <inheritdoc/>
    public void Dispose() => _packages.Dispose();

    internal static Diagnostic BadFile(string path, string? whyNot) =>
        new(FlowCodes.BadFile, $"The file {whyNot ?? "isn't there"}.", new SourceLocation(path, 0));

    internal static Diagnostic NoDag(ScriptText script) => new(
        FlowCodes.NoDag,
        script.Text.Length == 0
            ? "The file is empty. A script declares a DAG: var dag = Dag(\"my_dag\");"
            : "The script declares no DAG. Begin one with Dag(\"my_dag\"), or load this file from another with #load.",
        new SourceLocation(script.Path, 1),
        DiagnosticSeverity.Warning);

    internal Task<ExtraReferences> ResolveAsync(ScriptSources sources, CancellationToken cancellation) =>
        _resolver.ResolveAsync(sources.References, cancellation);

    /// <summary>Parses a script and what it loads; or tells why that can't be done.</summary>
    internal async Task<(ScriptSources? Sources, Diagnostic? TooComplex)> ReadAsync(ScriptText text, CancellationToken cancellation)
    {
        try
        {
            return (await _thread.RunAsync(limit => SourceReader.Read(text, limit), cancellation), null);
        }
        catch (Exception error) when (error is TimeoutException or InsufficientExecutionStackException)
        {
            return (null, TooComplex(text.Path));
        }
    }

    internal async Task<CompileResult> CompileAsync(ScriptSources sources, ExtraReferences extra, string hash, CancellationToken cancellation)
    {
        if (sources.Diagnostics.Any(d => d.Code == FlowCodes.TooComplex)) return new CompileResult.Refused([.. sources.Diagnostics, .. extra.Diagnostics]);
        try
        {
            return await _thread.RunAsync(limit => Emit(sources, extra, hash, limit), cancellation);
        }
        catch (Exception error) when (error is TimeoutException or InsufficientExecutionStackException)
        {
            return new CompileResult.Refused([.. sources.Diagnostics, .. extra.Diagnostics, TooComplex(sources.Script.Path)]);
        }
    }

    private CompileResult Emit(ScriptSources sources, ExtraReferences extra, string hash, CancellationToken cancellation)
    {
        var compilation = Compilation(sources, extra);
        using var library = new MemoryStream();
        using var symbols = new MemoryStream();
        var embedded = sources.Texts.Where(t => t.Text.CanBeEmbedded).Select(t => EmbeddedText.FromSource(t.Path, t.Text));
        var result = compilation.Emit(library, symbols, options: Emission, embeddedTexts: embedded, cancellationToken: cancellation);

        var found = new List<Diagnostic>([.. sources.Diagnostics, .. extra.Diagnostics, .. CompilerDiagnostics.From(result.Diagnostics)]);
        if (!result.Success) found.AddRange(CompilerHints.For(compilation, result.Diagnostics, cancellation));
        found.AddRange(PurityRules.Check(compilation, cancellation));
        var diagnostics = CompilerDiagnostics.InOrder(found, sources.Script.Path);
        if (diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error)) return new CompileResult.Refused(diagnostics);
        if (!result.Success)
        {
            // Of nothing, the compiler makes nothing.
            if (sources.Trees.All(IsEmpty)) return new CompileResult.Refused([.. diagnostics, NoDag(sources.Script)]);
            throw new InvalidOperationException($"The compiler refused the script without saying why: {string.Join(' ', result.Diagnostics)}");
        }

        return new CompileResult.Compiled(new CompiledScript(
            hash,
            library.ToArray(),
            symbols.ToArray(),
            extra,
            new ImageSources
            {
                File = sources.Script.Path,
                Environment = _references.Identity,
                CodeHash = CodeHash.Of(sources.Trees, extra.CodeIdentities, cancellation),
                Texts = sources.Texts.ToDictionary(t => t.Path, t => t.Hash),
                Libraries = extra.Files,
                Warnings = diagnostics,
                Content = new Dictionary<string, string>(),
            }));
    }

    // All scripts come from one empty compilation: what the compiler made of the references is used again, not read again.
    private CSharpCompilation Compilation(ScriptSources sources, ExtraReferences extra) =>
        _empty
            .AddReferences(extra.Compile)
            .WithOptions(_empty.Options.WithSourceReferenceResolver(new LoadedSources(sources)))
            .AddSyntaxTrees(sources.Trees.Any(HasStatements) ? sources.Tree : WithStatement(sources.Tree));

    private static bool HasStatements(SyntaxTree tree) => tree.GetCompilationUnitRoot().Members.Count > 0;

    // Of a script without a statement the compiler makes nothing at all, though it says that all is well.
    private static SyntaxTree WithStatement(SyntaxTree tree) =>
        tree.WithChangedText(SourceText.From($"{tree.GetText()}\n;", System.Text.Encoding.UTF8));

    private static CSharpCompilation EmptyScript(ScriptReferences references)
    {
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            scriptClassName: "Script",
            usings: references.Usings,
            optimizationLevel: Optimization,
            nullableContextOptions: NullableContextOptions.Annotations, // 'string?' may be written; nobody is lectured about it
            metadataReferenceResolver: new ResolvedDirectives((PortableExecutableReference)references.References[0]),
            concurrentBuild: false, // the compiler's own threads have small stacks
            deterministic: true);
        return CSharpCompilation.CreateScriptCompilation("script", references: references.References, options: options, returnType: typeof(object));
    }

    private static bool IsEmpty(SyntaxTree tree) => ((CompilationUnitSyntax)tree.GetRoot()).Members.Count == 0;

    private static Diagnostic TooComplex(string path) => new(
        FlowCodes.TooComplex,
        "The script takes too long to compile, or is nested too deeply. Lambdas within lambdas may do that: give their parameters types, or split the code into functions.",
        new SourceLocation(path, 0));
}
