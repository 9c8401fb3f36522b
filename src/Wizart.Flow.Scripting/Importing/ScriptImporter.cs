using Microsoft.Extensions.Logging;
using Wizart.Flow.Model;
using Wizart.Flow.Runtime;

namespace Wizart.Flow.Scripting;

/// <summary>Takes a file to its DAGs: read, compiled or found in the cache, evaluated or known. Whatever is wrong is in the import.</summary>
/// <param name="compiler">Compiles what the cache doesn't have.</param>
/// <param name="images">The cache.</param>
/// <param name="evaluator">Evaluates what was not evaluated yet.</param>
/// <param name="logger">Hears of what is not the scripts' fault.</param>
public sealed partial class ScriptImporter(ScriptCompiler compiler, ImageCache images, IScriptEvaluator evaluator, ILogger<ScriptImporter> logger)
{
    // An evaluation that ended so may end otherwise next time: it is not remembered.
    private static readonly HashSet<string> Passing =
        [FlowCodes.ScriptThrew, FlowCodes.ScriptTooSlow, FlowCodes.ScriptTooLarge, FlowCodes.ScriptDied];

    /// <summary>Imports one file.</summary>
    /// <exception cref="OperationCanceledException">The import was given up.</exception>
    public async Task<ScriptImport> ImportAsync(string file, CancellationToken cancellation = default)
    {
        file = Path.GetFullPath(file);
        try
        {
            return await TryImportAsync(file, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception error)
        {
            // One file must not cost the others their import, whatever it is that we have overlooked.
            LogFailed(error, file);
            return Failed(file, new Diagnostic(
                FlowCodes.ImportFailed,
                $"The file can't be imported: {error.GetType().Name}: {error.Message} This is not the script's fault; the daemon's log has the details.",
                new SourceLocation(file, 0)));
        }
    }

    private async Task<ScriptImport> TryImportAsync(string file, CancellationToken cancellation)
    {
        var (text, whyNot) = ScriptText.Read(file);
        if (text is null) return Failed(file, ScriptCompiler.BadFile(file, whyNot));
        if (images.FindUnchanged(file, text.Hash, compiler.References.Identity) is { } unchanged)
            return await DescribeAsync(text, unchanged, cancellation);

        var (sources, tooComplex) = await compiler.ReadAsync(text, cancellation);
        if (sources is null) return Failed(file, tooComplex!) with { Source = text.Text.ToString() };
        var extra = await compiler.ResolveAsync(sources, cancellation);
        var hash = ImageKey.Of(sources, extra, compiler.References.Identity);
        var isSound = !sources.Diagnostics.Concat(extra.Diagnostics).Any(d => d.Severity == DiagnosticSeverity.Error);
        if (isSound && images.Find(hash) is { } earlier)
        {
            Try(() => images.NoteLatest(file, hash));
            return await DescribeAsync(text, earlier, cancellation);
        }

        return await compiler.CompileAsync(sources, extra, hash, cancellation) switch
        {
            CompileResult.Compiled compiled when Store(compiled.Script) is var (image, problem) =>
                image is null ? Failed(sources, extra, [problem!]) : await DescribeAsync(text, image, cancellation),
            CompileResult.Refused refused => Failed(sources, extra, refused.Diagnostics),
            _ => throw new InvalidOperationException("There is no other result."),
        };
    }

    private (CachedImage? Image, Diagnostic? Problem) Store(CompiledScript script)
    {
        try
        {
            return (images.Store(script), null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return (null, new Diagnostic(
                FlowCodes.ImageNotStored,
                $"The compiled script can't be stored in {images.Root}: {error.Message} Free some space or mend the folder's permissions; the script is tried again when it changes.",
                new SourceLocation(script.Sources.File, 0)));
        }
    }

    private async Task<ScriptImport> DescribeAsync(ScriptText text, CachedImage image, CancellationToken cancellation)
    {
        var description = image.Description ?? await EvaluateAsync(text, image, cancellation);
        return new ScriptImport
        {
            File = text.Path,
            CodeHash = image.Sources.CodeHash,
            Image = image.Reference,
            Source = text.Text.ToString(),
            Description = description,
            LoadedFiles = [.. image.Sources.Texts.Keys.Where(path => path != text.Path)],
            ReferencedFiles = [.. image.Sources.Libraries.Keys],
            Hashes = image.Sources.Texts.ToDictionary(t => t.Key, t => (string?)t.Value).Concat(image.Sources.Libraries).ToDictionary(),
        };
    }

    private async Task<ScriptDescription> EvaluateAsync(ScriptText text, CachedImage image, CancellationToken cancellation)
    {
        ScriptDescription evaluated;
        try
        {
            evaluated = await evaluator.DescribeAsync(image.Reference, text.Path, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception error)
        {
            LogEvaluatorFailed(error, text.Path);
            evaluated = new ScriptDescription([], [new Diagnostic(
                FlowCodes.ScriptDied, $"The script can't be evaluated: {error.Message}", new SourceLocation(text.Path, 0))]);
        }

        var (sources, _) = await compiler.ReadAsync(text, cancellation);
        var diagnostics = image.Sources.Warnings.Concat(Columns.Add(evaluated.Diagnostics, sources?.Trees ?? [])).ToList();
        if (evaluated.Dags.Count == 0 && evaluated.IsValid) diagnostics.Add(ScriptCompiler.NoDag(text));
        var description = evaluated with { Diagnostics = CompilerDiagnostics.InOrder(diagnostics, text.Path) };
        if (!diagnostics.Exists(d => Passing.Contains(d.Code))) Try(() => ImageCache.StoreDescription(image.Reference, description));
        return description;
    }

    // The cache saves time. Where it can't be written, things take longer, and that is all.
    private void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            LogCacheNotWritten(error, images.Root);
        }
    }

    private static ScriptImport Failed(string file, params IReadOnlyList<Diagnostic> diagnostics) =>
        new() { File = file, Description = new ScriptDescription([], diagnostics) };

    private static ScriptImport Failed(ScriptSources sources, ExtraReferences extra, IReadOnlyList<Diagnostic> diagnostics) => new()
    {
        File = sources.Script.Path,
        Source = sources.Script.Text.ToString(),
        Description = new ScriptDescription([], diagnostics),
        LoadedFiles = sources.LoadedFiles,
        ReferencedFiles = [.. extra.Files.Keys],
        Hashes = sources.Texts.ToDictionary(t => t.Path, t => (string?)t.Hash).Concat(extra.Files).ToDictionary(),
    };

    [LoggerMessage(EventId = 3001, Level = Microsoft.Extensions.Logging.LogLevel.Error, Message = "{File} can't be imported.")]
    private partial void LogFailed(Exception error, string file);

    [LoggerMessage(EventId = 3002, Level = Microsoft.Extensions.Logging.LogLevel.Warning, Message = "{File} can't be evaluated.")]
    private partial void LogEvaluatorFailed(Exception error, string file);

    [LoggerMessage(EventId = 3003, Level = Microsoft.Extensions.Logging.LogLevel.Warning, Message = "The image cache {Folder} can't be written.")]
    private partial void LogCacheNotWritten(Exception error, string folder);
}
