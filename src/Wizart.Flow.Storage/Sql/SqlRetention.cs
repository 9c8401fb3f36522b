using System.Data.Common;
using Wizart.Flow.Engine.Storage;

namespace Wizart.Flow.Storage.Sql;

/// <summary>Removes what is older than its time, in transactions of the store.</summary>
internal sealed class SqlRetention(SqlFlowStore store) : IRetention
{
    private const string Old = "r.state in ('success', 'failed', 'cancelled') and r.ended_at < @before";

    /// <summary>From it the schedule goes on after a restart; without it old intervals would be caught up once more.</summary>
    private const string NewestSlot =
        "(r.kind = 'scheduled' and r.interval_end = (select max(n.interval_end) from dag_runs n where n.dag_id = r.dag_id and n.kind = 'scheduled'))";

    private static readonly string[] TablesOfRuns =
        ["task_instances", "task_attempts", "task_outputs", "task_progress", "log_chunks", "metric_points", "artifacts"];

    public Task<int> RemoveRunsAsync(DateTimeOffset endedBefore, int limit, CancellationToken cancellation) =>
        ChangeAsync(
            async connection =>
            {
                var runs = await connection
                    .Command(
                        $"select r.id from dag_runs r where {Old} and not {NewestSlot} order by r.ended_at limit @limit",
                        ("before", endedBefore), ("limit", limit))
                    .ListAsync(row => row.GetInt64(0), cancellation);
                foreach (var some in runs.Chunk(500)) await RemoveAsync(connection, some, cancellation);
                return runs.Count;
            },
            cancellation);

    public Task<int> RemoveLogsAsync(DateTimeOffset endedBefore, int limit, CancellationToken cancellation) =>
        ChangeAsync(
            connection => connection.Command(
                $"""
                delete from log_chunks where (run_id, task_index, map_index, attempt, first_line) in (
                    select c.run_id, c.task_index, c.map_index, c.attempt, c.first_line
                    from dag_runs r join log_chunks c on c.run_id = r.id
                    where {Old} limit @limit)
                """,
                ("before", endedBefore), ("limit", limit)).ExecuteAsync(cancellation),
            cancellation);

    public Task<IReadOnlyList<string>> RemoveArtifactsAsync(DateTimeOffset endedBefore, int limit, CancellationToken cancellation) =>
        ChangeAsync<IReadOnlyList<string>>(
            async connection =>
            {
                var forgotten = await connection.Command(
                    $"""
                    delete from artifacts where id in (
                        select a.id from dag_runs r join artifacts a on a.run_id = r.id
                        where {Old} limit @limit)
                    returning hash
                    """,
                    ("before", endedBefore), ("limit", limit)).ListAsync(row => row.GetString(0), cancellation);
                var released = await connection.Command(
                    "delete from released_artifacts where hash in (select hash from released_artifacts limit @limit) returning hash",
                    ("limit", limit)).ListAsync(row => row.GetString(0), cancellation);
                var unnamed = new List<string>();
                foreach (var some in forgotten.Concat(released).Distinct().Chunk(500))
                    unnamed.AddRange(await UnnamedAsync(connection, some, cancellation));
                return unnamed;
            },
            cancellation);

    private static async Task RemoveAsync(DbConnection connection, IReadOnlyCollection<long> runs, CancellationToken cancellation)
    {
        await OverAsync(list =>
            $"""
            insert into released_artifacts (hash)
            select hash from artifacts where run_id in ({list})
            union select stored_hash from task_outputs where run_id in ({list}) and stored_hash is not null
            on conflict do nothing
            """);
        foreach (var table in TablesOfRuns) await OverAsync(list => $"delete from {table} where run_id in ({list})");
        await OverAsync(list => $"delete from dag_runs where id in ({list})");

        async Task OverAsync(Func<string, string> sql)
        {
            var command = connection.Command("");
            command.CommandText = sql(command.AddList("run", runs));
            await command.ExecuteAsync(cancellation);
        }
    }

    private static async Task<IEnumerable<string>> UnnamedAsync(DbConnection connection, IReadOnlyCollection<string> hashes, CancellationToken cancellation)
    {
        var command = connection.Command("");
        var list = command.AddList("hash", hashes);
        command.CommandText = $"select hash from artifacts where hash in ({list}) union select stored_hash from task_outputs where stored_hash in ({list})";
        return hashes.Except(await command.ListAsync(row => row.GetString(0), cancellation));
    }

    private async Task<T> ChangeAsync<T>(Func<DbConnection, Task<T>> change, CancellationToken cancellation)
    {
        await using var transaction = (SqlTransaction)await store.BeginAsync(cancellation);
        var result = await transaction.DoAsync(change);
        await transaction.CommitAsync();
        return result;
    }
}
