using Wizart.Flow.Engine.Assets;
using Wizart.Flow.Engine.Runs;

namespace Wizart.Flow.Engine.Coordination;

public sealed partial class RunCoordinator
{
    /// <summary>Raised when an asset was updated, after that is durable.</summary>
    public event Action<AssetEvent>? AssetUpdated;

    /// <summary>Raised when the assets that a DAG's clock waits for have been updated.</summary>
    internal event Action<string>? AssetsReady;

    /// <summary>Stores updates of assets, and starts the runs that follow from them, in one commit.</summary>
    public Task<IReadOnlyList<AssetEvent>> UpdateAssetsAsync(IReadOnlyList<AssetEvent> updates) => PostAsync(new UpdateAssets(updates));

    /// <summary>Starts a run of a DAG if the assets that it follows have been updated since its last.</summary>
    internal Task DecideAssetsAsync(string dagId) => PostAsync(new DecideAssets(dagId));

    /// <summary>An asset counts as updated for a DAG, or no longer does; false when that was so already.</summary>
    internal Task<bool> ChangeQueueAsync(string dagId, string uri, bool updated) => PostAsync(new ChangeQueue(dagId, uri, updated));

    /// <summary>Stores runs that the clock made due, if the assets they wait for have been updated; false when they were not.</summary>
    internal Task<bool> CreateDueRunsAsync(string dagId, IReadOnlyList<DagRun> due) => PostAsync(new CreateDueRuns(dagId, due));

    private void FollowAssets(CommitBatch batch)
    {
        foreach (var created in batch.Created) RunCreated?.Invoke(created);
        foreach (var update in batch.Updated)
        {
            _state.Waits.NoteUpdate(update.Uri);
            AssetUpdated?.Invoke(update);
        }

        WakeClocks(batch);
    }

    /// <summary>Also after a commit that seems to have failed: it may have been stored all the same.</summary>
    private void WakeClocks(CommitBatch batch)
    {
        foreach (var dagId in batch.Woken) AssetsReady?.Invoke(dagId);
    }
}
