using System.Data.Common;
using Wizart.Flow.Engine.Backfills;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Storage.Schema;

namespace Wizart.Flow.Storage.Sql;

/// <summary>Rows of backfills, as records, and what is read of them.</summary>
internal static class BackfillRecords
{
    private const string Columns =
        "id, dag_id, version_id, range_from, range_to, reprocess, max_active, backwards, params, state, position, total, created, " +
        "skipped, created_by, created_at, ended_at, revision, tasks";

    public static async Task<Backfill?> LoadAsync(DbConnection connection, long id, CancellationToken cancellation) =>
        (await connection.Command($"select {Columns} from backfills where id = @id", ("id", id)).ListAsync(Read, cancellation)).SingleOrDefault();

    public static Task<List<Backfill>> ListAsync(DbConnection connection, BackfillFilter filter, CancellationToken cancellation)
    {
        var command = connection.Command("", ("count", filter.Count));
        var conditions = new List<string> { "1 = 1" };
        if (filter.Unfinished) conditions.Add("state in ('running', 'paused')");
        When(filter.DagId, "dag_id = @dag", "dag");
        When(filter.BeforeId, "id < @before", "before");
#pragma warning disable CA2100 // the conditions are constants; values go as parameters
        command.CommandText = $"select {Columns} from backfills where {string.Join(" and ", conditions)} order by id desc limit @count";
#pragma warning restore CA2100
        return command.ListAsync(Read, cancellation);

        void When(object? value, string condition, string parameter)
        {
            if (value is null) return;
            conditions.Add(condition);
            command.Add(parameter, value);
        }
    }

    public static async Task<IReadOnlyDictionary<RunState, int>> RunsAsync(DbConnection connection, long id, CancellationToken cancellation) =>
        (await connection
            .Command("select state, count(*) from dag_runs where backfill_id = @id and backfill_id > 0 group by state", ("id", id))
            .ListAsync(row => (State: Words.RunStates.Parse(row.GetString(0)), Count: checked((int)row.GetInt64(1))), cancellation))
        .ToDictionary(runs => runs.State, runs => runs.Count);

    public static Task<List<SlotRun>> SlotsAsync(
        DbConnection connection, string dagId, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellation) =>
        connection.Command(
            """
            select slot.logical_date, newest.state, slot.unfinished
            from (
                select logical_date, max(id) as newest, sum(case when state in ('queued', 'running') then 1 else 0 end) as unfinished
                from dag_runs
                where dag_id = @dag and kind in ('scheduled', 'backfill') and logical_date >= @from and logical_date <= @to
                group by logical_date order by logical_date limit @limit) slot
            join dag_runs newest on newest.id = slot.newest
            order by slot.logical_date
            """,
            ("dag", dagId), ("from", from), ("to", to), ("limit", limit))
            .ListAsync(row => new SlotRun(row.Time(0), Words.RunStates.Parse(row.GetString(1)), row.GetInt64(2) > 0), cancellation);

    /// <summary>Stores a new one; its id, or zero when the DAG has an unfinished one.</summary>
    public static Task<long> InsertAsync(DbConnection connection, Backfill backfill) => connection.Command(
        """
        insert into backfills (dag_id, version_id, range_from, range_to, reprocess, max_active, backwards, params, state, position, total,
            created, skipped, created_by, created_at, ended_at, revision, tasks)
        values (@dag, @version, @from, @to, @reprocess, @active, @backwards, @params, @state, @position, @total,
            @created, @skipped, @by, @at, @ended, @revision, @tasks)
        on conflict do nothing returning id
        """,
        ("dag", backfill.DagId), ("version", backfill.VersionId), ("from", backfill.From), ("to", backfill.To),
        ("reprocess", Words.Reprocesses[backfill.Reprocess]), ("active", backfill.MaxActive), ("backwards", backfill.Backwards),
        ("params", StoredJson.Of(backfill.Params)), ("state", Words.BackfillStates[backfill.State]), ("position", backfill.Position),
        ("total", backfill.Total), ("created", backfill.Created), ("skipped", backfill.Skipped), ("by", backfill.CreatedBy),
        ("at", backfill.CreatedAt), ("ended", backfill.EndedAt), ("revision", backfill.Revision),
        ("tasks", StoredIds.Of(backfill.Tasks))).ScalarAsync<long>();

    /// <summary>Stores what changes of it; false when it is at another revision.</summary>
    public static async Task<bool> SaveAsync(DbConnection connection, Backfill backfill) => await connection.Command(
        """
        update backfills set state = @state, position = @position, created = @created, skipped = @skipped, ended_at = @ended,
            revision = @revision
        where id = @id and revision = @revision - 1
        """,
        ("state", Words.BackfillStates[backfill.State]), ("position", backfill.Position), ("created", backfill.Created),
        ("skipped", backfill.Skipped), ("ended", backfill.EndedAt), ("revision", backfill.Revision), ("id", backfill.Id)).ExecuteAsync() == 1;

    private static Backfill Read(DbDataReader row) => new()
    {
        Id = row.GetInt64(0),
        DagId = row.GetString(1),
        VersionId = row.GetInt64(2),
        From = row.Time(3),
        To = row.Time(4),
        Reprocess = Words.Reprocesses.Parse(row.GetString(5)),
        MaxActive = row.GetInt32(6),
        Backwards = row.GetBoolean(7),
        Params = StoredJson.Values(row.TextOrNull(8)),
        State = Words.BackfillStates.Parse(row.GetString(9)),
        Position = row.TimeOrNull(10),
        Total = row.GetInt64(11),
        Created = row.GetInt64(12),
        Skipped = row.GetInt64(13),
        CreatedBy = row.GetString(14),
        CreatedAt = row.Time(15),
        EndedAt = row.TimeOrNull(16),
        Revision = row.GetInt64(17),
        Tasks = StoredIds.Read(row.TextOrNull(18)),
    };
}
