using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Wizart.Flow.Engine;
using Wizart.Flow.Engine.Alarms;
using Wizart.Flow.Engine.Attempts;
using Wizart.Flow.Engine.Commands;
using Wizart.Flow.Engine.Dags;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Engine.Storage.InMemory;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;
using Wizart.Flow.Runtime;
using Wizart.Flow.Runtime.Artifacts;
using Wizart.Flow.Scripting;

namespace Wizart.Flow.Testing;

/// <summary>
/// One run of one DAG in this process, by the engine itself: no daemon, no worker processes, nothing stored. A body that
/// ends its process ends this one.
/// </summary>
public sealed class LocalRun : IAsyncDisposable
{
    private readonly LocalRunOptions _options;
    private readonly InMemoryFlowStore _store = new();
    private readonly LocalAlarms _alarms;
    private readonly DirectoryInfo _artifacts = Directory.CreateTempSubdirectory("flow-run-");
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly FlowEngine _engine;

    private LocalRun(DagModel model, LocalRunOptions options)
    {
        (Model, _options) = (model, options);
        _alarms = new LocalAlarms(options.Time);
        var runner = new InProcessRunner(options.ConnectionTypes, options.Time)
        {
            ArtifactRoot = _artifacts.FullName,
            CancelGrace = options.CancelGrace,
        };
        IAlarms alarms = options.SkipRetryWaits ? new ImpatientAlarms(_alarms, options.Time) : _alarms;
        _engine = new FlowEngine(
            _store, new LocalExecutor(runner, options.Tell), options.Connections, alarms, new EngineOptions
            {
                Slots = options.Slots,
                OpenArtifact = hash => new LocalArtifactStore(_artifacts.FullName).Open(hash, hash),
                KeepArtifact = (name, content) => new LocalArtifactStore(_artifacts.FullName).Put(name, content.Span),
                Answer = Answer,
                Metrics = options.Metrics,
            },
            options.Time, NullLoggerFactory.Instance);
        _alarms.Open(_engine.Alarms);
        _engine.Coordinator.RunEnded += _ => _ended.TrySetResult();
    }

    /// <summary>The DAG.</summary>
    public DagModel Model { get; }

    /// <summary>The run as it began.</summary>
    public DagRun Run { get; private set; } = null!;

    /// <summary>Starts a run.</summary>
    /// <param name="import">The script that declares the DAG.</param>
    /// <param name="dagId">The DAG.</param>
    /// <param name="options">What the run is given.</param>
    /// <exception cref="FlowCommandException">The script is not valid or has no such DAG, or params are refused.</exception>
    public static async Task<LocalRun> StartAsync(ScriptImport import, string dagId, LocalRunOptions options)
    {
        var model = import.Description.Dags.FirstOrDefault(d => d.Id == dagId)
            ?? throw new FlowCommandException(
                Refusal.NotFound,
                $"{import.File} declares no DAG '{dagId}'.{Nearest.Hint(dagId, import.Description.Dags.Select(d => d.Id))}");
        var run = new LocalRun(model, options);
        try
        {
            await run.StartAsync(import);
            return run;
        }
        catch
        {
            await run.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a run and waits for its end.</summary>
    /// <exception cref="FlowCommandException">The script is not valid or has no such DAG, or params are refused.</exception>
    public static async Task<LocalRunResult> ExecuteAsync(
        ScriptImport import, string dagId, LocalRunOptions options, CancellationToken cancellation = default)
    {
        await using var run = await StartAsync(import, dagId, options);
        return await run.EndAsync(cancellation);
    }

    /// <summary>Waits for the run's end.</summary>
    /// <param name="cancellation">Cancels the run; its end is waited for all the same.</param>
    public async Task<LocalRunResult> EndAsync(CancellationToken cancellation = default)
    {
        await using (cancellation.Register(Cancel)) await _ended.Task;
        await _engine.Coordinator.WhenStoredAsync();
        return await LocalRunResults.ReadAsync(_store, Run.Id, Model, new LocalArtifactStore(_artifacts.FullName));
    }

    /// <summary>The tasks as they are now: those that nothing happened to yet are not in it.</summary>
    public Task<IReadOnlyList<TaskInstanceView>> TasksAsync() => _store.Queries.TasksAsync(Run.Id, CancellationToken.None);

    /// <summary>Stops what still runs, and removes what the run kept in temporary files.</summary>
    public async ValueTask DisposeAsync()
    {
        await _engine.StopAsync(TimeSpan.Zero);
        _alarms.Dispose();
        await _store.DisposeAsync();
        _artifacts.Delete(recursive: true);
    }

    private async Task StartAsync(ScriptImport import)
    {
        foreach (var (name, value) in _options.Variables) await _engine.Commands.SetVariableAsync(name, value, "local");
        await PublishAsync(import);
        await _engine.StartAsync(new LocalDispatcher(_engine.Slots), CancellationToken.None);
        Run = await _engine.Commands.TriggerAsync(Model.Id, _options.Params, _options.Date, "local", await GiveAssetsAsync());
    }

    /// <summary>Gives assets the values they are to have, and tells which updates count as those that started the run.</summary>
    private async Task<IReadOnlyCollection<long>> GiveAssetsAsync()
    {
        var started = new List<long>();
        foreach (var (uri, value) in _options.Assets)
        {
            JsonElement? given = Model.Assets.Any(a => a.Uri == uri && a.Type is null) && value.ValueKind == JsonValueKind.Null ? null : value;
            var update = await _engine.Assets.UpdateAsync(uri, given, null, "local");
            if (Model.AssetSchedule?.Assets.Uris.Contains(uri, StringComparer.Ordinal) == true) started.Add(update.Id);
        }

        return started;
    }

    private async Task PublishAsync(ScriptImport import)
    {
        // Whoever asks for a run of a paused DAG means it; and one run is asked for, whatever assets it updates.
        var update = new ScriptUpdate
        {
            File = import.File,
            Description = import.Description with { Dags = [Model with { Paused = false, Schedule = Model.TimeSchedule }] },
            ImageHash = import.Image?.Hash,
            ImageDirectory = import.Image?.Directory,
            CodeHash = import.CodeHash ?? "",
            Source = import.Source ?? "",
        };
        Diagnostic[] wrong = [.. (await _engine.Publisher.PublishAsync(update, CancellationToken.None))
            .Where(d => d.Severity == DiagnosticSeverity.Error)];
        if (wrong.Length > 0)
            throw new FlowCommandException(Refusal.Invalid, $"DAG '{Model.Id}' can't be run: its script has errors.", wrong);
    }

    /// <summary>There are no other runs, assets and people here: what waits for them goes on at once.</summary>
    private AttemptOutcome? Answer(WaitModel model, InstanceWait wait) => model.Kind switch
    {
        WaitKind.Condition => null,
        WaitKind.Approval => ApprovalCommands.Approved(wait, "local", _options.Time.GetUtcNow()),
        WaitKind.Triggered => new AttemptOutcome.Succeeded(TaskValue.Of(new TriggeredRun(model.DagId!, 0))),
        _ => new AttemptOutcome.Succeeded(null),
    };

    private void Cancel() => _ = _engine.Coordinator.CancelAsync(Run.Id, RunState.Cancelled, "cancelled by hand");
}
