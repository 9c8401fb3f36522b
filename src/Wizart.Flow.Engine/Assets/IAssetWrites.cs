using Wizart.Flow.Engine.Storage;

namespace Wizart.Flow.Engine.Assets;

/// <summary>
/// What is stored of assets. Whether a DAG's assets have all been updated is decided by one transaction at a time:
/// what gives a follower holds its queue until the end of the transaction.
/// </summary>
public interface IAssetWrites
{
    /// <summary>Holds the queues of all that follow any of these assets, and gives the active DAGs among them as they are now.</summary>
    ValueTask<IReadOnlyList<StoredDag>> LockFollowersAsync(IReadOnlyCollection<string> uris);

    /// <summary>Holds a DAG's queue, and gives the DAG as it is now; null when there is none.</summary>
    ValueTask<StoredDag?> LockFollowerAsync(string dagId);

    /// <summary>Stores an update and gives it its number.</summary>
    ValueTask<AssetEvent> InsertAssetEventAsync(AssetEvent update);

    /// <summary>Adds an update to the queue of a DAG.</summary>
    /// <param name="dagId">The DAG.</param>
    /// <param name="uri">The asset.</param>
    /// <param name="eventId">The update; null when somebody marked the asset as updated without one.</param>
    /// <param name="at">When.</param>
    ValueTask QueueUpdateAsync(string dagId, string uri, long? eventId, DateTimeOffset at);

    /// <summary>What the DAG's queue holds.</summary>
    ValueTask<IReadOnlyList<QueuedUpdates>> QueuedAsync(string dagId);

    /// <summary>Empties a DAG's queue: each of these runs was started by all of it.</summary>
    ValueTask TakeQueueAsync(string dagId, IReadOnlyCollection<long> runIds);

    /// <summary>Removes an asset from a DAG's queue; false when it was not in it.</summary>
    ValueTask<bool> ClearQueueAsync(string dagId, string uri);

    /// <summary>Names updates as those that started a run.</summary>
    ValueTask AddRunAssetEventsAsync(long runId, IReadOnlyCollection<long> eventIds);
}
