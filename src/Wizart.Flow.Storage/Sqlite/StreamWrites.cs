using SQLitePCL;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Storage.Logs;
using Wizart.Flow.Storage.Sql;

namespace Wizart.Flow.Storage.Sqlite;

/// <summary>
/// What attempts told. Written only where the run is still there: a late line of a run that was removed leaves nothing.
/// </summary>
internal sealed class StreamWrites(sqlite3 database) : IDisposable
{
    private const string RunIsThere = "where exists (select 1 from dag_runs where id = ?1)";

    private readonly PackedLines _packed = new();

    private readonly SqliteStatement _log = new(database,
        $"""
        insert into log_chunks (run_id, task_index, map_index, attempt, first_line, line_count, lines)
        select ?1, ?2, ?3, ?4, ?5, ?6, ?7 {RunIsThere} on conflict do nothing
        """);

    private readonly SqliteStatement _progress = new(database,
        $"""
        insert into task_progress (run_id, task_index, map_index, attempt, share, text)
        select ?1, ?2, ?3, ?4, ?5, ?6 {RunIsThere}
        on conflict (run_id, task_index, map_index) do update
            set attempt = excluded.attempt, share = excluded.share, text = excluded.text
            where excluded.attempt >= task_progress.attempt
        """);

    private readonly SqliteStatement _metric = new(database,
        """
        insert into metric_points (run_id, task_index, map_index, attempt, dag_id, time, name, value, tags, logical_date)
        select ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, r.logical_date from dag_runs r where r.id = ?1
        """);

    private readonly SqliteStatement _artifact = new(database,
        $"""
        insert into artifacts (run_id, task_index, map_index, attempt, name, hash, size, content_type, time)
        select ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9 {RunIsThere} and not exists (
            select 1 from artifacts where run_id = ?1 and task_index = ?2 and map_index = ?3 and attempt = ?4 and hash = ?6 and name = ?5)
        """);

    public void Write(StoreWrites writes)
    {
        foreach (var chunk in writes.Logs)
            if (chunk.Lines.Count > 0)
                Bind(_log, chunk.Key).Bind(chunk.FirstLine).Bind(chunk.Lines.Count).BindBlob(_packed.Pack(chunk.Lines)).Execute();
        foreach (var progress in writes.Progress)
            Bind(_progress, progress.Key).Bind(progress.Share).Bind(progress.Text).Execute();
        foreach (var point in writes.Metrics)
            Bind(_metric, point.Key).Bind(point.DagId).Bind(point.Time).Bind(point.Name).Bind(point.Value)
                .Bind(StoredJson.Tags(point.Tags)).Execute();
        foreach (var (key, time, artifact) in writes.Artifacts)
            Bind(_artifact, key).Bind(artifact.Name).Bind(artifact.Hash).Bind(artifact.Size).Bind(artifact.ContentType)
                .Bind(time).Execute();
    }

    public void Dispose()
    {
        _packed.Dispose();
        _log.Dispose();
        _progress.Dispose();
        _metric.Dispose();
        _artifact.Dispose();
    }

    private static SqliteStatement Bind(SqliteStatement statement, AttemptKey key) =>
        statement.Start().Bind(key.RunId).Bind(key.TaskIndex).Bind(key.MapIndex).Bind(key.Attempt);
}
