using System.Data.Common;
using Wizart.Flow.Engine.Storage;

namespace Wizart.Flow.Storage.Sql;

/// <summary>
/// Removes what is older than its time. What that is, is looked up by a reader; the writers wait only while it is removed.
/// </summary>
internal sealed class SqlRetention(SqlFlowStore store) : IRetention
{
    private const int AtOnce = 500;

    private const string Old = "r.state in ('success', 'failed', 'cancelled') and r.ended_at < @before";

    /// <summary>From it the schedule goes on after a restart; without it old intervals would be caught up once more.</summary>
    private const string NewestSlot =
        """
        (r.kind = 'scheduled' and r.interval_end = (
            select max(n.interval_end) from dag_runs n where n.dag_id = r.dag_id and n.kind = 'scheduled'))
        """;

    private static readonly string[] TablesOfRuns =
        ["task_instances", "task_attempts", "task_outputs", "task_progress", "log_chunks", "metric_points", "artifacts", "deliveries",
            "notes", "run_asset_events"];

    public async Task<int> RemoveRunsAsync(DateTimeOffset endedBefore, int limit, CancellationToken cancellation)
    {
        var removed = 0;
        var old = await OldRunsAsync(
            $"select r.id from dag_runs r where {Old} and not {NewestSlot} order by r.ended_at limit @limit", endedBefore, limit, cancellation);
        foreach (var runs in old.Chunk(AtOnce))
            removed += await ChangeAsync(connection => RemoveAsync(connection, runs, cancellation), cancellation);
        return removed;
    }

    public async Task<int> RemoveLogsAsync(DateTimeOffset endedBefore, int limit, CancellationToken cancellation)
    {
        var removed = 0;
        foreach (var runs in (await OldRunsWithAsync("log_chunks", endedBefore, limit, cancellation)).Chunk(AtOnce))
        {
            if (removed == limit) break;
            removed += await ChangeAsync(
                connection => connection.Over(
                    runs,
                    list => $"""
                        delete from log_chunks where (run_id, task_index, map_index, attempt, first_line) in (
                            select run_id, task_index, map_index, attempt, first_line
                            from log_chunks where run_id in ({list}) limit @limit)
                        """,
                    ("limit", limit - removed)).ExecuteAsync(cancellation),
                cancellation);
        }

        return removed;
    }

    public async Task<IReadOnlyList<string>> RemoveArtifactsAsync(DateTimeOffset endedBefore, int limit, CancellationToken cancellation)
    {
        var unnamed = new HashSet<string>();
        var left = limit;
        foreach (var runs in (await OldRunsWithAsync("artifacts", endedBefore, limit, cancellation)).Chunk(AtOnce))
        {
            if (left == 0) break;
            var room = left;
            left -= await ForgetAsync(
                connection => connection.Over(
                    runs,
                    list => $"delete from artifacts where id in (select id from artifacts where run_id in ({list}) limit @limit) returning hash",
                    ("limit", room)));
        }

        await ForgetAsync(connection => connection.Command(
            "delete from released_artifacts where hash in (select hash from released_artifacts limit @limit) returning hash",
            ("limit", limit)));
        return [.. unnamed];

        async Task<int> ForgetAsync(Func<DbConnection, DbCommand> delete) => await ChangeAsync(
            async connection =>
            {
                var hashes = await delete(connection).ListAsync(row => row.GetString(0), cancellation);
                foreach (var some in hashes.Distinct().Chunk(AtOnce))
                    unnamed.UnionWith(await UnnamedAsync(connection, some, cancellation));
                return hashes.Count;
            },
            cancellation);
    }

    public async Task<int> RemoveAssetEventsAsync(DateTimeOffset before, int limit, CancellationToken cancellation)
    {
        var removed = 0;
        var old = await OldRunsAsync(
            """
            select e.id from asset_events e
            where e.time < @before and e.id < (select max(n.id) from asset_events n where n.asset_id = e.asset_id)
                and (e.run_id is null or not exists (select 1 from dag_runs r where r.id = e.run_id))
            order by e.id limit @limit
            """,
            before, limit, cancellation);
        foreach (var events in old.Chunk(AtOnce))
        {
            removed += await ChangeAsync(
                async connection =>
                {
                    await connection.Over(
                        events,
                        list => $"""
                            insert into released_artifacts (hash)
                            select distinct stored_hash from asset_events where id in ({list}) and stored_hash is not null on conflict do nothing
                            """).ExecuteAsync(cancellation);
                    await connection.Over(events, list => $"delete from asset_queue where event_id in ({list})").ExecuteAsync(cancellation);
                    await connection.Over(events, list => $"delete from run_asset_events where event_id in ({list})").ExecuteAsync(cancellation);
                    return await connection.Over(events, list => $"delete from asset_events where id in ({list})").ExecuteAsync(cancellation);
                },
                cancellation);
        }

        return removed;
    }

    private static async Task<int> RemoveAsync(DbConnection connection, long[] runs, CancellationToken cancellation)
    {
        await connection.Over(
            runs,
            list => $"""
                insert into released_artifacts (hash)
                select hash from artifacts where run_id in ({list})
                union select stored_hash from task_outputs where run_id in ({list}) and stored_hash is not null
                on conflict do nothing
                """).ExecuteAsync(cancellation);
        foreach (var table in TablesOfRuns)
            await connection.Over(runs, list => $"delete from {table} where run_id in ({list})").ExecuteAsync(cancellation);
        return await connection.Over(runs, list => $"delete from dag_runs where id in ({list})").ExecuteAsync(cancellation);
    }

    private static async Task<IEnumerable<string>> UnnamedAsync(DbConnection connection, string[] hashes, CancellationToken cancellation)
    {
        var named = await connection.Over(
            hashes,
            list => $"""
                select hash from artifacts where hash in ({list})
                union select stored_hash from task_outputs where stored_hash in ({list})
                union select stored_hash from asset_events where stored_hash in ({list})
                """).ListAsync(row => row.GetString(0), cancellation);
        return hashes.Except(named);
    }

    /// <summary>
    /// Old runs that still have rows in a table, found by stepping from run to run through its key: most old runs have none
    /// any more, and would be looked at in vain each time.
    /// </summary>
    private Task<List<long>> OldRunsWithAsync(string table, DateTimeOffset endedBefore, int limit, CancellationToken cancellation) =>
        OldRunsAsync(
            $"""
            with recursive step (run_id) as (
                select min(run_id) from {table}
                union all
                select (select min(t.run_id) from {table} t where t.run_id > step.run_id) from step where step.run_id is not null)
            select r.id from step join dag_runs r on r.id = step.run_id where {Old} limit @limit
            """,
            endedBefore,
            limit,
            cancellation);

    private Task<List<long>> OldRunsAsync(string sql, DateTimeOffset endedBefore, int limit, CancellationToken cancellation) =>
        store.ReadAsync(
            connection => connection.Command(sql, ("before", endedBefore), ("limit", limit)).ListAsync(row => row.GetInt64(0), cancellation),
            cancellation);

    private async Task<T> ChangeAsync<T>(Func<DbConnection, Task<T>> change, CancellationToken cancellation)
    {
        await using var transaction = (SqlTransaction)await store.BeginAsync(cancellation);
        var result = await transaction.DoAsync(change);
        await transaction.CommitAsync();
        return result;
    }
}
