using Npgsql;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Storage.Logs;
using Wizart.Flow.Storage.Sql;

namespace Wizart.Flow.Storage.PostgreSql;

/// <summary>
/// What attempts told. Written only where the run is still there: a late line of a run that was removed leaves nothing.
/// </summary>
internal static class StreamCommands
{
    private const string RunIsThere = "where exists (select 1 from dag_runs r where r.id = n.run_id)";

    private const string Logs =
        $"""
        insert into log_chunks (run_id, task_index, map_index, attempt, first_line, line_count, lines)
        select * from unnest($1::bigint[], $2::integer[], $3::integer[], $4::integer[], $5::integer[], $6::integer[], $7::bytea[])
            as n(run_id, task_index, map_index, attempt, first_line, line_count, lines) {RunIsThere}
        on conflict do nothing
        """;

    // A statement may update a row once: of several updates of one task the last is taken.
    private const string Progress =
        $"""
        insert into task_progress (run_id, task_index, map_index, attempt, share, text)
        select distinct on (run_id, task_index, map_index) run_id, task_index, map_index, attempt, share, text
        from unnest($1::bigint[], $2::integer[], $3::integer[], $4::integer[], $5::double precision[], $6::text[])
            with ordinality as n(run_id, task_index, map_index, attempt, share, text, place) {RunIsThere}
        order by run_id, task_index, map_index, attempt desc, place desc
        on conflict (run_id, task_index, map_index) do update
            set attempt = excluded.attempt, share = excluded.share, text = excluded.text
            where excluded.attempt >= task_progress.attempt
        """;

    // In the order in which they were told: a point's number is its place among those of its run.
    private const string Metrics =
        """
        insert into metric_points (run_id, task_index, map_index, attempt, dag_id, time, name, value, tags, logical_date)
        select n.run_id, n.task_index, n.map_index, n.attempt, n.dag_id, n.time, n.name, n.value, n.tags, r.logical_date
        from unnest($1::bigint[], $2::integer[], $3::integer[], $4::integer[], $5::text[], $6::bigint[], $7::text[],
            $8::double precision[], $9::text[])
            with ordinality as n(run_id, task_index, map_index, attempt, dag_id, time, name, value, tags, place)
            join dag_runs r on r.id = n.run_id
        order by n.place
        """;

    private const string Artifacts =
        $"""
        insert into artifacts (run_id, task_index, map_index, attempt, name, hash, size, content_type, time)
        select distinct * from unnest($1::bigint[], $2::integer[], $3::integer[], $4::integer[], $5::text[], $6::text[], $7::bigint[],
            $8::text[], $9::bigint[])
            as n(run_id, task_index, map_index, attempt, name, hash, size, content_type, time) {RunIsThere} and not exists (
                select 1 from artifacts a
                where a.run_id = n.run_id and a.task_index = n.task_index and a.map_index = n.map_index
                    and a.attempt = n.attempt and a.hash = n.hash and a.name = n.name)
        """;

    public static void AddTo(NpgsqlBatch batch, StoreWrites writes)
    {
        if (writes.Logs.Count > 0) batch.BatchCommands.Add(LogCommand(writes.Logs));
        if (writes.Progress.Count > 0) batch.BatchCommands.Add(ProgressCommand(writes.Progress));
        if (writes.Metrics.Count > 0) batch.BatchCommands.Add(MetricCommand(writes.Metrics));
        if (writes.Artifacts.Count > 0) batch.BatchCommands.Add(ArtifactCommand(writes.Artifacts));
    }

    private static NpgsqlBatchCommand LogCommand(List<LogChunk> chunks)
    {
        using var packed = new PackedLines();
        var command = Command(Logs, chunks, chunk => chunk.Key);
        command.Integers(chunks, chunk => chunk.FirstLine);
        command.Integers(chunks, chunk => chunk.Lines.Count);
        command.Bytes(chunks, chunk => packed.Pack(chunk.Lines).ToArray());
        return command;
    }

    private static NpgsqlBatchCommand ProgressCommand(List<ProgressUpdate> updates)
    {
        var command = Command(Progress, updates, update => update.Key);
        command.Numbers(updates, update => Number(update.Share));
        command.Texts(updates, update => update.Text);
        return command;
    }

    private static NpgsqlBatchCommand MetricCommand(List<MetricPoint> points)
    {
        var command = Command(Metrics, points, point => point.Key);
        command.Texts(points, point => point.DagId);
        command.Times(points, point => point.Time);
        command.Texts(points, point => point.Name);
        command.Numbers(points, point => Number(point.Value));
        command.Texts(points, point => StoredJson.Tags(point.Tags));
        return command;
    }

    private static NpgsqlBatchCommand ArtifactCommand(List<KeptArtifact> kept)
    {
        var command = Command(Artifacts, kept, k => k.Key);
        command.Texts(kept, k => k.Artifact.Name);
        command.Texts(kept, k => k.Artifact.Hash);
        command.Longs(kept, k => k.Artifact.Size);
        command.Texts(kept, k => k.Artifact.ContentType);
        command.Times(kept, k => k.Time);
        return command;
    }

    private static NpgsqlBatchCommand Command<T>(string sql, List<T> rows, Func<T, AttemptKey> key)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Longs(rows, row => key(row).RunId);
        command.Integers(rows, row => key(row).TaskIndex);
        command.Integers(rows, row => key(row).MapIndex);
        command.Integers(rows, row => key(row).Attempt);
        return command;
    }

    private static double? Number(double value) => double.IsNaN(value) ? null : value;
}
