using System.Data.Common;
using Wizart.Flow.Engine.Limits;
using Wizart.Flow.Engine.Runs;

namespace Wizart.Flow.Storage.Sql;

internal abstract partial class SqlTransaction
{
    private const string Due = "dag_id = @dag and state = 'queued' and kind = 'scheduled' and run_after <= @now";

    public ValueTask<IReadOnlyList<LimitUse>> LockLimitsAsync(IReadOnlyCollection<LimitKey> limits, string node) =>
        DoAsync<IReadOnlyList<LimitUse>>(async connection =>
        {
            var uses = new List<LimitUse>(limits.Count);
            foreach (var limit in limits)
                if (await TryLockAsync(connection, limit)) uses.Add(await LimitRecords.UseAsync(connection, limit, node));
            return uses;
        });

    public ValueTask DeclarePoolAsync(string name, int slots) => DoAsync(connection => connection.Command(
        "insert into pools (name, declared) values (@name, @slots) on conflict (name) do update set declared = excluded.declared",
        ("name", name), ("slots", slots)).ExecuteAsync());

    public ValueTask<StoredPool?> SetPoolAsync(string name, int? slots) => DoAsync(async connection =>
    {
        var changed = await connection
            .Command("update pools set set_slots = @slots where name = @name returning name, declared, set_slots", ("name", name), ("slots", slots))
            .ListAsync(LimitRecords.Pool);
        return changed.SingleOrDefault();
    });

    public ValueTask<PastTask?> PastOfAsync(string dagId, DateTimeOffset logicalDate, string taskId) =>
        DoAsync(connection => LimitRecords.PastAsync(connection, dagId, logicalDate, taskId));

    public ValueTask<IReadOnlyList<DagRun>> SkipDueRunsAsync(string dagId, DateTimeOffset now, string reason) =>
        DoAsync<IReadOnlyList<DagRun>>(async connection => await connection.Command(
            $"""
            update dag_runs set state = 'cancelled', reason = @reason, ended_at = @now, revision = revision + 1
            where {Due} and exists (select 1 from dags where id = @dag and is_active and not is_paused)
            returning {RunRecords.Columns}
            """,
            ("dag", dagId), ("now", now), ("reason", reason)).ListAsync(RunRecords.Run));

    public ValueTask<OverlappingRuns> OverlappingRunsAsync(string dagId, DateTimeOffset now) => DoAsync(async connection =>
    {
        var due = await connection.Command($"select count(*) from dag_runs where {Due}", ("dag", dagId), ("now", now)).ScalarAsync<long>();
        if (due == 0) return new OverlappingRuns(0, [], 0);
        var running = await connection.Command(
            """
            select id, kind = 'scheduled', ending_as is not null from dag_runs
            where dag_id = @dag and state = 'running' and backfill_id = 0 order by id
            """,
            ("dag", dagId)).ListAsync(row => (Id: row.GetInt64(0), IsScheduled: row.GetBoolean(1), IsEnding: row.GetBoolean(2)));
        return new OverlappingRuns((int)due, [.. running.Where(r => r is { IsScheduled: true, IsEnding: false }).Select(r => r.Id)], running.Count(r => r.IsEnding));
    });

    public ValueTask<bool> PauseAfterFailuresAsync(string dagId, int failures, string reason) => DoAsync(async connection => await connection.Command(
        """
        update dags set is_paused = @paused, pause_reason = @reason
        where id = @dag and not is_paused and (
            select count(*) from (
                select r.state from dag_runs r
                where r.dag_id = @dag and r.kind = 'scheduled' and r.state in ('success', 'failed')
                    and (dags.failures_since is null or r.ended_at > dags.failures_since)
                order by r.id desc limit @failures) last
            where last.state = 'failed') = @failures
        """,
        ("dag", dagId), ("reason", reason), ("failures", failures), ("paused", true)).ExecuteAsync() == 1);

    /// <summary>Keeps other transactions from a limit until the end of this one; false when another has it. Never waits.</summary>
    protected abstract ValueTask<bool> TryLockAsync(DbConnection connection, LimitKey limit);
}
