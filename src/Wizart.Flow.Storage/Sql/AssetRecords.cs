using System.Data.Common;
using Wizart.Flow.Engine.Assets;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Execution;

namespace Wizart.Flow.Storage.Sql;

/// <summary>Rows of assets and their updates, as records.</summary>
internal static class AssetRecords
{
    /// <summary>Columns of <c>asset_events e</c> joined with <c>assets a</c>.</summary>
    private const string Columns =
        "e.id, a.uri, e.time, e.run_id, e.dag_id, e.task_id, e.told_by, e.extra, e.interval_start, e.interval_end, " +
        "e.json, e.stored_name, e.stored_hash, e.stored_size, e.stored_content_type";

    private const string Queue =
        """
        select q.dag_id, q.uri, count(*), min(q.at), max(q.at), min(coalesce(e.interval_start, q.at)), max(coalesce(e.interval_end, q.at))
        from asset_queue q left join asset_events e on e.id = q.event_id
        """;

    public static async Task<List<StoredAsset>> AssetsAsync(
        DbConnection connection, IReadOnlyCollection<string>? uris, CancellationToken cancellation)
    {
        const string all = "select a.id, a.uri from assets a";
        var assets = await (uris is null
                ? connection.Command(all)
                : connection.Over(uris, list => $"{all} where a.uri in ({list})"))
            .ListAsync(row => (Id: row.GetInt64(0), Uri: row.GetString(1)), cancellation);
        var latest = new Dictionary<string, AssetEvent>(StringComparer.Ordinal);
        foreach (var some in assets.Select(a => a.Id).Chunk(500))
        {
            var found = await connection.Over(
                some,
                list => $"""
                    select {Columns} from asset_events e join assets a on a.id = e.asset_id
                    where e.id in (select (select max(n.id) from asset_events n where n.asset_id = o.id) from assets o where o.id in ({list}))
                    """).ListAsync(Event, cancellation);
            foreach (var update in found) latest[update.Uri] = update;
        }

        assets.Sort((a, b) => string.CompareOrdinal(a.Uri, b.Uri));
        return [.. assets.Select(a => new StoredAsset(a.Id, a.Uri, latest.GetValueOrDefault(a.Uri)))];
    }

    public static Task<List<AssetEvent>> EventsAsync(DbConnection connection, long assetId, long? beforeId, int count, CancellationToken cancellation) =>
        connection.Command(
            $"""
            select {Columns} from asset_events e join assets a on a.id = e.asset_id
            where e.asset_id = @asset and e.id < @before order by e.id desc limit @count
            """,
            ("asset", assetId), ("before", beforeId ?? long.MaxValue), ("count", count)).ListAsync(Event, cancellation);

    public static async Task<List<AssetEvent>> OfRunAsync(DbConnection connection, long runId, int count, CancellationToken cancellation)
    {
        var events = await connection.Command(
            $"""
            select {Columns} from run_asset_events l join asset_events e on e.id = l.event_id join assets a on a.id = e.asset_id
            where l.run_id = @run order by e.id desc limit @count
            """,
            ("run", runId), ("count", count)).ListAsync(Event, cancellation);
        events.Reverse();
        return events;
    }

    public static async Task<List<QueuedUpdates>> QueuedAsync(DbConnection connection, string? dagId, CancellationToken cancellation)
    {
        var queued = await (dagId is null
                ? connection.Command($"{Queue} group by q.dag_id, q.uri")
                : connection.Command($"{Queue} where q.dag_id = @dag group by q.dag_id, q.uri", ("dag", dagId)))
            .ListAsync(
                row => new QueuedUpdates(
                    row.GetString(0), row.GetString(1), row.GetInt64(2), row.Time(3), row.Time(4), new DataInterval(row.Time(5), row.Time(6))),
                cancellation);
        return [.. queued.OrderBy(q => q.DagId, StringComparer.Ordinal).ThenBy(q => q.Uri, StringComparer.Ordinal)];
    }

