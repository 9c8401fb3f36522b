using Wizart.Flow.Engine.Assets;
using Wizart.Flow.Engine.Commands;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage.InMemory;
using Wizart.Flow.Engine.Timetables;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Simulations;

/// <summary>
/// Replays the scheduler over a span of time without running bodies: the engine itself, over a store in memory, on a clock
/// that is set from alarm to alarm.
/// </summary>
public sealed class FlowSimulation : IAsyncDisposable
{
    private readonly SimulationOptions _options;
    private readonly InMemoryFlowStore _store = new();
    private readonly SteppedAlarms _alarms = new();
    private readonly SimulatedTime _time;
    private readonly SimulatedRuns _runs;
    private readonly Dictionary<string, int> _pauses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _unpausedAt = new(StringComparer.Ordinal);
    private SimulatedNode? _node;
    private DateTimeOffset? _startedAt;
    private int _stops = 1;

    private FlowSimulation(SimulationOptions options)
    {
        _options = options;
        _time = new SimulatedTime(Instants.JustBefore(options.From));
        _runs = new SimulatedRuns(_store, options.Dags, options.MostRuns);
    }

    /// <summary>Simulates.</summary>
    /// <exception cref="FlowCommandException">A span is turned round, a DAG is unknown or wrong, or there are too many runs.</exception>
    public static async Task<SimulationResult> RunAsync(SimulationOptions options, CancellationToken cancellation = default)
    {
        SimulationEvents.Check(options);
        var continuous = options.Dags.Where(d => d.Schedule is ContinuousScheduleModel).Select(d => d.Id).ToArray();
        string[] endless = [.. new AssetGraph(options.Dags).Loops().SelectMany(loop => loop).Except(continuous)];
        await using var simulation = new FlowSimulation(
            options with { Dags = [.. options.Dags.Where(d => !continuous.Contains(d.Id) && !endless.Contains(d.Id))] });
        await simulation.BeginAsync(cancellation);
        await simulation.GoOnAsync(cancellation);
        return new SimulationResult(simulation._runs.All, continuous, [.. options.Dags.Where(d => d.Paused).Select(d => d.Id)])
        {
            Endless = endless,
        };
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _store.DisposeAsync();
    }

    /// <summary>A moment before the beginning: the DAGs become known, and nothing is scheduled yet.</summary>
    private async Task BeginAsync(CancellationToken cancellation)
    {
        _node = new SimulatedNode(_store, _alarms, _time);
        await _node.StartAsync(cancellation);
        await GiveAssetsAsync(_node.Engine);
        foreach (var dag in _options.Dags)
        {
            Diagnostic[] errors = [.. (await _node.PublishAsync(dag, cancellation)).Where(d => d.Severity == DiagnosticSeverity.Error)];
            if (errors.Length > 0) throw new FlowCommandException(Refusal.Invalid, string.Join(" ", errors.Select(e => e.Message)), errors);
            if (!_options.Fresh) await BringUpToDateAsync(_node.Engine, dag);
        }

        await StopAsync();
        await _runs.SkipAsync();
    }

    /// <summary>Every asset has a value: what comes from outside was told before. Nobody follows them yet.</summary>
    private async Task GiveAssetsAsync(FlowEngine engine)
    {
        var now = _time.GetUtcNow();
        AssetEvent[] updates =
        [
            .. new AssetGraph(_options.Dags).Uris.Select(uri => new AssetEvent
            {
                Uri = uri,
                Time = now,
                Value = new TaskValue(JsonPayload.Null, null),
                By = "simulation",
                Interval = new DataInterval(now, now),
            }),
        ];
        if (updates.Length > 0) await engine.Coordinator.UpdateAssetsAsync(updates);
    }

