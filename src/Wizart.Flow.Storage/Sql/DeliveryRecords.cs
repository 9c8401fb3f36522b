using System.Data.Common;
using Wizart.Flow.Engine.Callbacks;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Storage.Schema;

namespace Wizart.Flow.Storage.Sql;

/// <summary>Rows of the outbox as records.</summary>
internal static class DeliveryRecords
{
    /// <summary>What is said of a delivery when it is stored.</summary>
    public const string NewColumns =
        "run_id, dag_id, event, task_index, map_index, task_id, attempt, state, reason, notifier, created_at, due_at";

    private const string Columns = "id, " + NewColumns + ", status, tries, error, ended_at";

    public static Delivery Delivery(DbDataReader row) => new()
    {
        Id = row.GetInt64(0),
        RunId = row.GetInt64(1),
        DagId = row.GetString(2),
        Event = Words.CallbackEvents.Parse(row.GetString(3)),
        TaskIndex = row.GetInt32(4),
        MapIndex = row.GetInt32(5),
        TaskId = row.TextOrNull(6),
        Attempt = row.GetInt32(7),
        State = row.GetString(8),
        Reason = row.TextOrNull(9),
        Notifier = StoredJson.Notifier(row.GetString(10)),
        CreatedAt = row.Time(11),
        DueAt = row.TimeOrNull(12),
        Status = Words.DeliveryStates.Parse(row.GetString(13)),
        Tries = row.GetInt32(14),
        Error = row.TextOrNull(15),
        EndedAt = row.TimeOrNull(16),
    };

    public static DbCommand OfRun(DbConnection connection, long run) =>
        connection.Command($"select {Columns} from deliveries where run_id = @run order by id", ("run", run));

    public static DbCommand Pending(DbConnection connection, PendingFilter filter)
    {
        var conditions = "status = 'pending' and id > @after";
        if (filter.DeliveryId is not null) conditions += " and id = @id";
        if (filter.RunId is not null) conditions += " and run_id = @run";
        var command = connection.Command(
            $"select {Columns} from deliveries where {conditions} order by id limit @count", ("after", filter.AfterId), ("count", filter.Count));
        if (filter.DeliveryId is { } id) command.Add("id", id);
        if (filter.RunId is { } run) command.Add("run", run);
        return command;
    }

    public static DbCommand Missed(DbConnection connection, Delivery missed) => connection.Command(
        $"""
        insert into deliveries ({NewColumns}, status, tries)
        select r.id, r.dag_id, @event, @task, @map, null, @attempt, @state, @reason, @notifier, @created, @due, 'pending', 0
        from dag_runs r
        where r.id = @run and r.state in ('queued', 'running') and not exists (
            select 1 from deliveries d where d.run_id = r.id and d.event = @event and d.notifier = @notifier and d.reason = @reason)
        """,
        ("event", Words.CallbackEvents[missed.Event]), ("task", missed.TaskIndex), ("map", missed.MapIndex), ("attempt", missed.Attempt),
        ("state", missed.State), ("reason", missed.Reason), ("notifier", StoredJson.Of(missed.Notifier)), ("created", missed.CreatedAt),
        ("due", missed.DueAt), ("run", missed.RunId));

    public static DbCommand Try(DbConnection connection, DeliveryTry result) => connection.Command(
        """
        update deliveries set status = @status, tries = @number, due_at = @due, error = coalesce(@error, error), ended_at = @ended
        where id = @id and status = 'pending' and tries = @number - 1
        """,
        ("status", Words.DeliveryStates[result.Status]), ("number", result.Number), ("due", result.DueAt), ("error", result.Error),
        ("ended", result.Status == DeliveryState.Pending ? null : result.At), ("id", result.DeliveryId));
}
