using System.Data.Common;
using Microsoft.Data.Sqlite;
using Wizart.Flow.Engine.Limits;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Storage.Sql;

namespace Wizart.Flow.Storage.Sqlite;

/// <summary>A turn with the writing connection. Nothing in it is asynchronous: every call is done when it returns.</summary>
internal sealed class SqliteFlowTransaction(SqliteFlowStore store, SqliteWriter writer) : SqlTransaction(store)
{
    private readonly SqliteFlowStore _store = store;
    private bool _over;
    private bool _failed;

    public override ValueTask<IReadOnlyList<long>> WriteAsync(StoreWrites writes) =>
        RunReworks.AreIn(writes) ? ReworkAndWriteAsync(writes) : WriteOnly(writes);

    private async ValueTask<IReadOnlyList<long>> ReworkAndWriteAsync(StoreWrites writes)
    {
        await DoAsync(connection => RunReworks.ApplyAsync(connection, writes, RowLock));
        return await WriteOnly(writes);
    }

    private ValueTask<IReadOnlyList<long>> WriteOnly(StoreWrites writes)
    {
        try
        {
            return new ValueTask<IReadOnlyList<long>>(Open().Write(writes));
        }
        catch (Exception error)
        {
            _failed = true;
            return ValueTask.FromException<IReadOnlyList<long>>(error is SqliteException known ? _store.Explain(known) ?? error : error);
        }
    }

    public override ValueTask CommitAsync()
    {
        try
        {
            Open().Commit();
            End();
            return ValueTask.CompletedTask;
        }
        catch (SqliteException error)
        {
            _failed = true;
            return ValueTask.FromException(_store.Explain(error) ?? (Exception)error);
        }
    }

    public override ValueTask DisposeAsync()
    {
        if (_over) return ValueTask.CompletedTask;
        try
        {
            writer.Rollback();
            return ValueTask.CompletedTask;
        }
        catch (SqliteException error) when (_store.Explain(error) is { } explained)
        {
            return ValueTask.FromException(explained);
        }
        finally
        {
            End();
        }
    }

    protected override string RowLock => ""; // the transaction has the whole file

    protected override Task LockVersionsAsync(DbConnection connection, string dagId) => Task.CompletedTask;

    protected override ValueTask<bool> TryLockAsync(DbConnection connection, LimitKey limit) => new(true); // the same

    protected override Task LockQueueAsync(DbConnection connection, string dagId) => Task.CompletedTask;

    protected override Task LockUsersAsync(DbConnection connection) => Task.CompletedTask;

    protected override DbConnection Enter() => Open().Connection;

    protected override void Fail() => _failed = true;

    // After some errors SQLite has ended the transaction by itself: what came next would be stored on its own.
    private SqliteWriter Open() => _over || _failed
        ? throw new InvalidOperationException(_over ? "The transaction is over." : "The transaction failed; dispose of it.")
        : writer;

    private void End()
    {
        _over = true;
        _store.EndTurn();
    }
}
