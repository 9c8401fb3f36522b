using Microsoft.Data.Sqlite;
using SQLitePCL;
using Wizart.Flow.Engine.Storage;

namespace Wizart.Flow.Storage.Sqlite;

/// <summary>The one connection that writes, with the statements of the state hot path. For one thread at a time.</summary>
internal sealed class SqliteWriter : IDisposable
{
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _commit;
    private readonly SqliteStatement _rollback;
    private readonly RunWrites _runs;
    private readonly StreamWrites _streams;

    public SqliteWriter(SqliteConnection connection)
    {
        Connection = connection;
        var database = connection.Handle!;
        _begin = new SqliteStatement(database, "begin immediate");
        _commit = new SqliteStatement(database, "commit");
        _rollback = new SqliteStatement(database, "rollback");
        _runs = new RunWrites(database);
        _streams = new StreamWrites(database);
    }

    /// <summary>For everything that is not on the hot path.</summary>
    public SqliteConnection Connection { get; }

    public void Begin() => _begin.Execute();

    public void Commit() => _commit.Execute();

    /// <summary>Ends the transaction, unless SQLite did so itself after an error.</summary>
    public void Rollback()
    {
        if (raw.sqlite3_get_autocommit(Connection.Handle!) == 0) _rollback.Execute();
    }

    public IReadOnlyList<long> Write(StoreWrites writes)
    {
        List<long>? refused = null;
        foreach (var changes in writes.Runs)
            if (!_runs.Write(changes)) (refused ??= []).Add(changes.Run.Id);
        _streams.Write(writes);
        return refused is null ? [] : refused;
    }

    public void Dispose()
    {
        _begin.Dispose();
        _commit.Dispose();
        _rollback.Dispose();
        _runs.Dispose();
        _streams.Dispose();
        Connection.Dispose();
    }
}
