using Wizart.Flow.Model;
using Wizart.Flow.Runtime;
using Wizart.Flow.Scripting;

namespace Wizart.Flow.Testing;

/// <summary>
/// Scripts under test: compiled and checked as the daemon does it, run as a whole in this process, with fakes in the place of
/// connections, and no daemon.
/// </summary>
/// <example>
/// <code>
/// await using var scripts = await FlowTest.LoadAsync("pipelines/hello_etl.csx");
/// var result = await scripts.RunAsync("hello_etl", date: "2026-11-02", with: world => world
///     .With&lt;HttpApi&gt;("shop", scope => new HttpApi(settings, scope, fakeShop)));
/// Assert.Equal(RunState.Success, result.State);
/// Assert.Equal(2, result.Output&lt;CountryTotal[]&gt;("transform").Length);
/// </code>
/// </example>
public sealed class FlowTest : IAsyncDisposable
{
    private readonly IReadOnlyList<ScriptImport> _imports;
    private readonly DirectoryInfo _images;

    private FlowTest(IReadOnlyList<ScriptImport> imports, DirectoryInfo images, bool all)
    {
        (_imports, _images) = (imports, images);
        Diagnostics = ScriptChecks.Check(imports, all);
    }

    /// <summary>All DAGs, as models: ids, tasks, edges, schedules, params.</summary>
    public IReadOnlyList<DagModel> Dags => [.. _imports.SelectMany(i => i.Description.Dags)];

    /// <summary>All that is wrong, warnings included; empty for scripts that are in order.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; }

    /// <summary>Compiles and evaluates a script, or all scripts of a folder. What is wrong with them is in <see cref="Diagnostics"/>.</summary>
    /// <exception cref="FileNotFoundException">There is no such file or folder.</exception>
    public static async Task<FlowTest> LoadAsync(string path, CancellationToken cancellation = default)
    {
        if (!Path.Exists(path))
            throw new FileNotFoundException($"There is no script or folder {Path.GetFullPath(path)}. Copy it beside the tests, or name it relative to them.", path);
        var images = Directory.CreateTempSubdirectory("flow-test-");
        using var scripts = new LocalScripts(images.FullName, new InProcessRunner(ProviderConnections.OfApplication()));
        return new FlowTest(await scripts.ImportAsync(path, cancellation), images, Directory.Exists(path));
    }

    /// <summary>The model of one DAG.</summary>
    /// <exception cref="ArgumentException">No script declares it.</exception>
    public DagModel Dag(string id) => ImportOf(id).Description.Dags.First(d => d.Id == id);

    /// <summary>Runs a DAG to its end, every task in this process. Retries follow at once unless the world says otherwise.</summary>
    /// <param name="dagId">The DAG.</param>
    /// <param name="date">The run covers the interval that this lies in (ISO 8601, local to the schedule's zone); by default the newest complete one.</param>
    /// <param name="params">An object or dictionary whose properties are the params that are set.</param>
    /// <param name="with">Sets up fakes, variables and the clock.</param>
    /// <param name="cancellation">Cancels the run.</param>
    /// <exception cref="Engine.Commands.FlowCommandException">The script has errors, or params are refused.</exception>
    public Task<LocalRunResult> RunAsync(
        string dagId, string? date = null, object? @params = null, Action<FlowTestWorld>? with = null, CancellationToken cancellation = default)
    {
        var world = new FlowTestWorld();
        with?.Invoke(world);
        var import = ImportOf(dagId);
        var model = import.Description.Dags.First(d => d.Id == dagId);
        return LocalRun.ExecuteAsync(import, dagId, world.Options(model, date, @params), cancellation);
    }

    /// <summary>Removes the compiled scripts.</summary>
    public ValueTask DisposeAsync()
    {
        _images.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private ScriptImport ImportOf(string dagId)
    {
        if (_imports.FirstOrDefault(i => i.Description.Dags.Any(d => d.Id == dagId)) is { } import) return import;
        var wrong = Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => $"{Environment.NewLine}{d}");
        var hint = Engine.Nearest.Hint(dagId, Dags.Select(d => d.Id));
        throw new ArgumentException($"No script declares a DAG '{dagId}'.{hint}{string.Concat(wrong)}", nameof(dagId));
    }
}
