using Microsoft.Extensions.Logging.Abstractions;
using Wizart.Flow.Engine.Commands;
using Wizart.Flow.Engine.Dags;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage.InMemory;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Simulations;

/// <summary>A daemon on a fake clock, from its start to its stop.</summary>
internal sealed class SimulatedNode : IDisposable
{
    private const int Slots = 64;
    private readonly SteppedAlarms _alarms;
    private readonly SimulatedTime _time;
    private readonly WatchedDispatcher _dispatcher;

    public SimulatedNode(InMemoryFlowStore store, SteppedAlarms alarms, SimulatedTime time)
    {
        (_alarms, _time) = (alarms, time);
        var bodies = new InstantBodies((dagId, task) => Engine!.Catalog.Find(dagId)?.Version.Model.Tasks.ElementAtOrDefault(task));
        var options = new EngineOptions { NodeName = "simulation", Slots = Slots, Chance = () => 0.5, Answer = Answer };
        Engine = new FlowEngine(
            store, bodies, bodies, alarms, options, time,
            NullLoggerFactory.Instance);
        _dispatcher = new WatchedDispatcher(Engine.Slots);
    }

    public FlowEngine Engine { get; }

    /// <summary>Nobody is there to be asked, so all is approved.</summary>
    private AttemptOutcome? Answer(WaitModel model, InstanceWait wait) =>
        model.Kind == WaitKind.Approval ? ApprovalCommands.Approved(wait, "simulation", _time.GetUtcNow()) : null;

    public Task StartAsync(CancellationToken cancellation) => Engine.StartAsync(_dispatcher, cancellation);

    public Task<IReadOnlyList<Diagnostic>> PublishAsync(DagModel dag, CancellationToken cancellation) => Engine.Publisher.PublishAsync(
        new ScriptUpdate
        {
            File = $"{dag.Id}.csx",
            Description = new ScriptDescription([dag], []),
            ImageHash = "none",
            ImageDirectory = "none",
            CodeHash = "none",
        },
        cancellation);

    /// <summary>Rings what is due now, and waits until nothing more follows.</summary>
    public async Task RingAsync(CancellationToken cancellation)
    {
        foreach (var alarm in _alarms.Take(_time.GetUtcNow())) await Engine.Alarms.RingAsync(alarm, cancellation);
        await SettleAsync();
    }

    /// <summary>Waits until all that was begun has ended.</summary>
    public async Task SettleAsync()
    {
        do await Engine.Coordinator.WhenStoredAsync();
        while (await _dispatcher.DrainAsync() || !Engine.Coordinator.IsQuiet);
    }

    public async Task StopAsync()
    {
        await Engine.StopAsync(TimeSpan.Zero);
        await SettleAsync();
        _alarms.Clear();
    }

    public void Dispose() => Engine.Publisher.Dispose();
}
