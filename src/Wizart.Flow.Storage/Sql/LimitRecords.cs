using System.Data.Common;
using Wizart.Flow.Engine.Limits;
using Wizart.Flow.Storage.Schema;

namespace Wizart.Flow.Storage.Sql;

/// <summary>Questions about limits, in words that both databases understand.</summary>
internal static class LimitRecords
{
    private const string Past =
        """
        select r.id, r.logical_date, r.state,
            (select i.state from task_instances i where i.run_id = r.id and i.task_id = @task and i.map_index = -1)
        from dag_runs r
        where r.dag_id = @dag and r.kind in ('scheduled', 'backfill') and r.logical_date < @date
            and not (r.state = 'cancelled' and r.started_at is null)
        order by r.logical_date desc, r.id desc limit 1
        """;

    public static async Task<LimitUse> UseAsync(DbConnection connection, LimitKey limit, string node)
    {
        var column = limit.Kind == LimitKind.Pool ? "pool" : "task_limit";
        var slots = limit.Kind == LimitKind.Pool ? "h.slots" : "1";
        var uses = await connection.Command(
            $"""
            select coalesce(sum({slots}), 0), coalesce(sum(case when i.node = @node then 0 else {slots} end), 0),
                (select coalesce(p.set_slots, p.declared) from pools p where p.name = @pool)
            from held_slots h
                join task_instances i on i.run_id = h.run_id and i.task_index = h.task_index and i.map_index = h.map_index
            where h.{column} = @name and i.state = 'running'
            """,
            ("name", limit.Name), ("node", node), ("pool", limit.Kind == LimitKind.Pool ? limit.Name : ""))
            .ListAsync(row => (Used: row.GetInt64(0), Elsewhere: row.GetInt64(1), Size: row.IsDBNull(2) ? (int?)null : row.GetInt32(2)));
        return new LimitUse(limit, uses[0].Size, (int)uses[0].Used, (int)uses[0].Elsewhere);
    }

    public static async Task<IReadOnlyList<Holder>> HoldersAsync(DbConnection connection, LimitKey limit, CancellationToken cancellation) =>
        await connection.Command(
            $"""
            select h.run_id, r.dag_id, i.task_id, h.map_index, {(limit.Kind == LimitKind.Pool ? "h.slots" : "1")}
            from held_slots h
                join task_instances i on i.run_id = h.run_id and i.task_index = h.task_index and i.map_index = h.map_index
                join dag_runs r on r.id = h.run_id
            where h.{(limit.Kind == LimitKind.Pool ? "pool" : "task_limit")} = @name and i.state = 'running'
            order by h.run_id, h.task_index, h.map_index
            """,
            ("name", limit.Name))
            .ListAsync(row => new Holder(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetInt32(3), row.GetInt32(4)), cancellation);

    public static async Task<IReadOnlyList<StoredPool>> PoolsAsync(DbConnection connection, CancellationToken cancellation)
    {
        var pools = await connection.Command("select name, declared, set_slots from pools").ListAsync(Pool, cancellation);
        return [.. pools.OrderBy(pool => pool.Name, StringComparer.Ordinal)];
    }

    public static StoredPool Pool(DbDataReader row) => new(row.GetString(0), row.GetInt32(1), row.IsDBNull(2) ? null : row.GetInt32(2));

    public static async Task<PastTask?> PastAsync(
        DbConnection connection, string dagId, DateTimeOffset logicalDate, string taskId, CancellationToken cancellation = default)
    {
        var past = await connection.Command(Past, ("dag", dagId), ("date", logicalDate), ("task", taskId)).ListAsync(
            row => new PastTask(
                row.GetInt64(0), row.Time(1), Words.RunStates.Parse(row.GetString(2)), row.IsDBNull(3) ? null : Words.TaskStates.Parse(row.GetString(3))),
            cancellation);
        return past.SingleOrDefault();
    }
}
