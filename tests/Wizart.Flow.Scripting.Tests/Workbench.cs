using Microsoft.Extensions.Logging.Abstractions;
using Wizart.Flow.Model;
using Wizart.Flow.Runtime;

namespace Wizart.Flow.Scripting.Tests;

/// <summary>A folder for scripts, a cache, and all that takes the one to the other.</summary>
internal sealed class Workbench : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ScriptCompiler _compiler;

    public Workbench(IScriptEvaluator? evaluator = null, ScriptReferences? references = null, string? cache = null, TimeProvider? time = null, ScriptCompilerOptions? options = null)
    {
        Scripts = Directory.CreateDirectory(_folder["pipelines"]).FullName;
        Images = new ImageCache(cache ?? _folder["cache"], time ?? TimeProvider.System);
        Evaluator = evaluator ?? new InProcessEvaluator();
        _compiler = new ScriptCompiler(references ?? Plain, Images, TimeProvider.System, options);
        Importer = new ScriptImporter(_compiler, Images, Evaluator, NullLogger<ScriptImporter>.Instance);
    }

    /// <summary>The framework and Wizart.Flow.</summary>
    public static ScriptReferences Plain { get; } = new([]);

    public string Scripts { get; }

    public ImageCache Images { get; }

    public IScriptEvaluator Evaluator { get; }

    public ScriptCompiler Compiler => _compiler;

    public ScriptImporter Importer { get; }

    public string At(string name) => Path.Combine(Scripts, name);

    public string Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(name))!);
        File.WriteAllText(At(name), text);
        return At(name);
    }

    /// <summary>What compiling a script says.</summary>
    public async Task<IReadOnlyList<Diagnostic>> DiagnosticsOf(string text, string name = "test.csx") =>
        await _compiler.CompileAsync(Write(name, text)) switch
        {
            CompileResult.Refused refused => refused.Diagnostics,
            CompileResult.Compiled compiled => compiled.Script.Warnings,
            _ => throw new InvalidOperationException(),
        };

    public async Task<CompiledScript> Compiled(string text, string name = "test.csx")
    {
        var result = await _compiler.CompileAsync(Write(name, text));
        if (result is CompileResult.Compiled compiled) return compiled.Script;
        throw new InvalidOperationException(string.Join('\n', ((CompileResult.Refused)result).Diagnostics));
    }

    public Task<ScriptImport> Import(string text, string name = "test.csx") => Importer.ImportAsync(Write(name, text));

    public void Dispose()
    {
        _compiler.Dispose();
        _folder.Dispose();
    }
}
