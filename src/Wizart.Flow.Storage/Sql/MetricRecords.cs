using System.Data.Common;
using Wizart.Flow.Engine.Metrics;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Storage.Schema;

namespace Wizart.Flow.Storage.Sql;

/// <summary>Reads time series. The rules are those of <see cref="MetricSeries"/>, in SQL.</summary>
internal static class MetricRecords
{
    private const string Columns =
        "p.id, p.time, p.logical_date, p.value, p.dag_id, p.run_id, p.task_index, p.map_index, p.attempt, p.tags, " +
        "(select i.task_id from task_instances i where i.run_id = p.run_id and i.task_index = p.task_index and i.map_index = p.map_index) as task_id";

    private const string OfNewestAttempt =
        """
        p.value is not null and not exists (
            select 1 from metric_points n
            where n.run_id = p.run_id and n.task_index = p.task_index and n.map_index = p.map_index and n.attempt > p.attempt and n.name = p.name)
        """;

    // A run that told it on its newest attempts only: a point that does not count itself must not hide others.
    private const string OfNewestRun =
        """
        not exists (
            select 1 from metric_points n
            where n.name = p.name and n.logical_date = p.logical_date and n.run_id > p.run_id and n.dag_id = p.dag_id
                and coalesce(n.tags, '') = coalesce(p.tags, '') and n.value is not null and not exists (
                    select 1 from metric_points m
                    where m.run_id = n.run_id and m.task_index = n.task_index and m.map_index = n.map_index and m.attempt > n.attempt and m.name = n.name))
        """;

    // What counts is decided once for all points that one attempt told of a series, and not for each.
    private const string Told =
        """
        select name, logical_date, run_id, dag_id, task_index, map_index, attempt, tags, max(value) as value, count(*) as points
        from metric_points where value is not null
        group by name, logical_date, run_id, dag_id, task_index, map_index, attempt, tags
        """;

    public static Task<List<MetricSummary>> SummariesAsync(DbConnection connection, string? dagId, CancellationToken cancellation)
    {
        var ofDag = dagId is null ? "" : " and p.dag_id = @dag";
        return connection.Command(
            $"""
            select {Columns}, m.name, m.points, m.runs
            from (
                select p.name as name, cast(sum(p.points) as bigint) as points, count(distinct p.run_id) as runs from ({Told}) p
                where {OfNewestAttempt} and {OfNewestRun}{ofDag} group by p.name) m
            join metric_points p on p.id = (
                select p.id from metric_points p where p.name = m.name and {OfNewestAttempt} and {OfNewestRun}{ofDag}
                order by p.logical_date desc, p.run_id desc, p.id desc limit 1)
            """,
            dagId is null ? [] : [("dag", dagId)])
            .ListAsync(row => new MetricSummary(row.GetString(11), row.GetInt64(12), row.GetInt64(13), Point(row)), cancellation);
    }

    public static Task<List<SeriesPoint>> PointsAsync(DbConnection connection, MetricFilter filter, CancellationToken cancellation)
    {
        var command = connection.Command("");
        var where = Where(command, filter);
        var byTime = filter.Axis == MetricAxis.Time;
        string[] order = byTime ? ["p.time", "p.id"] : ["p.logical_date", "p.run_id", "p.id"];
        if (filter.After is { } after)
        {
            where += $" and ({string.Join(", ", order)}) {(filter.NewestFirst ? '<' : '>')} ({(byTime ? "@at, @id" : "@at, @run, @id")})";
            command.Add("at", after.At);
            command.Add("id", after.Id);
            if (!byTime) command.Add("run", after.RunId);
        }

        var direction = filter.NewestFirst ? " desc" : "";
        command.Add("count", filter.Count);
        return command.Saying($"select {Columns} from metric_points p where {where} order by {string.Join(", ", order.Select(o => o + direction))} limit @count")
            .ListAsync(Point, cancellation);
    }

