using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Execution;

namespace Wizart.Flow.Engine.Coordination;

/// <summary>A deferred instance is to be looked at.</summary>
/// <param name="key">The look.</param>
/// <param name="rings">Whether its time has come; otherwise something was told that may be what it waits for.</param>
internal sealed class DueLook(WaitKey key, bool rings = false) : Message<bool>
{
    public WaitKey Key => key;

    /// <summary>Whether it no longer waits for this.</summary>
    public bool Missing { get; private set; }

    public override async ValueTask ApplyAsync(CommitBatch batch)
    {
        Missing = true;
        if (await batch.RunAsync(key.RunId, this).ConfigureAwait(false) is not { } run || run.Find(key.TaskIndex, key.MapIndex) is not { } instance) return;
        if (instance is not { State: TaskState.Deferred, Wait: { } wait } || wait.Looks != key.Looks) return;
        Missing = false;
        if (await batch.LookAsync(run, instance).ConfigureAwait(false) is { } outcome)
        {
            Missing = true;
            Result = batch.Plan(run, RunPlanner.WaitEnded(run, instance, key.Looks, outcome, batch.Now, batch.Chance()));
        }
        else if (rings)
        {
            Result = batch.Plan(run, RunPlanner.LookDue(run, instance, key.Looks, batch.Now));
        }
    }
}

/// <summary>What a deferred instance waits for has come.</summary>
internal sealed class EndWait(WaitKey key, AttemptOutcome outcome) : Message<bool>
{
    public override bool FailsFast => true;

    public override async ValueTask ApplyAsync(CommitBatch batch) =>
        Result = await batch.RunAsync(key.RunId, this).ConfigureAwait(false) is { } run
            && run.Find(key.TaskIndex, key.MapIndex) is { } instance
            && batch.Plan(run, RunPlanner.WaitEnded(run, instance, key.Looks, outcome, batch.Now, batch.Chance()));
}
