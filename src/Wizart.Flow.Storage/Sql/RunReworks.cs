using System.Data.Common;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;

namespace Wizart.Flow.Storage.Sql;

/// <summary>
/// What clearing changes beside what every step of a run may change. Rare, and therefore kept off the state hot path: it is
/// stored right before the other changes of the run, in the same transaction, and only over the same revision.
/// </summary>
internal static class RunReworks
{
    private const int AtOnce = 500;

    private static readonly string[] TablesByTask =
        ["task_instances", "task_attempts", "task_outputs", "task_progress", "log_chunks", "metric_points", "artifacts", "deliveries"];

    public static bool AreIn(StoreWrites writes)
    {
        foreach (var changes in writes.Runs)
            if (changes.Rework is not null) return true;
        return false;
    }

    /// <param name="connection">The connection, inside a transaction.</param>
    /// <param name="writes">What is to be stored.</param>
    /// <param name="rowLock">What makes a select hold its row.</param>
    public static async Task<bool> ApplyAsync(DbConnection connection, StoreWrites writes, string rowLock)
    {
        // In the order of their ids, as every statement that takes several: nobody waits for the other.
        foreach (var changes in writes.Runs.Where(changes => changes.Rework is not null).OrderBy(changes => changes.Run.Id))
        {
            var (run, rework) = (changes.Run, changes.Rework!);
            if (!await IsAtAsync(connection, run.Id, changes.ExpectedRevision, rowLock)) continue;
            if (rework.Restarted)
                await connection.Command(
                    "update dag_runs set queued_at = @queued, restarts = @restarts where id = @run",
                    ("queued", run.QueuedAt), ("restarts", run.Restarts), ("run", run.Id)).ExecuteAsync();
            await RemoveOutputsAsync(connection, run.Id, rework.RemovedOutputs);
        }

        return true;
    }

    /// <summary>Moves a run to another version; false, and nothing is changed, when it is at another revision.</summary>
    public static async Task<bool> MoveAsync(DbConnection connection, RunMove move, string rowLock)
    {
        if (!await IsAtAsync(connection, move.RunId, move.ExpectedRevision, rowLock)) return false;
        await connection.Command(
            "update task_attempts set version_id = (select version_id from dag_runs where id = @run) where run_id = @run and version_id is null",
            ("run", move.RunId)).ExecuteAsync();
        await connection.Command(
            "update dag_runs set version_id = @version, revision = revision + 1 where id = @run",
            ("version", move.VersionId), ("run", move.RunId)).ExecuteAsync();

        // Through negative numbers, so that two tasks that change places never have the same one.
        (int From, int To)[] moved = [.. move.Indexes.Where(index => index.Key != index.Value).Select(index => (index.Key, index.Value))];
        foreach (var table in TablesByTask)
        {
            foreach (var some in moved.Chunk(AtOnce)) await ShiftAsync(connection, table, move.RunId, some);
            if (moved.Length > 0)
                await connection.Command($"update {table} set task_index = -2 - task_index where run_id = @run and task_index <= -2", ("run", move.RunId))
                    .ExecuteAsync();
        }

        await connection.Command(
            "update task_instances set state = 'removed', reason = @reason where run_id = @run and task_index >= @tasks",
            ("reason", RunMove.Gone), ("run", move.RunId), ("tasks", move.Tasks)).ExecuteAsync();
        return true;
    }

    private static Task<int> ShiftAsync(DbConnection connection, string table, long run, (int From, int To)[] moved)
    {
        var cases = string.Join(' ', moved.Select(index => FormattableString.Invariant($"when {index.From} then {-2 - index.To}")));
        var list = string.Join(", ", moved.Select(index => FormattableString.Invariant($"{index.From}")));
        return connection.Command(
            $"update {table} set task_index = case task_index {cases} else task_index end where run_id = @run and task_index in ({list})",
            ("run", run)).ExecuteAsync();
    }

    private static async Task<bool> IsAtAsync(DbConnection connection, long run, long revision, string rowLock) =>
        await connection.Command(
            $"select id from dag_runs where id = @run and revision = @revision{rowLock}", ("run", run), ("revision", revision)).ScalarAsync<long>() == run;

    private static async Task RemoveOutputsAsync(DbConnection connection, long run, IReadOnlyList<InstanceKey> outputs)
    {
        foreach (var task in outputs.GroupBy(output => output.TaskIndex))
            foreach (var elements in task.Select(output => output.MapIndex).Chunk(AtOnce))
            {
                await connection.Over(
                    elements,
                    list => $"""
                        insert into released_artifacts (hash)
                        select stored_hash from task_outputs
                        where run_id = @run and task_index = @task and map_index in ({list}) and stored_hash is not null
                        on conflict do nothing
                        """,
                    ("run", run), ("task", task.Key)).ExecuteAsync();
                await connection.Over(
                    elements,
                    list => $"delete from task_outputs where run_id = @run and task_index = @task and map_index in ({list})",
                    ("run", run), ("task", task.Key)).ExecuteAsync();
            }
    }
}
