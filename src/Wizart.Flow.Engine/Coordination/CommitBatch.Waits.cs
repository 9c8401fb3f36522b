using System.Globalization;
using System.Text.Json;
using Wizart.Flow.Engine.Commands;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;
using Wizart.Flow.Values;

namespace Wizart.Flow.Engine.Coordination;

/// <summary>What waits for other runs, and what starts them.</summary>
internal sealed partial class CommitBatch
{
    /// <summary>A chain of runs that start each other is cut here: so deep, it goes in circles.</summary>
    private const int DeepestChain = 50;

    /// <summary>Whether what an instance waits for is there, as far as the engine itself can see; null while it is not.</summary>
    public async ValueTask<AttemptOutcome?> LookAsync(LiveRun run, TaskInstance instance)
    {
        var model = run.Graph.Tasks[instance.TaskIndex].Wait!;
        var (outcome, reason) = model.Kind switch
        {
            WaitKind.DagRun => await OtherRunAsync(model, run.Run).ConfigureAwait(false),
            WaitKind.Asset => await UpdateOfAsync(model, run.Run).ConfigureAwait(false),
            WaitKind.Triggered => await TriggeredAsync(model, instance.Wait!.RunId).ConfigureAwait(false),
            _ => (null, null),
        };
        if (outcome is null && reason is not null)
        {
            Touch(run);
            RunPlanner.Explain(run, instance, reason);
        }

        return outcome;
    }

    private async ValueTask<(AttemptOutcome? Outcome, string? Reason)> OtherRunAsync(WaitModel model, DagRun run)
    {
        var store = state.Runs.Store;
        var date = TimeText.Utc(run.LogicalDate);
        if (await store.NewestRunAsync(model.DagId!, run.LogicalDate, CancellationToken.None).ConfigureAwait(false) is not { } other)
        {
            return (null, state.FindDag(model.DagId!) is null
                ? $"waits for a run of '{model.DagId}' for {date}, but no script declares such a DAG"
                : $"waits for a run of '{model.DagId}' for {date}, which there is not yet");
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"run {other.Id} of '{model.DagId}'");
        if (model.TaskId is not { } task)
        {
            return other.State == RunState.Success
                ? (new AttemptOutcome.Succeeded(null), null)
                : (null, $"waits until {name} succeeds, which is {StateWord.Spoken(other.State)}{(other.State.IsFinal() ? ": clear it to run it again" : "")}");
        }

        var (_, graph) = await state.Runs.VersionAsync(other.VersionId).ConfigureAwait(false);
        if (graph.Tasks.FirstOrDefault(t => t.Id == task) is not { } model2)
            return (new AttemptOutcome.Failed(new TaskError { Type = "NoSuchTask", Message = $"DAG '{model.DagId}' has no task '{task}' in the version that {name} is on.{Nearest.Hint(task, graph.Tasks.Select(t => t.Id))}" }), null);
        var stored = await store.LoadRunAsync(other.Id, CancellationToken.None).ConfigureAwait(false);
        var found = stored?.Instances.FirstOrDefault(i => i.TaskIndex == model2.Index && i.MapIndex < 0)?.State ?? TaskState.None;
        return found switch
        {
            TaskState.Success => (new AttemptOutcome.Succeeded(null), null),
            TaskState.Skipped => (new AttemptOutcome.Skipped($"task '{task}' of {name} was skipped"), null),
            _ => (null, $"waits until task '{task}' of {name} succeeds, which is {(found == TaskState.None ? "waiting itself" : StateWord.Spoken(found))}"),
        };
    }

    private async ValueTask<(AttemptOutcome? Outcome, string? Reason)> UpdateOfAsync(WaitModel model, DagRun run)
    {
        var assets = await state.Runs.Store.AssetsAsync([model.Asset!], CancellationToken.None).ConfigureAwait(false);
        var latest = assets.Count == 0 ? null : assets[0].Latest;
        if (latest is not null && latest.Time >= run.Interval.End) return (new AttemptOutcome.Succeeded(null), null);
        var since = TimeText.Utc(run.Interval.End);
        return (null, $"waits for an update of {model.Asset} since {since}; {(latest is null ? "there was none yet" : $"the latest is of {TimeText.Utc(latest.Time)}")}");
    }

    private async ValueTask<(AttemptOutcome? Outcome, string? Reason)> TriggeredAsync(WaitModel model, long runId)
    {
        if (runId == 0) return (null, null);
        var started = await state.Runs.Store.LoadRunAsync(runId, CancellationToken.None).ConfigureAwait(false);
        var name = string.Create(CultureInfo.InvariantCulture, $"run {runId} of '{model.DagId}'");
        return started?.Run.State switch
        {
            null => (Failed("Gone", $"The {name} that was waited for is no longer stored: retention removed it. Clear the task to start another."), null),
            RunState.Success => (Done(model.DagId!, runId), null),
            RunState.Failed or RunState.Cancelled => (Failed("TriggeredRunFailed", $"The {name} is {StateWord.Spoken(started.Run.State)}{(started.Run.Reason is { } why ? $": {why}" : "")}."), null),
            _ => (null, $"waits for {name}, which is {StateWord.Spoken(started.Run.State)}{(started.Run.State == RunState.Queued && state.FindDag(model.DagId!)?.IsPaused == true ? $": its DAG is paused (flow unpause {model.DagId})" : "")}"),
        };
    }

