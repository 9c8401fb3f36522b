using System.Data.Common;
using Wizart.Flow.Engine.Backfills;
using Wizart.Flow.Engine.Callbacks;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Storage.Schema;

namespace Wizart.Flow.Storage.Sql;

/// <summary>What is the same on both databases: the writes that are not on the state hot path.</summary>
internal abstract partial class SqlTransaction(SqlFlowStore store) : IFlowTransaction
{
    /// <summary>Keeps a second run from an interval that one is queued or running for.</summary>
    private const string WhenIntervalIsFree =
        """
        where not exists (
            select 1 from dag_runs where dag_id = @dag and logical_date = @logical and kind in ('scheduled', 'backfill')
                and state in ('queued', 'running'))
        """;

    public ValueTask<DagRun?> InsertRunAsync(DagRun run) => DoAsync(async connection =>
    {
        var id = await connection.Command(
            $"""
            insert into dag_runs (dag_id, version_id, kind, logical_date, interval_start, interval_end, run_after, state, reason,
                params, created_by, queued_at, started_at, ended_at, ending_as, revision, backfill_id, triggered_by, only_tasks)
            select @dag, @version, @kind, @logical, @start, @end, @after, @state, @reason,
                @params, @by, @queued, @started, @ended, @ending, @revision, @backfill, @trigger, @only
            {(run.Kind is RunKind.Scheduled or RunKind.Backfill ? WhenIntervalIsFree : "where true")}
            on conflict do nothing returning id
            """,
            ("dag", run.DagId), ("version", run.VersionId), ("kind", Words.RunKinds[run.Kind]), ("logical", run.LogicalDate),
            ("start", run.Interval.Start), ("end", run.Interval.End), ("after", run.RunAfter),
            ("state", Words.RunStates[run.State]), ("reason", run.Reason), ("params", StoredJson.Of(run.Params)),
            ("by", run.CreatedBy), ("queued", run.QueuedAt), ("started", run.StartedAt), ("ended", run.EndedAt),
            ("ending", run.EndingAs is { } ending ? Words.RunStates[ending] : null), ("revision", run.Revision), ("backfill", run.BackfillId),
            ("trigger", run.TriggeredBy), ("only", StoredIds.Of(run.OnlyTasks)))
            .ScalarAsync<long>();
        return id == 0 ? null : run with { Id = id };
    });

    public ValueTask<IReadOnlyList<DagRun>> StartRunsAsync(string dagId, int maxActive, DateTimeOffset now, bool newestFirst = false) =>
        DoAsync<IReadOnlyList<DagRun>>(async connection =>
        {
            // The DAG's row is what nodes queue up for, so that two of them never let in more than the limit.
            var mayRun = await connection
                .Command($"select is_active and not is_paused from dags where id = @dag{RowLock}", ("dag", dagId))
                .ScalarAsync<bool>();
            if (!mayRun) return [];

            // A statement of its own: one that waited for the row would not see what was committed meanwhile.
            var counts = await connection.Command(
                """
                select (select count(*) from (select 1 from dag_runs where dag_id = @dag and state = 'queued' limit 1) q),
                    (select count(*) from dag_runs where dag_id = @dag and state = 'running' and (backfill_id = 0 or restarts > 0)),
                    (select count(*) from backfills where dag_id = @dag and state = 'running')
                """,
                ("dag", dagId)).ListAsync(row => (Queued: row.GetInt64(0), Running: row.GetInt64(1), Backfills: row.GetInt64(2)));
            var (queued, running, backfills) = counts[0];
            if (queued == 0) return []; // as most often: each run that ends asks
            List<DagRun> started = running >= maxActive
                ? []
                : await StartAsync(
                    connection,
                    newestFirst
                        ? "(backfill_id = 0 or restarts > 0) order by run_after desc, id desc limit @room"
                        : "(backfill_id = 0 or restarts > 0) order by run_after, id limit @room",
                    ("room", maxActive - running));
            started.Sort((one, other) => (newestFirst ? -1 : 1) * (one.RunAfter, one.Id).CompareTo((other.RunAfter, other.Id)));

            // These are few: their backfill creates no more than it may have at once.
            List<DagRun> backfilled = backfills == 0
                ? []
                : await StartAsync(
                    connection,
                    "restarts = 0 and backfill_id in (select b.id from backfills b where b.dag_id = @dag and b.state = 'running')");
            return
            [
                .. started, .. backfilled.OrderBy(run => run.RunAfter).ThenBy(run => run.Id),
            ];

            Task<List<DagRun>> StartAsync(DbConnection connection, string which, params ReadOnlySpan<(string Name, object? Value)> parameters)
            {
                var command = connection.Command(
                    $"""
                    update dag_runs set state = 'running', started_at = @now, revision = revision + 1
                    where state = 'queued' and id in (
                        select id from dag_runs where dag_id = @dag and state = 'queued' and run_after <= @now and {which})
                    returning {RunRecords.Columns}
                    """,
                    ("now", now), ("dag", dagId));
                foreach (var (name, value) in parameters) command.Add(name, value);
                return command.ListAsync(RunRecords.Run);
            }
        });

    public ValueTask<Backfill?> InsertBackfillAsync(Backfill backfill) => DoAsync(async connection =>
    {
        var id = await BackfillRecords.InsertAsync(connection, backfill);
        return id == 0 ? null : backfill with { Id = id };
    });

    public ValueTask<bool> SaveBackfillAsync(Backfill backfill) => DoAsync(connection => BackfillRecords.SaveAsync(connection, backfill));

    public ValueTask<bool> MoveRunAsync(RunMove move) => DoAsync(connection => RunReworks.MoveAsync(connection, move, RowLock));

