using System.Data.Common;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Storage.Schema;

namespace Wizart.Flow.Storage.Sql;

/// <summary>Task instances as people see them.</summary>
internal static class TaskRecords
{
    private const string Views =
        $"""
        select {RunRecords.InstanceColumns}, p.share, p.text, a.error, i.task_id, i.run_id
        from task_instances i
        left join task_progress p on p.run_id = i.run_id and p.task_index = i.task_index and p.map_index = i.map_index
            and p.attempt = i.attempt
        left join task_attempts a on a.run_id = i.run_id and a.task_index = i.task_index and a.map_index = i.map_index
            and a.number = i.attempt
        """;

    public static Task<List<TaskInstanceView>> OfRunAsync(DbConnection connection, long runId, int mostElements, CancellationToken cancellation) =>
        connection.Command($"{Views} where i.run_id = @run and i.map_index < @most order by i.task_index, i.map_index", ("run", runId), ("most", mostElements))
            .ListAsync(View, cancellation);

    public static async Task<TaskInstanceView?> OneAsync(
        DbConnection connection, long runId, int taskIndex, int mapIndex, CancellationToken cancellation) =>
        (await connection.Command(
            $"{Views} where i.run_id = @run and i.task_index = @task and i.map_index = @map", ("run", runId), ("task", taskIndex), ("map", mapIndex))
            .ListAsync(View, cancellation)).SingleOrDefault();

    public static Task<List<TaskInstanceView>> ElementsAsync(DbConnection connection, ElementFilter filter, CancellationToken cancellation) =>
        connection.Over(
            filter.States.Select(state => Words.TaskStates[state]),
            list => $"{Views} where i.run_id = @run and i.task_index = @task and i.map_index >= 0 and i.map_index > @after "
                + (list.Length == 0 ? "" : $"and i.state in ({list}) ") + "order by i.map_index limit @count",
            ("run", filter.RunId), ("task", filter.TaskIndex), ("after", filter.After), ("count", filter.Count)).ListAsync(View, cancellation);

    public static Task<List<ElementCount>> CountsAsync(DbConnection connection, long runId, CancellationToken cancellation) =>
        connection.Command(
            """
            select task_index, state, count(*) from task_instances where run_id = @run and map_index >= 0
            group by task_index, state order by task_index, state
            """,
            ("run", runId))
            .ListAsync(row => new ElementCount(row.GetInt32(0), Words.TaskStates.Parse(row.GetString(1)), checked((int)row.GetInt64(2))), cancellation);

    public static Task<List<FailedInstance>> FailedAsync(DbConnection connection, IReadOnlyCollection<long> runIds, int count, CancellationToken cancellation) =>
        connection.Over(
            runIds, list => $"{Views} where i.run_id in ({list}) and i.state = 'failed' order by i.ended_at desc, i.run_id desc limit @count", ("count", count))
            .ListAsync(row => new FailedInstance(row.GetInt64(RunRecords.InstanceColumnCount + 4), View(row)), cancellation);

    public static async Task<IReadOnlyDictionary<TaskState, long>> LiveAsync(DbConnection connection, CancellationToken cancellation) =>
        (await connection.Command(
            """
            select i.state, count(*) from dag_runs r join task_instances i on i.run_id = r.id
            where r.state = 'running' group by i.state
            """)
            .ListAsync(row => (State: Words.TaskStates.Parse(row.GetString(0)), Count: row.GetInt64(1)), cancellation))
        .ToDictionary(live => live.State, live => live.Count);

    private static TaskInstanceView View(DbDataReader row)
    {
        const int progress = RunRecords.InstanceColumnCount;
        return new TaskInstanceView(
            RunRecords.Instance(row),
            row.NumberOrNull(progress),
            row.TextOrNull(progress + 1),
            StoredJson.Error(row.TextOrNull(progress + 2)))
        {
            TaskId = row.GetString(progress + 3),
        };
    }
}
