using Wizart.Flow.Engine.Attempts;
using Wizart.Flow.Engine.Requests;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Execution;

namespace Wizart.Flow.Engine.Coordination;

/// <summary>Something that changes the store, waiting to be taken into a commit.</summary>
internal abstract class Message
{
    /// <summary>Whether it is told at once that the store refuses; otherwise it is tried until it is stored.</summary>
    public virtual bool FailsFast => false;

    /// <summary>Makes its changes in the batch.</summary>
    public abstract ValueTask ApplyAsync(CommitBatch batch);

    /// <summary>Its changes are durable.</summary>
    public abstract void Committed();

    /// <summary>Its changes are not made.</summary>
    public abstract void Refused(Exception error);
}

/// <summary>A message that somebody waits for.</summary>
internal abstract class Message<T> : Message
{
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Completion => _completion.Task;

    protected T? Result { get; set; }

    public override void Committed() => _completion.TrySetResult(Result!);

    public override void Refused(Exception error) => _completion.TrySetException(error);
}

/// <summary>Store a new run.</summary>
internal sealed class CreateRun(DagRun run, IReadOnlyCollection<long>? assetEvents = null, Once<DagRun>? once = null) : Message<DagRun?>
{
    /// <summary>The run as it was stored; null when there was one already.</summary>
    public DagRun? Created => Result;

    public override bool FailsFast => true;

    public override async ValueTask ApplyAsync(CommitBatch batch)
    {
        if (once is not null && !await once.BeginAsync(batch.Transaction).ConfigureAwait(false)) return;
        Result = await batch.Transaction.InsertRunAsync(run).ConfigureAwait(false);
        if (Result is null) return;
        if (once is not null) await once.EndAsync(batch.Transaction, Result).ConfigureAwait(false);
        if (assetEvents is not null) await batch.Transaction.AddRunAssetEventsAsync(Result.Id, assetEvents).ConfigureAwait(false);
        batch.Fill(run.DagId);
    }
}

/// <summary>Start queued runs of a DAG as far as its limit lets.</summary>
internal sealed class FillDag(string dagId) : Message<bool>
{
    public override ValueTask ApplyAsync(CommitBatch batch)
    {
        batch.Fill(dagId);
        Result = true;
        return ValueTask.CompletedTask;
    }
}

/// <summary>An attempt ended on this node; whoever ran it asks for the next.</summary>
internal sealed class EndAttempt(ClaimedAttempt attempt, AttemptOutcome outcome, StoreWrites told) : Message<ClaimedAttempt?>
{
    public override async ValueTask ApplyAsync(CommitBatch batch)
    {
        batch.Free(attempt.Key);
        batch.Add(told);
        if (await batch.RunAsync(attempt.Run.Id, this).ConfigureAwait(false) is { } run
            && run.Find(attempt.Task.Index, attempt.MapIndex) is { } instance && (instance.Wait?.Looks ?? 0) == attempt.Look)
            batch.Plan(run, RunPlanner.AttemptEnded(run, instance, attempt.Number, outcome, batch.Now, batch.Chance()));
    }

    public void Continue(ClaimedAttempt? next) => Result = next;
}

/// <summary>A retry's wait is over.</summary>
internal sealed class DueRetry(long runId, int taskIndex, int mapIndex, int attempt) : Message<bool>
{
    public override async ValueTask ApplyAsync(CommitBatch batch)
    {
        Result = await batch.RunAsync(runId, this).ConfigureAwait(false) is { } run
            && run.Find(taskIndex, mapIndex) is { } instance
            && batch.Plan(run, RunPlanner.RetryDue(run, instance, attempt, batch.Now));
    }
}

/// <summary>A run is to end before its time.</summary>
internal sealed class CancelRun(long runId, RunState endsAs, string reason) : Message<bool>
{
    public override bool FailsFast => true;

    public override async ValueTask ApplyAsync(CommitBatch batch)
    {
        Result = await batch.RunAsync(runId, this).ConfigureAwait(false) is { } run
            && batch.Plan(run, RunPlanner.Cancel(run, endsAs, reason, batch.Now));
    }
}

/// <summary>
/// A run is taken up again, at the start of the daemon or after its copy in memory was thrown away. An attempt that the
/// store knows as running on this node, though no slot runs it, is lost.
/// </summary>
internal sealed class ResumeRun(long runId) : Message<bool>
{
    public long RunId => runId;

    public override async ValueTask ApplyAsync(CommitBatch batch)
    {
        if (await batch.RunAsync(runId, this).ConfigureAwait(false) is not { } run) return;
        Result = true;
        foreach (var instance in run.AllInstances.ToArray())
            if (batch.IsLost(run, instance))
                batch.Plan(run, RunPlanner.AttemptEnded(run, instance, instance.Attempt, Lost(instance), batch.Now, batch.Chance(), lost: true));
    }

    private static AttemptOutcome.Failed Lost(TaskInstance instance) => new(new TaskError
    {
        Type = "Lost",
        Message = $"The daemon on {instance.Node} ended while attempt {instance.Attempt} ran, so its outcome is not known.",
    });
}

/// <summary>Store what attempts tell.</summary>
internal sealed class StoreTold(StoreWrites told) : Message<bool>
{
    public override ValueTask ApplyAsync(CommitBatch batch)
    {
        batch.Add(told);
        return ValueTask.CompletedTask;
    }
}

/// <summary>Anything else that is to be stored: publications, variables, the audit log.</summary>
internal sealed class Execute<T>(Func<IFlowTransaction, ValueTask<T>> action) : Message<T>
{
    public override bool FailsFast => true;

    public override async ValueTask ApplyAsync(CommitBatch batch) =>
        Result = await action(batch.Transaction).ConfigureAwait(false);
}
