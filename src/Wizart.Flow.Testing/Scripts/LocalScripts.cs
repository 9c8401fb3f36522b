using Microsoft.Extensions.Logging.Abstractions;
using Wizart.Flow.Runtime;
using Wizart.Flow.Scripting;

namespace Wizart.Flow.Testing;

/// <summary>Imports scripts without a daemon.</summary>
/// <param name="cacheFolder">Where compiled scripts are kept, so that unchanged ones cost nothing.</param>
/// <param name="evaluator">Evaluates them: in this process, or, for scripts that nobody trusts yet, in a worker.</param>
public sealed class LocalScripts(string cacheFolder, IScriptEvaluator evaluator) : IDisposable
{
    private readonly Lazy<(ScriptCompiler Compiler, ScriptImporter Importer)> _parts = new(() =>
    {
        var images = new ImageCache(cacheFolder, TimeProvider.System);
        var compiler = new ScriptCompiler(ScriptReferences.OfApplication(), images, TimeProvider.System);
        return (compiler, new ScriptImporter(compiler, images, evaluator, NullLogger<ScriptImporter>.Instance));
    });

    /// <summary>Imports a file, or all scripts of a folder and those below it, in the order of their paths.</summary>
    public async Task<IReadOnlyList<ScriptImport>> ImportAsync(string path, CancellationToken cancellation = default)
    {
        if (!Directory.Exists(path)) return [await _parts.Value.Importer.ImportAsync(path, cancellation)];
        using var folder = new ScriptFolder(path, _parts.Value.Importer);
        await folder.ScanAsync(thorough: false, cancellation);
        return folder.Imports;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_parts.IsValueCreated) _parts.Value.Compiler.Dispose();
    }
}
