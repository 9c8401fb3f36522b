using System.Data.Common;
using Wizart.Flow.Engine.Callbacks;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Execution;
using Wizart.Flow.Storage.Schema;

namespace Wizart.Flow.Storage.Sql;

/// <summary>What people look at, in plain SQL that both databases understand.</summary>
internal sealed partial class SqlFlowQueries(SqlFlowStore store) : IFlowQueries
{
    /// <summary>The newest run of each DAG: one look into an index per DAG.</summary>
    private const string LastRuns =
        "select r.* from dags d join dag_runs r on r.id = (select max(n.id) from dag_runs n where n.dag_id = d.id)";

    public Task<IReadOnlyList<DagSummary>> DagsAsync(bool includeInactive, CancellationToken cancellation) =>
        store.ReadAsync<IReadOnlyList<DagSummary>>(
            async connection =>
            {
                var dags = await connection
                    .Command(includeInactive ? DagRecords.Dags : DagRecords.Dags + " where d.is_active")
                    .ListAsync(row => DagRecords.Dag(row, store.Models), cancellation);
                var last = (await connection.Command($"select {RunRecords.Columns} from ({LastRuns}) newest")
                    .ListAsync(RunRecords.Run, cancellation)).ToDictionary(run => run.DagId);
                var counts = (await connection.Command("select dag_id, state, count(*) from dag_runs group by dag_id, state")
                    .ListAsync(StateCount, cancellation)).ToLookup(count => count.Dag);
                var errors = (await ErrorsAsync(connection, cancellation)).ToDictionary(error => error.File, error => error.Diagnostics);
                return
                [
                    .. dags.OrderBy(dag => dag.Id, StringComparer.Ordinal).Select(dag => new DagSummary(
                        dag,
                        last.GetValueOrDefault(dag.Id),
                        counts[dag.Id].ToDictionary(count => count.State, count => count.Count),
                        errors.GetValueOrDefault(dag.File, []))),
                ];
            },
            cancellation);

    public async Task<DagVersion?> VersionAsync(string dagId, int? number, CancellationToken cancellation)
    {
        var sql = $"select {DagRecords.VersionColumns} from dag_versions v " + (number is null
            ? "join dags d on d.version_id = v.id where d.id = @dag"
            : "where v.dag_id = @dag and v.number = @number");
        return await FirstAsync(
            connection => number is { } known
                ? connection.Command(sql, ("dag", dagId), ("number", known))
                : connection.Command(sql, ("dag", dagId)),
            row => DagRecords.Version(row, store.Models),
            cancellation);
    }

