using System.Data.Common;
using Wizart.Flow.Engine.Backfills;
using Wizart.Flow.Engine.Callbacks;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Execution;

namespace Wizart.Flow.Storage.Sql;

/// <summary>What is the same on both databases: the reads of the engine.</summary>
public abstract partial class SqlFlowStore : IFlowStore
{
    /// <inheritdoc/>
    public abstract Task InitializeAsync(CancellationToken cancellation);

    /// <inheritdoc/>
    public abstract ValueTask<IFlowTransaction> BeginAsync(CancellationToken cancellation);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();

    /// <inheritdoc/>
    public async ValueTask<StoredRun?> LoadRunAsync(long runId, CancellationToken cancellation) =>
        await ReadAsync(
            async connection =>
            {
                await using var snapshot = await BeginSnapshotAsync(connection, cancellation);
                var run = await connection
                    .Command($"select {RunRecords.Columns} from dag_runs where id = @run", ("run", runId))
                    .In(snapshot).ListAsync(RunRecords.Run, cancellation);
                if (run.Count == 0) return null;
                var instances = await connection
                    .Command($"select {RunRecords.InstanceColumns} from task_instances i where i.run_id = @run", ("run", runId))
                    .In(snapshot).ListAsync(RunRecords.Instance, cancellation);
                return new StoredRun(run[0], instances);
            },
            cancellation);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DagRun>> UnfinishedRunsAsync(CancellationToken cancellation) =>
        await ReadAsync(
            connection => connection
                .Command($"select {RunRecords.Columns} from dag_runs where state in ('queued', 'running') order by id")
                .ListAsync(RunRecords.Run, cancellation),
            cancellation);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyDictionary<int, TaskValue>> LoadOutputsAsync(
        long runId, IReadOnlyCollection<int> taskIndexes, CancellationToken cancellation)
    {
        if (taskIndexes.Count == 0) return new Dictionary<int, TaskValue>();
        var outputs = await ReadAsync(
            connection => connection.Over(
                taskIndexes.Distinct(),
                list => $"select task_index, {RunRecords.OutputColumns} from task_outputs " +
                    $"where run_id = @run and map_index = -1 and task_index in ({list})",
                ("run", runId)).ListAsync(row => (Task: row.GetInt32(0), Value: RunRecords.Output(row, 1)), cancellation),
            cancellation);
        return outputs.ToDictionary(output => output.Task, output => output.Value);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<TaskOutput>> LoadMappedOutputsAsync(
        long runId, int taskIndex, int? mapIndex, CancellationToken cancellation) =>
        await ReadAsync(
            connection => connection.Command(
                $"select map_index, {RunRecords.OutputColumns} from task_outputs where run_id = @run and task_index = @task " +
                    (mapIndex is null ? "and map_index >= 0 order by map_index" : "and map_index = @map"),
                ("run", runId), ("task", taskIndex), ("map", mapIndex ?? 0))
                .ListAsync(row => new TaskOutput(taskIndex, row.GetInt32(0), RunRecords.Output(row, 1)), cancellation),
            cancellation);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Delivery>> PendingDeliveriesAsync(PendingFilter filter, CancellationToken cancellation) =>
        await ReadAsync(
            connection => DeliveryRecords.Pending(connection, filter).ListAsync(DeliveryRecords.Delivery, cancellation), cancellation);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StoredDag>> LoadDagsAsync(CancellationToken cancellation)
    {
        var dags = await ReadAsync(connection => connection.Command(DagRecords.Dags).ListAsync(row => DagRecords.Dag(row, Models), cancellation), cancellation);
        return [.. dags.OrderBy(dag => dag.Id, StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public async ValueTask<DagVersion?> LoadVersionAsync(long versionId, CancellationToken cancellation)
    {
        var versions = await ReadAsync(
            connection => connection
                .Command($"select {DagRecords.VersionColumns} from dag_versions v where v.id = @id", ("id", versionId))
                .ListAsync(row => DagRecords.Version(row, Models), cancellation),
            cancellation);
        return versions.SingleOrDefault();
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> NewestScheduledAsync(CancellationToken cancellation)
    {
        // One look into an index per DAG: a grouped maximum would read every scheduled run there ever was.
        var newest = await ReadAsync(
            connection => connection
                .Command("select d.id, (select max(r.interval_end) from dag_runs r where r.dag_id = d.id and r.kind = 'scheduled') from dags d")
                .ListAsync(row => (Dag: row.GetString(0), End: row.TimeOrNull(1)), cancellation),
            cancellation);
        return newest.Where(dag => dag.End is not null).ToDictionary(dag => dag.Dag, dag => dag.End!.Value);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyDictionary<string, JsonPayload>> LoadVariablesAsync(
        IReadOnlyCollection<string> names, CancellationToken cancellation)
    {
        if (names.Count == 0) return new Dictionary<string, JsonPayload>();
        var variables = await ReadAsync(
            connection => connection.Over(names.Distinct(), list => $"select name, value from variables where name in ({list})")
                .ListAsync(row => (Name: row.GetString(0), Value: JsonPayload.Parse(row.GetString(1))), cancellation),
            cancellation);
        return variables.ToDictionary(variable => variable.Name, variable => variable.Value);
    }

    /// <inheritdoc/>
    public Task<Backfill?> LoadBackfillAsync(long id, CancellationToken cancellation) =>
        ReadAsync(connection => BackfillRecords.LoadAsync(connection, id, cancellation), cancellation);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Backfill>> BackfillsAsync(BackfillFilter filter, CancellationToken cancellation) =>
        await ReadAsync(connection => BackfillRecords.ListAsync(connection, filter, cancellation), cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<RunState, int>> BackfillRunsAsync(long id, CancellationToken cancellation) =>
        ReadAsync(connection => BackfillRecords.RunsAsync(connection, id, cancellation), cancellation);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SlotRun>> SlotRunsAsync(
        string dagId, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellation) =>
        await ReadAsync(connection => BackfillRecords.SlotsAsync(connection, dagId, from, to, limit, cancellation), cancellation);

    internal ModelCache Models { get; } = new();

    /// <summary>A connection for reading.</summary>
    internal abstract ValueTask<DbConnection> OpenAsync(CancellationToken cancellation);

    /// <summary>A transaction whose reads see one state of the database.</summary>
    internal abstract ValueTask<DbTransaction> BeginSnapshotAsync(DbConnection connection, CancellationToken cancellation);

    /// <summary>What an error of the database means to a person; null when it is a bug of ours.</summary>
    internal abstract StoreException? Explain(Exception error);

    internal async Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancellation)
    {
        try
        {
            await using var connection = await OpenAsync(cancellation);
            return await read(connection);
        }
        catch (Exception error) when (Explain(error) is { } explained)
        {
            throw explained;
        }
    }
}