    public static Task<List<StoredDag>> FollowersAsync(DbConnection connection, IReadOnlyCollection<string> uris, ModelCache models) =>
        connection.Over(
            uris,
            list => $"{DagRecords.Dags} where d.is_active and d.id in (select f.dag_id from asset_followers f where f.uri in ({list})) order by d.id")
            .ListAsync(row => DagRecords.Dag(row, models));

    public static async Task<StoredDag?> DagAsync(DbConnection connection, string dagId, ModelCache models) =>
        (await connection.Command($"{DagRecords.Dags} where d.id = @dag", ("dag", dagId)).ListAsync(row => DagRecords.Dag(row, models))).SingleOrDefault();

    /// <summary>Names assets; those that are known already stay as they are.</summary>
    public static async Task NameAsync(DbConnection connection, IEnumerable<string> uris)
    {
        foreach (var uri in uris.Order(StringComparer.Ordinal)) // the same order in all transactions: none waits for another in a circle
            await connection.Command("insert into assets (uri) values (@uri) on conflict do nothing", ("uri", uri)).ExecuteAsync();
    }

    public static async Task<long> InsertAsync(DbConnection connection, AssetEvent update)
    {
        await NameAsync(connection, [update.Uri]);
        var stored = update.Value?.Stored;
        return await connection.Command(
            """
            insert into asset_events (asset_id, time, run_id, dag_id, task_id, told_by, extra, interval_start, interval_end,
                json, stored_name, stored_hash, stored_size, stored_content_type)
            select a.id, @time, @run, @dag, @task, @by, @extra, @start, @end, @json, @name, @hash, @size, @type
            from assets a where a.uri = @uri returning id
            """,
            ("time", update.Time), ("run", update.RunId), ("dag", update.DagId), ("task", update.TaskId), ("by", update.By),
            ("extra", update.Extra?.ToString()), ("start", update.Interval.Start), ("end", update.Interval.End),
            ("json", update.Value?.Json?.Utf8.ToArray()), ("name", stored?.Name), ("hash", stored?.Hash), ("size", stored?.Size),
            ("type", stored?.ContentType), ("uri", update.Uri)).ScalarAsync<long>();
    }

    /// <summary>Stores what a DAG names and follows, and takes out of its queue what it does not follow any more.</summary>
    public static async Task SaveDagAsync(DbConnection connection, StoredDag dag)
    {
        await NameAsync(connection, dag.Version.Model.Assets.Select(a => a.Uri));
        string[] followed = dag.IsActive ? [.. dag.Version.Model.AssetSchedule?.Assets.Uris ?? []] : [];
        await connection.Command("delete from asset_followers where dag_id = @dag", ("dag", dag.Id)).ExecuteAsync();
        foreach (var uri in followed)
            await connection.Command("insert into asset_followers (uri, dag_id) values (@uri, @dag)", ("uri", uri), ("dag", dag.Id)).ExecuteAsync();
        await (followed.Length == 0
            ? connection.Command("delete from asset_queue where dag_id = @dag", ("dag", dag.Id))
            : connection.Over(followed, list => $"delete from asset_queue where dag_id = @dag and uri not in ({list})", ("dag", dag.Id))).ExecuteAsync();
    }

    private static AssetEvent Event(DbDataReader row) => new()
    {
        Id = row.GetInt64(0),
        Uri = row.GetString(1),
        Time = row.Time(2),
        RunId = row.IsDBNull(3) ? null : row.GetInt64(3),
        DagId = row.TextOrNull(4),
        TaskId = row.TextOrNull(5),
        By = row.GetString(6),
        Extra = row.TextOrNull(7) is { } extra ? JsonPayload.Parse(extra) : null,
        Interval = new DataInterval(row.Time(8), row.Time(9)),
        Value = row.IsDBNull(10) && row.IsDBNull(12) ? null : RunRecords.Output(row, 10),
    };
}