    public async Task<IReadOnlyList<DagRun>> RunsAsync(RunFilter filter, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(filter.Count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(filter.Count, 1000);
        return await store.ReadAsync(
            connection => RunSearch.Command(connection, filter).ListAsync(RunRecords.Run, cancellation), cancellation);
    }

    public Task<DagRun?> RunAsync(long runId, CancellationToken cancellation) =>
        FirstAsync(
            connection => connection.Command($"select {RunRecords.Columns} from dag_runs where id = @run", ("run", runId)),
            RunRecords.Run,
            cancellation);

    public Task<IReadOnlyList<TaskInstanceView>> TasksAsync(long runId, CancellationToken cancellation) =>
        TasksAsync(runId, int.MaxValue, cancellation);

    public async Task<IReadOnlyList<TaskInstanceView>> TasksAsync(long runId, int mostElements, CancellationToken cancellation) =>
        await store.ReadAsync(connection => TaskRecords.OfRunAsync(connection, runId, mostElements, cancellation), cancellation);

    public Task<TaskInstanceView?> TaskAsync(long runId, int taskIndex, int mapIndex, CancellationToken cancellation) =>
        store.ReadAsync(connection => TaskRecords.OneAsync(connection, runId, taskIndex, mapIndex, cancellation), cancellation);

    public async Task<IReadOnlyList<TaskInstanceView>> ElementsAsync(ElementFilter filter, CancellationToken cancellation) =>
        await store.ReadAsync(connection => TaskRecords.ElementsAsync(connection, filter, cancellation), cancellation);

    public async Task<IReadOnlyList<ElementCount>> ElementCountsAsync(long runId, CancellationToken cancellation) =>
        await store.ReadAsync(connection => TaskRecords.CountsAsync(connection, runId, cancellation), cancellation);

    public async Task<IReadOnlyDictionary<TaskState, long>> LiveTasksAsync(CancellationToken cancellation) =>
        await store.ReadAsync(connection => TaskRecords.LiveAsync(connection, cancellation), cancellation);

    public async Task<IReadOnlyList<VersionSummary>> VersionsAsync(string dagId, int? before, int count, CancellationToken cancellation) =>
        await store.ReadAsync(
            connection => connection.Command(
                """
                select v.number, v.file, v.code_hash, v.created_at, case when d.version_id = v.id then 1 else 0 end
                from dag_versions v left join dags d on d.id = v.dag_id
                where v.dag_id = @dag and v.number < @before order by v.number desc limit @count
                """,
                ("dag", dagId), ("before", before ?? int.MaxValue), ("count", count)).ListAsync(
                row => new VersionSummary(row.GetInt32(0), row.GetString(1), row.GetString(2), row.Time(3), row.GetInt32(4) == 1), cancellation),
            cancellation);

    // Sorted here: PostgreSQL would sort names as a language does, and the next page begins where this order says.
    public async Task<IReadOnlyList<StoredVariable>> VariablesAsync(string? after, int count, CancellationToken cancellation)
    {
        var names = await store.ReadAsync(
            connection => connection.Command("select name from variables").ListAsync(row => row.GetString(0), cancellation), cancellation);
        string[] page = [.. names.Where(name => after is null || string.CompareOrdinal(name, after) > 0).Order(StringComparer.Ordinal).Take(count)];
        var values = await store.LoadVariablesAsync(page, cancellation);
        return [.. page.Where(values.ContainsKey).Select(name => new StoredVariable(name, values[name]))];
    }

    public async Task<IReadOnlyList<TaskAttempt>> AttemptsAsync(long runId, int taskIndex, int mapIndex, CancellationToken cancellation) =>
        await store.ReadAsync(
            connection => connection.Command(
                $"""
                select {RunRecords.AttemptColumns} from task_attempts
                where run_id = @run and task_index = @task and map_index = @map order by number
                """,
                ("run", runId), ("task", taskIndex), ("map", mapIndex)).ListAsync(RunRecords.Attempt, cancellation),
            cancellation);

    public Task<IReadOnlyList<NumberedLogLine>> LogAsync(AttemptKey key, int fromLine, int count, CancellationToken cancellation) =>
        store.ReadAsync(connection => LogRange.ReadAsync(connection, key, fromLine, count, cancellation), cancellation);

    public Task<int> LogLengthAsync(AttemptKey key, CancellationToken cancellation) =>
        store.ReadAsync(connection => LogRange.LengthAsync(connection, key, cancellation), cancellation);

    public async Task<IReadOnlyList<Delivery>> DeliveriesAsync(long runId, CancellationToken cancellation) =>
        await store.ReadAsync(
            connection => DeliveryRecords.OfRun(connection, runId).ListAsync(DeliveryRecords.Delivery, cancellation), cancellation);

    public async Task<IReadOnlyList<WaitingInstance>> ApprovalsAsync(string? dagId, int count, CancellationToken cancellation) =>
        await store.ReadAsync(
            connection => connection.Command(
                $"select {RunRecords.InstanceColumns}, {RunRecords.ColumnsOf("r")} from task_instances i join dag_runs r on r.id = i.run_id " +
                "where i.waits_for = 'approval' and r.state = 'running' " + (dagId is null ? "" : "and r.dag_id = @dag ") +
                "order by i.run_id, i.task_index, i.map_index limit @count",
                ("dag", dagId), ("count", count))
                .ListAsync(row => new WaitingInstance(RunRecords.Run(row, RunRecords.InstanceColumnCount), RunRecords.Instance(row)), cancellation),
            cancellation);

    public async Task<IReadOnlyList<RunNote>> NotesAsync(long runId, CancellationToken cancellation) =>
        await store.ReadAsync(connection => NoteRecords.ListAsync(connection, runId, cancellation), cancellation);

    public Task<TaskValue?> OutputAsync(long runId, int taskIndex, int mapIndex, CancellationToken cancellation) =>
        FirstAsync(
            connection => connection.Command(
                $"select {RunRecords.OutputColumns} from task_outputs where run_id = @run and task_index = @task and map_index = @map",
                ("run", runId), ("task", taskIndex), ("map", mapIndex)),
            row => RunRecords.Output(row, 0),
            cancellation);

    public async Task<IReadOnlyList<KeptArtifact>> ArtifactsAsync(long runId, CancellationToken cancellation) =>
        await store.ReadAsync(
            connection => connection.Command(
                """
                select task_index, map_index, attempt, time, name, hash, size, content_type
                from artifacts where run_id = @run order by time, id
                """,
                ("run", runId)).ListAsync(
                row => new KeptArtifact(
                    new AttemptKey(runId, row.GetInt32(0), row.GetInt32(1), row.GetInt32(2)),
                    row.Time(3),
                    new Artifact(row.GetString(4), row.GetString(5), row.GetInt64(6), row.GetString(7))),
                cancellation),
            cancellation);

    public async Task<IReadOnlyList<ImportError>> ImportErrorsAsync(CancellationToken cancellation) =>
        await store.ReadAsync(connection => ErrorsAsync(connection, cancellation), cancellation);

    public async Task<IReadOnlyList<AuditEntry>> AuditAsync(AuditFilter filter, CancellationToken cancellation) =>
        await store.ReadAsync(connection => AuditRecords.ListAsync(connection, filter, cancellation), cancellation);

    private async Task<T?> FirstAsync<T>(Func<DbConnection, DbCommand> command, Func<DbDataReader, T> row, CancellationToken cancellation) =>
        (await store.ReadAsync(connection => command(connection).ListAsync(row, cancellation), cancellation)).FirstOrDefault();

    private static async Task<List<ImportError>> ErrorsAsync(DbConnection connection, CancellationToken cancellation)
    {
        var errors = await connection.Command("select file, diagnostics, at, source from import_errors").ListAsync(
            row => new ImportError(row.GetString(0), StoredJson.Diagnostics(row.GetString(1)), row.Time(2), row.GetString(3)), cancellation);
        errors.Sort((a, b) => string.CompareOrdinal(a.File, b.File));
        return errors;
    }

    private static (string Dag, RunState State, int Count) StateCount(DbDataReader row) =>
        (row.GetString(0), Words.RunStates.Parse(row.GetString(1)), checked((int)row.GetInt64(2)));
}