    public static Task<List<NamedPoint>> OfRunAsync(
        DbConnection connection, long runId, (int TaskIndex, int MapIndex)? instance, int count, CancellationToken cancellation)
    {
        var command = connection.Command("", ("run", runId), ("count", count));
        if (instance is var (task, element))
        {
            command.Add("task", task);
            command.Add("element", element);
        }

        var one = instance is null ? "" : " and p.task_index = @task and p.map_index = @element";
        return command.Saying($"select {Columns}, p.name from metric_points p where p.run_id = @run{one} and {OfNewestAttempt} order by p.id limit @count")
            .ListAsync(row => new NamedPoint(row.GetString(11), Point(row)), cancellation);
    }

    public static Task<List<MetricBucket>> BucketsAsync(DbConnection connection, MetricFilter filter, TimeSpan width, CancellationToken cancellation)
    {
        var microseconds = width.Ticks / TimeSpan.TicksPerMicrosecond;
        var command = connection.Command("", ("width", microseconds), ("count", filter.Count));
        var at = filter.Axis == MetricAxis.Time ? "p.time" : "p.logical_date";
        var newest = filter.Axis == MetricAxis.Time ? "p.time desc, p.id desc" : "p.logical_date desc, p.run_id desc, p.id desc";
        return command.Saying(
            $"""
            select b.span, count(*), avg(b.value), min(b.value), max(b.value), max(case when b.place = 1 then b.value end)
            from (
                select {at} / @width as span, p.value as value, row_number() over (partition by {at} / @width order by {newest}) as place
                from metric_points p where {Where(command, filter)}) b
            group by b.span order by b.span{(filter.NewestFirst ? " desc" : "")} limit @count
            """)
            .ListAsync(
                row => new MetricBucket(
                    UnixMicroseconds.ToTime(row.GetInt64(0) * microseconds), row.GetInt64(1), row.GetDouble(2), row.GetDouble(3), row.GetDouble(4), row.GetDouble(5)),
                cancellation);
    }

    private static string Where(DbCommand command, MetricFilter filter)
    {
        var at = filter.Axis == MetricAxis.Time ? "p.time" : "p.logical_date";
        List<string> conditions = ["p.name = @name", OfNewestAttempt];
        command.Add("name", filter.Name);
        if (filter.Axis == MetricAxis.LogicalDate) conditions.Add(OfNewestRun);
        When(filter.DagId, "p.dag_id = @dag", "dag");
        When(filter.Since, $"{at} >= @since", "since");
        When(filter.Until, $"{at} < @until", "until");
        var tags = 0;

        // A pair of JSON texts with a name of plain letters stands in an object's text where it is one of its pairs, and nowhere else.
        foreach (var (key, value) in filter.Tags)
        {
            var pair = StoredJson.Tags(new Dictionary<string, string> { [key] = value })![1..^1];
            When(pair, $"replace(p.tags, @tag{tags}, '') <> p.tags", $"tag{tags++}");
        }

        return string.Join(" and ", conditions);

        void When(object? value, string condition, string parameter)
        {
            if (value is null) return;
            conditions.Add(condition);
            command.Add(parameter, value);
        }
    }

    private static DbCommand Saying(this DbCommand command, string sql)
    {
#pragma warning disable CA2100 // made of constants of this class; values go as parameters
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }

    private static SeriesPoint Point(DbDataReader row) => new()
    {
        Id = row.GetInt64(0),
        Time = row.Time(1),
        LogicalDate = row.Time(2),
        Value = row.GetDouble(3),
        DagId = row.GetString(4),
        RunId = row.GetInt64(5),
        TaskIndex = row.GetInt32(6),
        MapIndex = row.GetInt32(7),
        Attempt = row.GetInt32(8),
        Tags = StoredJson.TagsOf(row.TextOrNull(9)),
        TaskId = row.TextOrNull(10),
    };
}