    /// <summary>Starts the runs that tasks ask for. What asks is written, so a refusal of it can't leave a run behind that nobody asked for.</summary>
    private async ValueTask TriggerAsync()
    {
        (LiveRun Run, TaskInstance Instance)[] triggers = [.. _triggers];
        _triggers.Clear();
        foreach (var (run, instance) in triggers)
        {
            if (!_touched.ContainsKey(run.Run.Id) || instance is not { State: TaskState.Deferred, Wait: { RunId: 0 } wait }) continue;
            var model = run.Graph.Tasks[instance.TaskIndex].Wait!;
            var outcome = state.Answer(model, wait) ?? await TriggerOneAsync(run, instance, model, wait).ConfigureAwait(false);
            if (outcome is not null) Plan(run, RunPlanner.WaitEnded(run, instance, wait.Looks, outcome, now, Chance()));
        }
    }

    private async ValueTask<AttemptOutcome?> TriggerOneAsync(LiveRun run, TaskInstance instance, WaitModel model, InstanceWait wait)
    {
        if (state.FindDag(model.DagId!) is not { } dag)
            return Failed("NoSuchDag", $"There is no DAG '{model.DagId}' to start: no script that could be read declares it. Correct the id, or see flow errors.");
        if (!dag.IsActive)
            return Failed("NoSuchDag", $"DAG '{model.DagId}' can't be started: no script declares it any more. Restore {dag.File}.");
        if (await CircleAsync(run.Run, model).ConfigureAwait(false) is { } circle) return new AttemptOutcome.Failed(circle, MayRetry: false);

        DagRun asked;
        try
        {
            var given = wait.Params?.ToDictionary(p => p.Key, p => JsonSerializer.Deserialize<JsonElement>(p.Value.Utf8.Span, ValueJson.Options)) ?? model.Params;
            asked = RunFor(run, instance, dag, model, FlowCommands.ParamsOf(dag.Version.Model, given ?? new Dictionary<string, JsonElement>()));
        }
        catch (FlowCommandException refused)
        {
            return new AttemptOutcome.Failed(new TaskError { Type = "BadParams", Message = $"DAG '{model.DagId}' can't be started: {refused.Message}" }, MayRetry: false);
        }

        var started = (await transaction.InsertRunAsync(asked).ConfigureAwait(false))!;
        AddCreated(started);
        if (!model.UntilEnd) return Done(started.DagId, started.Id);
        Plan(run, RunPlanner.Triggered(run, instance, started));
        return null;
    }

    private DagRun RunFor(
        LiveRun run, TaskInstance instance, StoredDag dag, WaitModel model, IReadOnlyDictionary<string, JsonPayload> values)
    {
        var interval = model.SameInterval ? run.Run.Interval : ManualInterval.For(dag.Version.Model, null, now);
        return new DagRun
        {
            DagId = dag.Id,
            VersionId = dag.Version.Id,
            Kind = RunKind.Manual,
            LogicalDate = interval.Start,
            Interval = interval,
            RunAfter = now,
            Params = values,
            CreatedBy = string.Create(CultureInfo.InvariantCulture, $"{run.Run.DagId}/{run.Run.Id}/{run.Graph.Tasks[instance.TaskIndex].Id}"),
            TriggeredBy = run.Run.Id,
            QueuedAt = now,
        };
    }

    /// <summary>Why a run must not be started from here: it would wait for itself, or DAGs start each other without end.</summary>
    private async ValueTask<TaskError?> CircleAsync(DagRun run, WaitModel model)
    {
        var depth = 1;
        for (DagRun? ancestor = run; ancestor is not null; depth++)
        {
            if (model.UntilEnd && ancestor.DagId == model.DagId)
                return new TaskError { Type = "Circle", Message = $"Run {ancestor.Id} of '{model.DagId}' led to this one, and waits for it: a run of '{model.DagId}' that this task waits for would never end. DAGs that start each other must not wait for each other." };
            if (depth >= DeepestChain)
                return new TaskError { Type = "Circle", Message = $"{depth} runs have started each other up to this one, the last few of '{model.DagId}' and '{run.DagId}': DAGs that start each other never end. Start one of them by a schedule." };
            ancestor = ancestor.TriggeredBy == 0 ? null
                : state.Runs.Find(ancestor.TriggeredBy)?.Run // may have begun in this very commit
                    ?? (await state.Runs.Store.LoadRunAsync(ancestor.TriggeredBy, CancellationToken.None).ConfigureAwait(false))?.Run;
        }

        return null;
    }

    private static AttemptOutcome.Failed Failed(string type, string message) => new(new TaskError { Type = type, Message = message });

    private static AttemptOutcome.Succeeded Done(string dagId, long runId) => new(TaskValue.Of(new TriggeredRun(dagId, runId)));
}
