using Wizart.Flow.Engine;
using Wizart.Flow.Model;
using Wizart.Flow.Runtime.Workers;
using Wizart.Flow.Scripting;
using Wizart.Flow.Testing;

namespace Wizart.Flow.Host.Cli;

/// <summary>
/// The scripts of a folder without a daemon: compiled here, evaluated in worker processes, so that a script that loops or dies
/// is an error of its own and nothing else.
/// </summary>
internal sealed class LocalFolder : IAsyncDisposable
{
    private readonly string _pipelines;
    private readonly Terminal _terminal;
    private readonly WorkerPool _workers;
    private readonly LocalScripts _scripts;
    private readonly DirectoryInfo? _temporary;

    /// <summary>A folder of scripts.</summary>
    /// <param name="pipelines">The folder.</param>
    /// <param name="state">The state folder, whose cache of compiled scripts is shared with the daemon.</param>
    /// <param name="terminal">For paths in messages.</param>
    public LocalFolder(string pipelines, string state, Terminal terminal)
    {
        (_pipelines, _terminal) = (pipelines, terminal);
        _workers = new WorkerPool(new WorkerPoolOptions { MinWorkers = 0 });
        var images = Path.Combine(state, "images");
        if (!CanWrite(images)) images = (_temporary = Directory.CreateTempSubdirectory("flow-images-")).FullName;
        _scripts = new LocalScripts(images, _workers);
    }

    /// <summary>Imports files and folders; the same file only once.</summary>
    public async Task<IReadOnlyList<ScriptImport>> ImportAsync(IEnumerable<string> paths, CancellationToken cancellation)
    {
        var imports = new List<ScriptImport>();
        foreach (var path in paths) imports.AddRange(await _scripts.ImportAsync(path, cancellation));
        return [.. imports.DistinctBy(i => i.File)];
    }

    /// <summary>The script that declares a DAG, and the DAG.</summary>
    /// <exception cref="CliException">There is none, or its script has errors.</exception>
    public async Task<(ScriptImport Import, DagModel Dag)> FindAsync(string dagId, CancellationToken cancellation)
    {
        if (Likely(dagId) is { } file && Found(await _scripts.ImportAsync(file, cancellation), dagId) is { } quick) return Sound(quick);
        var all = await _scripts.ImportAsync(_pipelines, cancellation);
        if (Found(all, dagId) is { } found) return Sound(found);

        var hint = Nearest.Hint(dagId, all.SelectMany(i => i.Description.Dags).Select(d => d.Id));
        var broken = all.Count(i => !i.IsValid);
        var advice = broken > 0 ? $" {Words.Count(broken, "script")} there {(broken == 1 ? "has" : "have")} errors: see 'flow check'." : "";
        throw new CliException($"There is no DAG '{dagId}' in {_terminal.Shown(_pipelines)}.{hint}{advice}");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _scripts.Dispose();
        await _workers.DisposeAsync();
        _temporary?.Delete(recursive: true);
    }

    // Compiling one script is quicker than compiling all: the one that has the id in quotes is looked at first.
    private string? Likely(string dagId)
    {
        string[] files = [.. Directory.EnumerateFiles(_pipelines, "*.csx", SearchOption.AllDirectories).Where(f => Mentions(f, $"\"{dagId}\"")).Take(2)];
        return files.Length == 1 ? files[0] : null;
    }

    private static bool Mentions(string file, string text)
    {
        try
        {
            return File.ReadAllText(file).Contains(text, StringComparison.Ordinal);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false; // the import says what is wrong with it
        }
    }

    private static (ScriptImport Import, DagModel Dag)? Found(IReadOnlyList<ScriptImport> imports, string dagId)
    {
        foreach (var import in imports)
            if (import.Description.Dags.FirstOrDefault(d => d.Id == dagId) is { } dag) return (import, dag);
        return null;
    }

    private (ScriptImport Import, DagModel Dag) Sound((ScriptImport Import, DagModel Dag) found)
    {
        Diagnostic[] errors = [.. ScriptChecks.Check([found.Import]).Where(d => d.Severity == DiagnosticSeverity.Error)];
        if (errors.Length == 0) return found;
        var lines = errors.Select(d => (d with { Location = d.Location! with { File = _terminal.Shown(d.Location.File) } }).ToString());
        throw new CliException($"DAG '{found.Dag.Id}' can't be used, its script has errors:{Environment.NewLine}{string.Join(Environment.NewLine, lines)}");
    }

    private static bool CanWrite(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var probe = Path.Combine(folder, Path.GetRandomFileName());
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
