using System.Globalization;
using System.Text.Json;
using Wizart.Flow.Engine.Access;
using Wizart.Flow.Engine.Coordination;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;
using Wizart.Flow.Values;

namespace Wizart.Flow.Engine.Commands;

/// <summary>What people answer to tasks that ask them.</summary>
public sealed class ApprovalCommands(RunCoordinator coordinator, LiveRuns versions, IFlowStore store, TimeProvider time)
{
    /// <summary>Answers a task that waits for a person: it succeeds when approved, and is skipped when refused.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="taskId">The task that asks.</param>
    /// <param name="mapIndex">The element of a mapped task; -1 for a plain one.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="actor">Who answers.</param>
    /// <exception cref="FlowCommandException">There is no such task, it does not ask (any more), or values are refused.</exception>
    public async Task DecideAsync(long runId, string taskId, int mapIndex, Answer answer, Caller actor)
    {
        var stored = await store.LoadRunAsync(runId, CancellationToken.None)
            ?? throw new FlowCommandException(Refusal.NotFound, $"There is no run {runId}.");
        var (version, _) = await versions.VersionAsync(stored.Run.VersionId);
        var task = version.Model.Tasks.FirstOrDefault(t => t.Id == taskId)
            ?? throw new FlowCommandException(Refusal.NotFound, $"DAG '{version.DagId}' has no task '{taskId}'.{Nearest.Hint(taskId, version.Model.Tasks.Select(t => t.Id))}");
        var instance = stored.Instances.FirstOrDefault(i => i.TaskIndex == task.Index && i.MapIndex == mapIndex);
        if (instance is not { State: TaskState.Deferred, Wait: { Kind: WaitKind.Approval } wait })
        {
            var now = instance is null ? "has not come to it yet" : $"is {StateWord.Of(instance.State)}";
            throw new FlowCommandException(Refusal.Conflict, $"Task '{taskId}' of run {runId} does not wait for an answer: it {now}.");
        }

        var key = new WaitKey(runId, task.Index, mapIndex, wait.Looks);
        if (!await coordinator.EndWaitAsync(key, OutcomeOf(answer, wait, actor)))
            throw new FlowCommandException(Refusal.Conflict, $"Task '{taskId}' of run {runId} was answered by somebody else just now.");
        await coordinator.ExecuteAsync(async transaction =>
        {
            var target = string.Create(CultureInfo.InvariantCulture, $"{version.DagId}/{runId}/{taskId}{(mapIndex < 0 ? "" : $"[{mapIndex}]")}");
            await transaction.AuditAsync(new AuditEntry(time.GetUtcNow(), actor, answer.Approved ? "approve" : "refuse", target, answer.Comment is null ? null : JsonSerializer.Serialize(answer.Comment, ValueJson.Options)));
            return true;
        });
    }

    /// <summary>The outcome of an approval that nobody has to give: in a local run and in a simulation.</summary>
    public static AttemptOutcome Approved(InstanceWait wait, string by, DateTimeOffset at) => Succeeded(new Decision(by, at, null, Values(wait.Form, [])));

    private AttemptOutcome OutcomeOf(Answer answer, InstanceWait wait, Caller actor)
    {
        if (!answer.Approved) return new AttemptOutcome.Skipped($"refused by {actor}{(answer.Comment is { Length: > 0 } why ? $": {why}" : "")}");
        var given = GivenValues.Check(wait.Form?.Fields ?? [], answer.Values, "The form", "value");
        return Succeeded(new Decision(actor.Name, time.GetUtcNow(), answer.Comment, Values(wait.Form, given)));
    }

    private static AttemptOutcome.Succeeded Succeeded(Decision decision) => new(TaskValue.Of(decision));

    /// <summary>What the form gives: what was set, and the defaults of what was left out.</summary>
    private static Dictionary<string, JsonElement> Values(FormModel? form, Dictionary<string, JsonElement> given)
    {
        var values = new Dictionary<string, JsonElement>();
        foreach (var field in form?.Fields ?? [])
        {
            if (given.TryGetValue(field.Name, out var value)) values[field.Name] = value;
            else if (field.Default is { } @default) values[field.Name] = @default;
        }

        return values;
    }
}

/// <summary>What a person answers.</summary>
/// <param name="Approved">Yes or no.</param>
/// <param name="Comment">What they say to it; null for nothing.</param>
/// <param name="Values">What they set of the form, as JSON.</param>
public sealed record Answer(bool Approved, string? Comment, IReadOnlyDictionary<string, JsonElement> Values);
