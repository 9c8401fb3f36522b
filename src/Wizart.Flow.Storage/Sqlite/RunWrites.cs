using SQLitePCL;
using Wizart.Flow.Engine.Callbacks;
using Wizart.Flow.Engine.Limits;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Storage.Schema;
using Wizart.Flow.Storage.Sql;

namespace Wizart.Flow.Storage.Sqlite;

/// <summary>Changes of runs on the state hot path.</summary>
internal sealed class RunWrites(sqlite3 database) : IDisposable
{
    private readonly SqliteStatement _run = new(database,
        """
        update dag_runs set state = ?1, reason = ?2, started_at = ?3, ended_at = ?4, ending_as = ?5, revision = ?6
        where id = ?7 and revision = ?8
        """);

    private readonly SqliteStatement _instance = new(database,
        """
        insert into task_instances (run_id, task_index, map_index, task_id, state, attempt, queued_at, started_at, ended_at,
            retry_at, reason, node, kept, elements, label, wait, waits_for, memo)
        values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)
        on conflict (run_id, task_index, map_index) do update set state = excluded.state, attempt = excluded.attempt,
            queued_at = excluded.queued_at, started_at = excluded.started_at, ended_at = excluded.ended_at,
            retry_at = excluded.retry_at, reason = excluded.reason, node = excluded.node, kept = excluded.kept,
            elements = excluded.elements, label = excluded.label, wait = excluded.wait, waits_for = excluded.waits_for,
            memo = excluded.memo
        """);

    private readonly SqliteStatement _attempt = new(database,
        """
        insert or replace into task_attempts (run_id, task_index, map_index, number, result, queued_at, started_at, ended_at,
            node, reason, error)
        values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
        """);

    private readonly SqliteStatement _output = new(database,
        """
        insert or replace into task_outputs (run_id, task_index, map_index, json, stored_name, stored_hash, stored_size,
            stored_content_type)
        values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        """);

    private readonly SqliteStatement _delivery = new(database,
        $"""
        insert into deliveries ({DeliveryRecords.NewColumns}, status, tries)
        values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, 'pending', 0)
        """);

    private readonly SqliteStatement _held = new(database,
        "insert or replace into held_slots (run_id, task_index, map_index, pool, slots, task_limit) values (?1, ?2, ?3, ?4, ?5, ?6)");

    private readonly SqliteStatement _freed = new(database, "delete from held_slots where run_id = ?1 and task_index = ?2 and map_index = ?3");

    /// <summary>False when the run is at another revision than expected: then nothing of it is written.</summary>
    public bool Write(RunChanges changes)
    {
        if (!CompareAndSet(changes.Run, changes.ExpectedRevision)) return false;
        var run = changes.Run.Id;
        for (var i = 0; i < changes.Instances.Count; i++)
        {
            var instance = changes.Instances[i];
            Write(run, instance, changes.Graph.Tasks[instance.TaskIndex].Id);
        }

        for (var i = 0; i < changes.EndedAttempts.Count; i++) Write(run, changes.EndedAttempts[i]);
        for (var i = 0; i < changes.Outputs.Count; i++) Write(run, changes.Outputs[i]);
        for (var i = 0; i < changes.Deliveries.Count; i++) Write(changes.Deliveries[i]);
        for (var i = 0; i < changes.Freed.Count; i++) Write(run, changes.Freed[i]);
        for (var i = 0; i < changes.Held.Count; i++) Write(run, changes.Held[i]);
        return true;
    }

    public void Dispose()
    {
        _run.Dispose();
        _instance.Dispose();
        _attempt.Dispose();
        _output.Dispose();
        _delivery.Dispose();
        _held.Dispose();
        _freed.Dispose();
    }

    private bool CompareAndSet(DagRun run, long expected)
    {
        _run.Start().Bind(Words.RunStates.Utf8(run.State)).Bind(run.Reason).Bind(run.StartedAt).Bind(run.EndedAt);
        if (run.EndingAs is { } ending) _run.Bind(Words.RunStates.Utf8(ending));
        else _run.BindNull();
        return _run.Bind(run.Revision).Bind(run.Id).Bind(expected).Execute() == 1;
    }

    private void Write(long run, TaskInstance instance, string taskId)
    {
        _instance
            .Start().Bind(run).Bind(instance.TaskIndex).Bind(instance.MapIndex).Bind(taskId)
            .Bind(Words.TaskStates.Utf8(instance.State)).Bind(instance.Attempt)
            .Bind(instance.QueuedAt).Bind(instance.StartedAt).Bind(instance.EndedAt).Bind(instance.RetryAt)
            .Bind(instance.Reason).Bind(instance.Node).Bind(StoredJson.Of(instance.Kept))
            .Bind(instance.Elements).Bind(instance.Label).Bind(StoredJson.Of(instance.Wait));
        if (instance is { State: TaskState.Deferred, Wait: { } wait }) _instance.Bind(Words.WaitKinds.Utf8(wait.Kind));
        else _instance.BindNull();
        _instance.Bind(StoredJson.Of(InstanceMemo.Of(instance))).Execute();
    }

    private void Write(long run, TaskAttempt attempt) => _attempt
        .Start().Bind(run).Bind(attempt.TaskIndex).Bind(attempt.MapIndex).Bind(attempt.Number)
        .Bind(Words.Results.Utf8(attempt.Result)).Bind(attempt.QueuedAt).Bind(attempt.StartedAt).Bind(attempt.EndedAt)
        .Bind(attempt.Node).Bind(attempt.Reason).Bind(StoredJson.Of(attempt.Error))
        .Execute();

    private void Write(Delivery delivery) => _delivery
        .Start().Bind(delivery.RunId).Bind(delivery.DagId).Bind(Words.CallbackEvents.Utf8(delivery.Event))
        .Bind(delivery.TaskIndex).Bind(delivery.MapIndex).Bind(delivery.TaskId).Bind(delivery.Attempt)
        .Bind(delivery.State).Bind(delivery.Reason).Bind(StoredJson.Of(delivery.Notifier)).Bind(delivery.CreatedAt).Bind(delivery.DueAt)
        .Execute();

    private void Write(long run, FreedSlots freed) => _freed.Start().Bind(run).Bind(freed.TaskIndex).Bind(freed.MapIndex).Execute();

    private void Write(long run, HeldSlots held) => _held
        .Start().Bind(run).Bind(held.TaskIndex).Bind(held.MapIndex).Bind(held.Pool).Bind(held.Slots).Bind(held.Task)
        .Execute();

    private void Write(long run, TaskOutput output)
    {
        _output.Start().Bind(run).Bind(output.TaskIndex).Bind(output.MapIndex);
        if (output.Value.Json is { } json) _output.BindBlob(json.Utf8.Span);
        else _output.BindNull();
        var stored = output.Value.Stored;
        _output.Bind(stored?.Name).Bind(stored?.Hash).Bind(stored?.Size).Bind(stored?.ContentType).Execute();
    }
}
