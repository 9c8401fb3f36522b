using System.Data.Common;
using Npgsql;
using Wizart.Flow.Engine.Limits;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Storage.Sql;

namespace Wizart.Flow.Storage.PostgreSql;

/// <summary>A transaction on a connection from the pool, begun with its first command.</summary>
internal sealed class PostgreSqlFlowTransaction(PostgreSqlFlowStore store, NpgsqlConnection connection) : SqlTransaction(store), IFlowTransaction
{
    private readonly PostgreSqlFlowStore _store = store;
    private NpgsqlTransaction? _transaction;
    private bool _over;

    public override async ValueTask<IReadOnlyList<long>> WriteAsync(StoreWrites writes)
    {
        if (writes.IsEmpty) return [];
        if (RunReworks.AreIn(writes)) await DoAsync(entered => RunReworks.ApplyAsync(entered, writes, RowLock));
        return await DoAsync(_ => HotBatch.WriteAsync(connection, writes));
    }

    /// <summary>A batch of its own is a transaction: nothing is begun, and nothing left to commit.</summary>
    async ValueTask<IReadOnlyList<long>> IFlowTransaction.WriteAndCommitAsync(StoreWrites writes)
    {
        ObjectDisposedException.ThrowIf(_over, this);
        if (_transaction is null && !RunReworks.AreIn(writes))
        {
            _over = true;
            return await GuardAsync(async () =>
            {
                var refused = writes.IsEmpty ? [] : await HotBatch.WriteAsync(connection, writes);
                await connection.DisposeAsync();
                return refused;
            });
        }

        var result = await WriteAsync(writes);
        await CommitAsync();
        return result;
    }

    public override async ValueTask CommitAsync()
    {
        ObjectDisposedException.ThrowIf(_over, this);
        await GuardAsync(async () =>
        {
            if (_transaction is not null) await _transaction.CommitAsync();
            _over = true;
            await connection.DisposeAsync();
            return true;
        });
    }

    public override async ValueTask DisposeAsync()
    {
        _over = true;
        await GuardAsync(async () =>
        {
            if (_transaction is not null) await _transaction.DisposeAsync();
            await connection.DisposeAsync();
            return true;
        });
    }

    protected override string RowLock => " for update";

    protected override Task LockVersionsAsync(DbConnection connection, string dagId) =>
        connection.Command("select pg_advisory_xact_lock(hashtextextended(@dag, 1))", ("dag", dagId)).ExecuteAsync();

    // Waiting for it could make a circle with the rows of runs and DAGs that both have changed.
    protected override async ValueTask<bool> TryLockAsync(DbConnection connection, LimitKey limit) => await connection
        .Command("select pg_try_advisory_xact_lock(hashtextextended(@name, @kind))", ("name", limit.Name), ("kind", 10L + (int)limit.Kind))
        .ScalarAsync<bool>();

    protected override Task LockQueueAsync(DbConnection connection, string dagId) =>
        connection.Command("select pg_advisory_xact_lock(hashtextextended(@dag, 2))", ("dag", dagId)).ExecuteAsync();

    protected override Task LockUsersAsync(DbConnection connection) =>
        connection.Command("select pg_advisory_xact_lock(hashtextextended('users', 3))").ExecuteAsync();

    protected override DbConnection Enter()
    {
        ObjectDisposedException.ThrowIf(_over, this);
        _transaction ??= connection.BeginTransaction(); // sent together with the first command
        return connection;
    }

    /// <summary>Nothing to do: the server itself refuses everything after an error.</summary>
    protected override void Fail()
    {
    }

    private async ValueTask<T> GuardAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception error) when (_store.Explain(error) is { } explained)
        {
            throw explained;
        }
    }
}
