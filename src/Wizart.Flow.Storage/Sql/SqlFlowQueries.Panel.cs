using System.Data.Common;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Storage.Schema;

namespace Wizart.Flow.Storage.Sql;

internal sealed partial class SqlFlowQueries
{
    /// <summary>SQLite takes 500 parts of a union, and a server's plan grows with them.</summary>
    private const int DagsAtOnce = 100;

    public async Task<ILookup<string, DagRun>> NewestRunsAsync(IReadOnlyCollection<string> dagIds, int perDag, CancellationToken cancellation)
    {
        var found = new List<DagRun>();
        foreach (var some in dagIds.Distinct(StringComparer.Ordinal).Chunk(DagsAtOnce))
            found.AddRange(await store.ReadAsync(
                connection => connection.Over(some, names => NewestOf(names, perDag)).ListAsync(RunRecords.Run, cancellation), cancellation));
        return found.ToLookup(run => run.DagId);
    }

    public async Task<IReadOnlyList<DagRun>> RunsWithinAsync(DateTimeOffset from, DateTimeOffset to, int count, CancellationToken cancellation) =>
        await store.ReadAsync(
            connection => connection.Command(
                // Two looks, each into an index of its own: what ended since, and what has not ended.
                $"""
                select {RunRecords.Columns} from (
                    select * from dag_runs where ended_at >= @from and started_at < @to
                    union all
                    select * from dag_runs where state in ('queued', 'running') and ended_at is null and started_at < @to) within_span
                order by started_at desc, id desc limit @count
                """,
                ("from", from), ("to", to), ("count", count)).ListAsync(RunRecords.Run, cancellation),
            cancellation);

    public async Task<IReadOnlyList<NamedPoint>> RunPointsAsync(long runId, (int TaskIndex, int MapIndex)? instance, int count, CancellationToken cancellation) =>
        await store.ReadAsync(connection => MetricRecords.OfRunAsync(connection, runId, instance, count, cancellation), cancellation);

    public async Task<long?> NextRunAsync(string dagId, long runId, CancellationToken cancellation)
    {
        var next = await store.ReadAsync(
            connection => connection.Command(
                "select id from dag_runs where dag_id = @dag and id > @run order by id limit 1", ("dag", dagId), ("run", runId))
                .ListAsync(row => row.GetInt64(0), cancellation),
            cancellation);
        return next.Count > 0 ? next[0] : null;
    }

    public async Task<IReadOnlyList<TaskCell>> CellsAsync(IReadOnlyCollection<long> runIds, CancellationToken cancellation) => runIds.Count == 0
        ? []
        : await store.ReadAsync(
            connection => connection.Over(
                runIds,
                names => $"""
                    select run_id, task_index, state, attempt, queued_at, started_at, ended_at, elements
                    from task_instances where run_id in ({names}) and map_index = -1 order by run_id, task_index
                    """).ListAsync(Cell, cancellation),
            cancellation);

    public async Task<IReadOnlyList<FailedInstance>> FailuresAsync(IReadOnlyCollection<long> runIds, int count, CancellationToken cancellation) =>
        runIds.Count == 0 ? [] : await store.ReadAsync(connection => TaskRecords.FailedAsync(connection, runIds, count, cancellation), cancellation);

    public async Task<IReadOnlyList<TaskAttempt>> RunAttemptsAsync(long runId, int count, CancellationToken cancellation) =>
        await store.ReadAsync(
            connection => connection.Command(
                $"select {RunRecords.AttemptColumns} from task_attempts where run_id = @run order by ended_at, task_index, map_index, number limit @count",
                ("run", runId), ("count", count)).ListAsync(RunRecords.Attempt, cancellation),
            cancellation);

    public async Task<IReadOnlyList<DatedRun>> DatedRunsAsync(string dagId, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation) =>
        await store.ReadAsync(
            connection => connection.Command(
                "select id, logical_date, state, kind from dag_runs " +
                "where dag_id = @dag and logical_date >= @from and logical_date < @to order by logical_date, id",
                ("dag", dagId), ("from", from), ("to", to)).ListAsync(
                row => new DatedRun(
                    row.GetInt64(0), row.Time(1), Words.RunStates.Parse(row.GetString(2)), Words.RunKinds.Parse(row.GetString(3))),
                cancellation),
            cancellation);

    // One look into an index per DAG; a window over all runs would read all of them.
    private static string NewestOf(string names, int perDag) => string.Join(
        " union all ",
        names.Split(", ").Select(name =>
            $"select {RunRecords.Columns} from (select * from dag_runs where dag_id = {name} order by id desc limit {perDag}) of_{name[1..]}"));

    private static TaskCell Cell(DbDataReader row) => new(
        row.GetInt64(0), row.GetInt32(1), Words.TaskStates.Parse(row.GetString(2)), row.GetInt32(3), row.TimeOrNull(4), row.TimeOrNull(5),
        row.TimeOrNull(6), row.IsDBNull(7) ? null : row.GetInt32(7));
}
