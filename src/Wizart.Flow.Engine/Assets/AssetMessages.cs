using Wizart.Flow.Engine.Assets;
using Wizart.Flow.Engine.Runs;

namespace Wizart.Flow.Engine.Coordination;

/// <summary>Store updates of assets that no run of this commit made.</summary>
internal sealed class UpdateAssets(IReadOnlyList<AssetEvent> updates) : Message<IReadOnlyList<AssetEvent>>
{
    public override bool FailsFast => true;

    public override async ValueTask ApplyAsync(CommitBatch batch) =>
        Result = await AssetTriggers.UpdateAsync(batch, updates).ConfigureAwait(false);
}

/// <summary>Look anew whether the assets that a DAG follows have been updated: it was published, unpaused, or its queue was edited.</summary>
internal sealed class DecideAssets(string dagId) : Message<bool>
{
    public override async ValueTask ApplyAsync(CommitBatch batch)
    {
        if (await batch.Transaction.LockFollowerAsync(dagId).ConfigureAwait(false) is not { } dag) return;
        await AssetTriggers.DecideAsync(batch, dag).ConfigureAwait(false);
        Result = true;
    }
}

/// <summary>Change a DAG's queue by hand: an asset counts as updated, or no longer does.</summary>
internal sealed class ChangeQueue(string dagId, string uri, bool updated) : Message<bool>
{
    public override bool FailsFast => true;

    public override async ValueTask ApplyAsync(CommitBatch batch)
    {
        if (await batch.Transaction.LockFollowerAsync(dagId).ConfigureAwait(false) is not { } dag) return;
        var isQueued = (await batch.Transaction.QueuedAsync(dagId).ConfigureAwait(false)).Any(q => q.Uri == uri);
        Result = isQueued != updated;
        if (!Result) return;
        if (!updated)
        {
            await batch.Transaction.ClearQueueAsync(dagId, uri).ConfigureAwait(false);
            return;
        }

        await batch.Transaction.QueueUpdateAsync(dagId, uri, null, batch.Now).ConfigureAwait(false);
        await AssetTriggers.DecideAsync(batch, dag).ConfigureAwait(false);
    }
}

/// <summary>Store the runs that a clock made due, once the assets they wait for have been updated.</summary>
internal sealed class CreateDueRuns(string dagId, IReadOnlyList<DagRun> due) : Message<bool>
{
    public override async ValueTask ApplyAsync(CommitBatch batch) =>
        Result = await AssetTriggers.CreateDueAsync(batch, dagId, due).ConfigureAwait(false);
}
