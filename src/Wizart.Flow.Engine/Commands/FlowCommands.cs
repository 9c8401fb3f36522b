using System.Text;
using System.Text.Json;
using Wizart.Flow.Engine.Access;
using Wizart.Flow.Engine.Coordination;
using Wizart.Flow.Engine.Dags;
using Wizart.Flow.Engine.Requests;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Schedules;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Commands;

/// <summary>What people and programs may ask for. Everything that changes something is in the audit log.</summary>
public sealed class FlowCommands(
    RunCoordinator coordinator, DagCatalog catalog, RunScheduler scheduler, IFlowStore store, RunFeed feed, TimeProvider time)
{
    /// <summary>A published DAG, inactive ones included.</summary>
    /// <exception cref="FlowCommandException">There is none of this id.</exception>
    public StoredDag Find(string dagId) => catalog.Find(dagId)
        ?? throw new FlowCommandException(Refusal.NotFound, $"There is no DAG '{dagId}'.{Nearest.Hint(dagId, catalog.All.Select(d => d.Id))}");

    /// <summary>Starts a run by hand.</summary>
    /// <param name="dagId">The DAG.</param>
    /// <param name="given">Params by name, as JSON; those left out take their defaults.</param>
    /// <param name="date">The run covers the interval that this lies in; by default the newest complete one.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="assetEvents">Updates of assets that the run is to see as those that started it; null for none.</param>
    /// <exception cref="FlowCommandException">The DAG is unknown or inactive, or params are refused.</exception>
    public async Task<DagRun> TriggerAsync(
        string dagId, IReadOnlyDictionary<string, JsonElement> given, DateTimeOffset? date, Caller actor, IReadOnlyCollection<long>? assetEvents = null)
    {
        var run = await coordinator.CreateRunAsync(Manual(dagId, given, date, actor), assetEvents);
        await AuditAsync(actor, "trigger", $"{dagId}/{run!.Id}", null);
        return run;
    }

    /// <summary>The same, once: a request that was done before gets its answer again.</summary>
    /// <exception cref="FlowCommandException">As for <see cref="TriggerAsync"/>; or the key belongs to another request.</exception>
    public async Task<OnceAnswer> TriggerOnceAsync(
        string dagId, IReadOnlyDictionary<string, JsonElement> given, DateTimeOffset? date, Caller actor, Once<DagRun> once)
    {
        // First of all: what was possible then need not be possible now.
        if (await store.AnswerAsync(once.Key.Key, once.Key.At - RequestKey.Kept, CancellationToken.None) is { } before)
            return OnceAnswer.Repeated(before, once.Key);
        string answer = "";
        var told = once with
        {
            Answer = async created => answer = await once.Answer(created),
        };
        if (await coordinator.CreateRunAsync(Manual(dagId, given, date, actor), told) is not { } run)
            return OnceAnswer.Repeated(told.Before!, once.Key); // another came first
        await AuditAsync(actor, "trigger", $"{dagId}/{run.Id}", null);
        return new OnceAnswer(answer, IsRepeated: false);
    }

    private DagRun Manual(string dagId, IReadOnlyDictionary<string, JsonElement> given, DateTimeOffset? date, Caller actor)
    {
        var dag = Find(dagId);
        if (!dag.IsActive)
            throw new FlowCommandException(Refusal.Conflict, $"DAG '{dagId}' is no longer declared by any script. Its history is kept; restore {dag.File} to run it.");

        var now = time.GetUtcNow();
        var interval = ManualInterval.For(dag.Version.Model, date, now);
        return new DagRun
        {
            DagId = dagId,
            VersionId = dag.Version.Id,
            Kind = RunKind.Manual,
            LogicalDate = interval.Start,
            Interval = interval,
            RunAfter = now,
            Params = ParamsOf(dag.Version.Model, given),
            CreatedBy = actor.Name,
            QueuedAt = now,
        };
    }

    /// <summary>Cancels a run.</summary>
    /// <exception cref="FlowCommandException">There is no such run, or it is over already.</exception>
    public async Task CancelAsync(long runId, Caller actor)
    {
        var stored = await store.LoadRunAsync(runId, CancellationToken.None)
            ?? throw new FlowCommandException(Refusal.NotFound, $"There is no run {runId}.");
        if (!await coordinator.CancelAsync(runId, RunState.Cancelled, $"cancelled by {actor}"))
            throw new FlowCommandException(Refusal.Conflict, $"Run {runId} of '{stored.Run.DagId}' is over, or is being cancelled already.");
        await AuditAsync(actor, "cancel", $"{stored.Run.DagId}/{runId}", null);
    }

    /// <summary>Pauses or unpauses a DAG. Running runs go on; queued ones and the schedule wait.</summary>
    /// <exception cref="FlowCommandException">The DAG is unknown.</exception>
    public async Task PauseAsync(string dagId, bool paused, Caller actor)
    {
        var dag = Find(dagId);
        if (dag.IsPaused != paused)
        {
            var changed = dag with { IsPaused = paused, PauseReason = null, FailuresSince = paused ? dag.FailuresSince : time.GetUtcNow() };
            await coordinator.ExecuteAsync(async transaction =>
            {
                await transaction.SaveDagAsync(changed);
                await transaction.AuditAsync(new AuditEntry(time.GetUtcNow(), actor, paused ? "pause" : "unpause", dagId, null));
                return true;
            });
            catalog.Set(changed);
        }

        await scheduler.RefreshAsync(dagId);
        if (!paused) await coordinator.StartQueuedAsync(dagId);
        feed.Tell(new FlowEvent.DagsChanged());
    }

    /// <summary>Stores a variable's value; removes it when null.</summary>
    /// <param name="name">The variable.</param>
    /// <param name="value">Its value.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="isExpected">Looks at the value as it is, null when there is none, while nobody else can change it; null for any.</param>
    /// <exception cref="FlowCommandException">It is not what was expected.</exception>
    public async Task SetVariableAsync(string name, JsonElement? value, Caller actor, Func<JsonPayload?, bool>? isExpected = null)
    {
        var isStored = await coordinator.ExecuteAsync(async transaction =>
        {
            if (isExpected is not null && !isExpected(await transaction.LockVariableAsync(name) is { } json ? JsonPayload.Parse(json) : null)) return false;
            await transaction.SaveVariableAsync(name, value?.GetRawText());
            await transaction.AuditAsync(new AuditEntry(time.GetUtcNow(), actor, value is null ? "remove variable" : "set variable", name, null));
            return true;
        });
        if (!isStored) throw new FlowCommandException(Refusal.Overtaken, $"Variable '{name}' was changed since you looked at it. Look again, and decide anew.");
    }

    /// <summary>Checks what is given for a run's params, all of it, and gives what the run stores.</summary>
    /// <exception cref="FlowCommandException">Values are refused, unknown or missing; each is told.</exception>
    public static IReadOnlyDictionary<string, JsonPayload> ParamsOf(DagModel model, IReadOnlyDictionary<string, JsonElement> given) =>
        GivenValues.Check(model.Params, given, $"DAG '{model.Id}'", "param")
            .ToDictionary(p => p.Key, p => new JsonPayload(Encoding.UTF8.GetBytes(p.Value.GetRawText())));

    private Task AuditAsync(Caller actor, string action, string target, string? detail) =>
        coordinator.ExecuteAsync(async transaction =>
        {
            await transaction.AuditAsync(new AuditEntry(time.GetUtcNow(), actor, action, target, detail));
            return true;
        });
}
