using Wizart.Flow.Storage.Sql;

namespace Wizart.Flow.Storage.PostgreSql;

/// <summary>
/// The one statement that stores changes of runs: it moves the runs whose revision is the expected one, and writes
/// instances, attempts and outputs only of those that it moved. Gives the ids of the runs that it moved.
/// </summary>
/// <remarks>One text for each combination of what there is to write, so that each is parsed and planned once.</remarks>
internal static class RunStatement
{
    private static readonly string[] Texts = [.. Enumerable.Range(0, 128).Select(parts => Compose(
        locked: (parts & 1) != 0, instances: (parts & 2) != 0, attempts: (parts & 4) != 0, outputs: (parts & 8) != 0,
        deliveries: (parts & 16) != 0, held: (parts & 32) != 0, freed: (parts & 64) != 0))];

    public static string Text(bool locked, bool instances, bool attempts, bool outputs, bool deliveries, bool held, bool freed) =>
        Texts[(locked ? 1 : 0) | (instances ? 2 : 0) | (attempts ? 4 : 0) | (outputs ? 8 : 0) | (deliveries ? 16 : 0) | (held ? 32 : 0) | (freed ? 64 : 0)];

    private static string Compose(bool locked, bool instances, bool attempts, bool outputs, bool deliveries, bool held, bool freed)
    {
        var parameter = 0;
        var runs = Unnest("bigint bigint bigint text text bigint bigint text");
        var text = "with ";

        // Two nodes that change the same runs lock them in the same order, or each would wait for the other.
        if (locked) text += "locked as materialized (select id from dag_runs where id = any($1) order by id for update),\n";
        text += $"""
            moved as (
                update dag_runs r set revision = c.revision, state = c.state, reason = c.reason, started_at = c.started_at,
                    ended_at = c.ended_at, ending_as = c.ending_as
                from {runs} as c(id, expected, revision, state, reason, started_at, ended_at, ending_as)
                {(locked ? "join locked on locked.id = c.id" : "")}
                where r.id = c.id and r.revision = c.expected
                returning r.id)
            """;
        if (instances)
            text += Insert(
                "task_instances",
                "run_id, task_index, map_index, task_id, state, attempt, queued_at, started_at, ended_at, retry_at, reason, node, kept, elements, label, wait, waits_for, memo",
                Unnest("bigint integer integer text text integer bigint bigint bigint bigint text text text bigint text text text text"),
                key: 3);
        if (attempts)
            text += Insert(
                "task_attempts",
                "run_id, task_index, map_index, number, result, queued_at, started_at, ended_at, node, reason, error",
                Unnest("bigint integer integer integer text bigint bigint bigint text text text"),
                key: 4);
        if (outputs)
            text += Insert(
                "task_outputs",
                "run_id, task_index, map_index, json, stored_name, stored_hash, stored_size, stored_content_type",
                Unnest("bigint integer integer bytea text text bigint text"),
                key: 3);
        if (deliveries)
        {
            const string columns = DeliveryRecords.NewColumns;
            text += $"""
                ,
                deliveries_written as (
                    insert into deliveries ({columns}, status, tries)
                    select {string.Join(", ", columns.Split(", ").Select(name => "n." + name))}, 'pending', 0
                    from {Unnest("bigint text text integer integer text integer text text text bigint bigint")} as n({columns})
                    join moved on moved.id = n.run_id)
                """;
        }

        if (held)
            text += Insert(
                "held_slots",
                "run_id, task_index, map_index, pool, slots, task_limit",
                Unnest("bigint integer integer text integer text"),
                key: 3);
        if (freed)
            text += $"""
                ,
                slots_freed as (
                    delete from held_slots h using {Unnest("bigint integer integer")} as n(run_id, task_index, map_index), moved
                    where moved.id = n.run_id and h.run_id = n.run_id and h.task_index = n.task_index and h.map_index = n.map_index)
                """;
        return text + "\nselect id from moved";

        string Unnest(string types) => $"unnest({string.Join(", ", types.Split(' ').Select(type => $"${++parameter}::{type}[]"))})";
    }

    /// <summary>Inserts rows of moved runs, or updates them where their key, the first columns, is there.</summary>
    private static string Insert(string table, string columns, string rows, int key)
    {
        var names = columns.Split(", ");
        return $"""
            ,
            {table}_written as (
                insert into {table} ({columns})
                select {string.Join(", ", names.Select(name => "n." + name))}
                from {rows} as n({columns}) join moved on moved.id = n.run_id
                on conflict ({string.Join(", ", names[..key])}) do update set
                    {string.Join(", ", names[key..].Select(name => $"{name} = excluded.{name}"))})
            """;
    }
}
