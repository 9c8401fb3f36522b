using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;

namespace Wizart.Flow.Engine.Coordination;

/// <summary>A person clears or marks something of a run, which may have ended.</summary>
internal sealed class ReworkRun(long runId, Func<LiveRun, DateTimeOffset, RunPlan?> step) : Message<bool>
{
    public override bool FailsFast => true;

    /// <summary>The version it goes on with, when that is another.</summary>
    public (StoredRun Stored, RunMove Move)? Move { get; init; }

    public override async ValueTask ApplyAsync(CommitBatch batch)
    {
        Result = false;
        var run = Move is { } move
            ? await batch.MovedRunAsync(move.Stored, move.Move, this).ConfigureAwait(false)
            : await batch.RunAsync(runId, this).ConfigureAwait(false);
        if (run is null) return;
        Result = batch.Plan(run, step(run, batch.Now));
        if (run.Run.State == RunState.Queued) batch.Fill(run.Run.DagId);
    }
}