    public ValueTask SaveNoteAsync(RunNote note) => DoAsync(connection => NoteRecords.SaveAsync(connection, note));

    public abstract ValueTask<IReadOnlyList<long>> WriteAsync(StoreWrites writes);

    public ValueTask SaveDagAsync(StoredDag dag) => DoAsync(async connection =>
    {
        var saved = await SaveDagAsync(connection, dag);
        await AssetRecords.SaveDagAsync(connection, dag);
        return saved;
    });

    private static Task<int> SaveDagAsync(DbConnection connection, StoredDag dag) => connection.Command(
        """
        insert into dags (id, file, version_id, is_active, is_paused, active_since, pause_reason, failures_since)
        values (@id, @file, @version, @active, @paused, @since, @reason, @failures)
        on conflict (id) do update set file = excluded.file, version_id = excluded.version_id, is_active = excluded.is_active,
            is_paused = excluded.is_paused, active_since = excluded.active_since, pause_reason = excluded.pause_reason,
            failures_since = excluded.failures_since
        """,
        ("id", dag.Id), ("file", dag.File), ("version", dag.Version.Id), ("active", dag.IsActive), ("paused", dag.IsPaused),
        ("since", dag.ActiveSince), ("reason", dag.PauseReason), ("failures", dag.FailuresSince)).ExecuteAsync();

    public ValueTask<DagVersion> InsertVersionAsync(DagVersion version) => DoAsync(async connection =>
    {
        await LockVersionsAsync(connection, version.DagId);
        var number = await connection
            .Command("select coalesce(max(number), 0) + 1 from dag_versions where dag_id = @dag", ("dag", version.DagId))
            .ScalarAsync<int>();
        var id = await connection.Command(
            """
            insert into dag_versions (dag_id, number, model, image_hash, image_directory, code_hash, source, file, created_at)
            values (@dag, @number, @model, @image, @directory, @code, @source, @file, @created) returning id
            """,
            ("dag", version.DagId), ("number", number), ("model", StoredJson.Of(version.Model)), ("image", version.ImageHash),
            ("directory", version.ImageDirectory), ("code", version.CodeHash), ("source", version.Source),
            ("file", version.File), ("created", version.CreatedAt)).ScalarAsync<long>();
        return version with { Id = id, Number = number };
    });

    public ValueTask UpdateVersionImageAsync(DagVersion version) => DoAsync(connection => connection.Command(
        """
        update dag_versions set model = @model, image_hash = @image, image_directory = @directory, code_hash = @code,
            source = @source, file = @file
        where id = @id
        """,
        ("model", StoredJson.Of(version.Model)), ("image", version.ImageHash), ("directory", version.ImageDirectory),
        ("code", version.CodeHash), ("source", version.Source), ("file", version.File), ("id", version.Id)).ExecuteAsync());

    public ValueTask SaveImportErrorsAsync(ImportError? error, string file) => DoAsync(connection => error is null
        ? connection.Command("delete from import_errors where file = @file", ("file", file)).ExecuteAsync()
        : connection.Command(
            """
            insert into import_errors (file, diagnostics, at, source) values (@file, @diagnostics, @at, @source)
            on conflict (file) do update set diagnostics = excluded.diagnostics, at = excluded.at, source = excluded.source
            """,
            ("file", file), ("diagnostics", StoredJson.Of(error.Diagnostics)), ("at", error.At), ("source", error.Source)).ExecuteAsync());

    public ValueTask SaveVariableAsync(string name, string? json) => DoAsync(connection => json is null
        ? connection.Command("delete from variables where name = @name", ("name", name)).ExecuteAsync()
        : connection.Command(
            "insert into variables (name, value) values (@name, @value) on conflict (name) do update set value = excluded.value",
            ("name", name), ("value", json)).ExecuteAsync());

    public ValueTask<bool> SaveDeliveryTryAsync(DeliveryTry result) =>
        DoAsync(async connection => await DeliveryRecords.Try(connection, result).ExecuteAsync() == 1);

    public ValueTask<bool> MissDeadlineAsync(Delivery missed) =>
        DoAsync(async connection => await DeliveryRecords.Missed(connection, missed).ExecuteAsync() == 1);

    public ValueTask AuditAsync(AuditEntry entry) => DoAsync(connection => connection.Command(
        "insert into audit_log (at, actor, address, action, target, detail) values (@at, @actor, @address, @action, @target, @detail)",
        ("at", entry.At), ("actor", entry.Actor), ("address", entry.Address), ("action", entry.Action), ("target", entry.Target),
        ("detail", entry.Detail))
        .ExecuteAsync());

    public abstract ValueTask CommitAsync();

    public abstract ValueTask DisposeAsync();

    /// <summary>What makes a select hold its row until the end of the transaction.</summary>
    protected abstract string RowLock { get; }

    /// <summary>Keeps others from numbering versions of the same DAG at the same time.</summary>
    protected abstract Task LockVersionsAsync(DbConnection connection, string dagId);

    /// <summary>Keeps others from deciding on users until the end of the transaction.</summary>
    protected abstract Task LockUsersAsync(DbConnection connection);

    /// <summary>The connection, inside the transaction.</summary>
    protected abstract DbConnection Enter();

    /// <summary>Something of it could not be done: from now on it can only be disposed of.</summary>
    protected abstract void Fail();

    internal async ValueTask<T> DoAsync<T>(Func<DbConnection, Task<T>> work)
    {
        try
        {
            return await work(Enter());
        }
        catch (Exception error)
        {
            Fail();
            if (store.Explain(error) is { } explained) throw explained;
            throw;
        }
    }

    private async ValueTask DoAsync(Func<DbConnection, Task<int>> work) => await DoAsync<int>(work);
}
