using System.Data.Common;
using Wizart.Flow.Engine.Assets;
using Wizart.Flow.Engine.Storage;

namespace Wizart.Flow.Storage.Sql;

internal abstract partial class SqlTransaction
{
    public ValueTask<IReadOnlyList<StoredDag>> LockFollowersAsync(IReadOnlyCollection<string> uris) =>
        DoAsync<IReadOnlyList<StoredDag>>(async connection =>
        {
            if (uris.Count == 0) return [];
            var dags = await connection.Over(uris, list => $"select distinct dag_id from asset_followers where uri in ({list})")
                .ListAsync(row => row.GetString(0));
            if (dags.Count == 0) return [];
            foreach (var dag in dags.Order(StringComparer.Ordinal)) await LockQueueAsync(connection, dag);

            // Read after the locks: what another transaction did to them is now seen.
            return await AssetRecords.FollowersAsync(connection, uris, store.Models);
        });

    public ValueTask<StoredDag?> LockFollowerAsync(string dagId) => DoAsync(async connection =>
    {
        await LockQueueAsync(connection, dagId);
        return await AssetRecords.DagAsync(connection, dagId, store.Models);
    });

    public ValueTask<AssetEvent> InsertAssetEventAsync(AssetEvent update) =>
        DoAsync(async connection => update with { Id = await AssetRecords.InsertAsync(connection, update) });

    public ValueTask QueueUpdateAsync(string dagId, string uri, long? eventId, DateTimeOffset at) => DoAsync(connection => connection.Command(
        "insert into asset_queue (dag_id, uri, event_id, at) values (@dag, @uri, @event, @at)",
        ("dag", dagId), ("uri", uri), ("event", eventId), ("at", at)).ExecuteAsync());

    public ValueTask<IReadOnlyList<QueuedUpdates>> QueuedAsync(string dagId) =>
        DoAsync<IReadOnlyList<QueuedUpdates>>(async connection => await AssetRecords.QueuedAsync(connection, dagId, default));

    public ValueTask TakeQueueAsync(string dagId, IReadOnlyCollection<long> runIds) => DoAsync(async connection =>
    {
        foreach (var run in runIds)
        {
            await connection.Command(
                """
                insert into run_asset_events (run_id, event_id)
                select distinct cast(@run as bigint), event_id from asset_queue where dag_id = @dag and event_id is not null
                """,
                ("run", run), ("dag", dagId)).ExecuteAsync();
        }

        return await connection.Command("delete from asset_queue where dag_id = @dag", ("dag", dagId)).ExecuteAsync();
    });

    public ValueTask<bool> ClearQueueAsync(string dagId, string uri) => DoAsync(async connection => await connection.Command(
        "delete from asset_queue where dag_id = @dag and uri = @uri", ("dag", dagId), ("uri", uri)).ExecuteAsync() > 0);

    public ValueTask AddRunAssetEventsAsync(long runId, IReadOnlyCollection<long> eventIds) => DoAsync(async connection =>
    {
        foreach (var id in eventIds)
        {
            await connection.Command(
                "insert into run_asset_events (run_id, event_id) values (@run, @event) on conflict do nothing", ("run", runId), ("event", id))
                .ExecuteAsync();
        }

        return eventIds.Count;
    });

    /// <summary>Keeps others from deciding on the same DAG's assets until the end of the transaction.</summary>
    protected abstract Task LockQueueAsync(DbConnection connection, string dagId);
}
