using System.Data.Common;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Execution;
using Wizart.Flow.Storage.Schema;

namespace Wizart.Flow.Storage.Sql;

/// <summary>Rows of runs and what belongs to them, as records.</summary>
internal static class RunRecords
{
    /// <summary>Columns of <c>dag_runs</c> without a table's alias, for RETURNING.</summary>
    public const string Columns =
        "id, dag_id, version_id, kind, logical_date, interval_start, interval_end, run_after, state, reason, params, " +
        "created_by, queued_at, started_at, ended_at, ending_as, revision, backfill_id, triggered_by, restarts, only_tasks";

    /// <summary>The same, of a table's alias.</summary>
    public static string ColumnsOf(string alias) => string.Join(", ", Columns.Split(", ").Select(column => $"{alias}.{column}"));

    /// <summary>Columns of <c>task_instances i</c>.</summary>
    public const string InstanceColumns =
        "i.task_index, i.map_index, i.state, i.attempt, i.queued_at, i.started_at, i.ended_at, i.retry_at, i.reason, i.node, i.kept, " +
        "i.elements, i.label, i.wait, i.memo";

    public const int InstanceColumnCount = 15;

    /// <summary>Columns of <c>task_attempts</c>.</summary>
    public const string AttemptColumns =
        "run_id, task_index, map_index, number, result, queued_at, started_at, ended_at, node, reason, error, version_id";

    /// <summary>Columns of <c>task_outputs</c>.</summary>
    public const string OutputColumns = "json, stored_name, stored_hash, stored_size, stored_content_type";

    public static DagRun Run(DbDataReader row) => Run(row, 0);

    public static DagRun Run(DbDataReader row, int at) => new()
    {
        Id = row.GetInt64(at),
        DagId = row.GetString(at + 1),
        VersionId = row.GetInt64(at + 2),
        Kind = Words.RunKinds.Parse(row.GetString(at + 3)),
        LogicalDate = row.Time(at + 4),
        Interval = new DataInterval(row.Time(at + 5), row.Time(at + 6)),
        RunAfter = row.Time(at + 7),
        State = Words.RunStates.Parse(row.GetString(at + 8)),
        Reason = row.TextOrNull(at + 9),
        Params = StoredJson.Values(row.TextOrNull(at + 10)),
        CreatedBy = row.GetString(at + 11),
        QueuedAt = row.Time(at + 12),
        StartedAt = row.TimeOrNull(at + 13),
        EndedAt = row.TimeOrNull(at + 14),
        EndingAs = row.TextOrNull(at + 15) is { } ending ? Words.RunStates.Parse(ending) : null,
        Revision = row.GetInt64(at + 16),
        BackfillId = row.GetInt64(at + 17),
        TriggeredBy = row.GetInt64(at + 18),
        Restarts = row.GetInt32(at + 19),
        OnlyTasks = StoredIds.Read(row.TextOrNull(at + 20)),
    };

    public static TaskInstance Instance(DbDataReader row)
    {
        var instance = PlainInstance(row);
        if (StoredJson.Memo(row.TextOrNull(14)) is { } memo)
            (instance.AttemptsBefore, instance.Asked, instance.ListCount, instance.Chosen, instance.Round) =
                (memo.AttemptsBefore, memo.Asked, memo.ListCount, memo.Chosen, memo.Round);
        return instance;
    }

    private static TaskInstance PlainInstance(DbDataReader row) => new()
    {
        TaskIndex = row.GetInt32(0),
        MapIndex = row.GetInt32(1),
        State = Words.TaskStates.Parse(row.GetString(2)),
        Attempt = row.GetInt32(3),
        QueuedAt = row.TimeOrNull(4),
        StartedAt = row.TimeOrNull(5),
        EndedAt = row.TimeOrNull(6),
        RetryAt = row.TimeOrNull(7),
        Reason = row.TextOrNull(8),
        Node = row.TextOrNull(9),
        Kept = StoredJson.ValuesOrNull(row.TextOrNull(10)),
        Elements = row.IsDBNull(11) ? null : row.GetInt32(11),
        Label = row.TextOrNull(12),
        Wait = StoredJson.Wait(row.TextOrNull(13)),
    };

    public static TaskAttempt Attempt(DbDataReader row) => new()
    {
        RunId = row.GetInt64(0),
        TaskIndex = row.GetInt32(1),
        MapIndex = row.GetInt32(2),
        Number = row.GetInt32(3),
        Result = Words.Results.Parse(row.GetString(4)),
        QueuedAt = row.TimeOrNull(5),
        StartedAt = row.TimeOrNull(6),
        EndedAt = row.Time(7),
        Node = row.TextOrNull(8),
        Reason = row.TextOrNull(9),
        Error = StoredJson.Error(row.TextOrNull(10)),
        VersionId = row.IsDBNull(11) ? null : row.GetInt64(11),
    };

    public static TaskValue Output(DbDataReader row, int at) => new(
        row.BytesOrNull(at) is { } json ? new JsonPayload(json) : null,
        row.TextOrNull(at + 2) is { } hash
            ? new Artifact(row.GetString(at + 1), hash, row.GetInt64(at + 3), row.GetString(at + 4))
            : null);
}