    /// <summary>The newest run that came due before the beginning has been.</summary>
    private async Task BringUpToDateAsync(FlowEngine engine, DagModel model)
    {
        var now = _time.GetUtcNow();
        var activeSince = model.TimeSchedule is OnceScheduleModel ? now : DateTimeOffset.MinValue;
        if (Timetable.For(model, activeSince)?.LatestAt(now) is not { } newest) return;
        var version = engine.Catalog.Find(model.Id)!.Version;
        await engine.Coordinator.ExecuteAsync(transaction => transaction.InsertRunAsync(new DagRun
        {
            DagId = model.Id,
            VersionId = version.Id,
            Kind = RunKind.Scheduled,
            LogicalDate = newest.LogicalDate,
            Interval = newest.Interval,
            RunAfter = newest.RunAfter,
            State = RunState.Success,
            CreatedBy = "schedule",
            QueuedAt = newest.RunAfter,
            StartedAt = newest.RunAfter,
            EndedAt = newest.RunAfter,
        }));
    }

    private async Task GoOnAsync(CancellationToken cancellation)
    {
        var events = new Queue<SimulationEvent>(SimulationEvents.Of(_options));
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var alarm = _alarms.NextDue ?? DateTimeOffset.MaxValue;
            var next = events.TryPeek(out var peeked) ? peeked.At : DateTimeOffset.MaxValue;
            var at = Instants.Earlier(alarm, next);
            if (at >= _options.To) return;
            if (at > _time.GetUtcNow()) _time.Set(at);
            if (next <= _time.GetUtcNow()) await DoAsync(events.Dequeue(), cancellation);
            else if (_node is not null) await _node.RingAsync(cancellation);
            await _runs.CollectAsync(CauseOf);
        }
    }

    private async Task DoAsync(SimulationEvent next, CancellationToken cancellation)
    {
        switch (next.Act)
        {
            case SimulatedAct.Stop:
                if (_stops++ == 0) await StopAsync();
                break;
            case SimulatedAct.Start:
                if (--_stops == 0) await StartAsync(cancellation);
                break;
            default:
                var pauses = _pauses.GetValueOrDefault(next.DagId!) + (next.Act == SimulatedAct.Pause ? 1 : -1);
                _pauses[next.DagId!] = pauses;
                if (pauses == 0) _unpausedAt[next.DagId!] = next.At;
                if (_node is not null) await PauseAsync(_node);
                break;
        }

        if (_node is not null) await _node.SettleAsync();
    }

    private async Task StartAsync(CancellationToken cancellation)
    {
        _startedAt = _time.GetUtcNow();
        _node = new SimulatedNode(_store, _alarms, _time);
        await _node.StartAsync(cancellation);
        await PauseAsync(_node);
        await _node.Engine.OpenSchedulesAsync(cancellation);
    }

    /// <summary>Stops the daemon; its alarms are gone with it.</summary>
    private async Task StopAsync()
    {
        if (_node is null) return;
        await _node.StopAsync();
        _node.Dispose();
        _node = null;
    }

    /// <summary>Pauses and unpauses what should be by now; a daemon that was stopped meanwhile is told when it is back.</summary>
    private async Task PauseAsync(SimulatedNode node)
    {
        foreach (var (dagId, pauses) in _pauses)
        {
            if (node.Engine.Catalog.Find(dagId) is not { } dag) continue;
            var isPaused = dag.Version.Model.Paused || pauses > 0;
            if (dag.IsPaused != isPaused) await node.Engine.Commands.PauseAsync(dagId, isPaused, "simulation");
        }
    }

    private SimulatedCause CauseOf(DagRun run)
    {
        if (run.TriggeredBy > 0) return SimulatedCause.Trigger;
        if (run.Kind == RunKind.Asset) return SimulatedCause.Assets;
        if (run.RunAfter >= run.QueuedAt) return SimulatedCause.Schedule;
        if (_unpausedAt.TryGetValue(run.DagId, out var unpaused) && unpaused == run.QueuedAt) return SimulatedCause.Unpause;
        if (_startedAt != run.QueuedAt)
            return _node?.Engine.Catalog.Find(run.DagId)?.Version.Model.AssetSchedule is null ? SimulatedCause.Schedule : SimulatedCause.Assets;
        return run.RunAfter < _options.From ? SimulatedCause.FirstStart : SimulatedCause.Downtime;
    }
}
