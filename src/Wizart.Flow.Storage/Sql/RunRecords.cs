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
        "created_by, queued_at, started_at, ended_at, ending_as, revision, backfill_id, restarts";

    /// <summary>Columns of <c>task_instances i</c>.</summary>
    public const string InstanceColumns =
        "i.task_index, i.map_index, i.state, i.attempt, i.queued_at, i.started_at, i.ended_at, i.retry_at, i.reason, i.node, i.kept, " +
        "i.elements, i.label, i.memo";

    public const int InstanceColumnCount = 14;

    /// <summary>Columns of <c>task_attempts</c>.</summary>
    public const string AttemptColumns =
        "run_id, task_index, map_index, number, result, queued_at, started_at, ended_at, node, reason, error, version_id";

    /// <summary>Columns of <c>task_outputs</c>.</summary>
    public const string OutputColumns = "json, stored_name, stored_hash, stored_size, stored_content_type";

    public static DagRun Run(DbDataReader row) => new()
    {
        Id = row.GetInt64(0),
        DagId = row.GetString(1),
        VersionId = row.GetInt64(2),
        Kind = Words.RunKinds.Parse(row.GetString(3)),
        LogicalDate = row.Time(4),
        Interval = new DataInterval(row.Time(5), row.Time(6)),
        RunAfter = row.Time(7),
        State = Words.RunStates.Parse(row.GetString(8)),
        Reason = row.TextOrNull(9),
        Params = StoredJson.Values(row.TextOrNull(10)),
        CreatedBy = row.GetString(11),
        QueuedAt = row.Time(12),
        StartedAt = row.TimeOrNull(13),
        EndedAt = row.TimeOrNull(14),
        EndingAs = row.TextOrNull(15) is { } ending ? Words.RunStates.Parse(ending) : null,
        Revision = row.GetInt64(16),
        BackfillId = row.GetInt64(17),
        Restarts = row.GetInt32(18),
    };

    public static TaskInstance Instance(DbDataReader row)
    {
        var instance = PlainInstance(row);
        if (StoredJson.Memo(row.TextOrNull(13)) is { } memo)
            (instance.AttemptsBefore, instance.Asked, instance.ListCount, instance.Chosen) = (memo.AttemptsBefore, memo.Asked, memo.ListCount, memo.Chosen);
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
