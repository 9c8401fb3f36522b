using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using Wizart.Flow.Storage.Schema;
using static SQLitePCL.raw;

namespace Wizart.Flow.Storage.Sqlite;

/// <summary>
/// A statement that is compiled once and executed many thousand times a second: values are bound in order, without a
/// parameter object, a boxed number or a reader. For one thread at a time.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private byte[] _buffer = new byte[256];
    private int _next;

    public SqliteStatement(sqlite3 database, string sql)
    {
        _database = database;
        Check(database, sqlite3_prepare_v3(database, sql, SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    /// <summary>The next value is that of the first parameter, whatever became of the execution before.</summary>
    public SqliteStatement Start()
    {
        _next = 1;
        return this;
    }

    /// <summary>Gives the next parameter its value.</summary>
    public SqliteStatement Bind(long value)
    {
        Check(_database, sqlite3_bind_int64(_statement, _next++, value));
        return this;
    }

    public SqliteStatement Bind(long? value) => value is { } known ? Bind(known) : BindNull();

    public SqliteStatement Bind(DateTimeOffset value) => Bind(UnixMicroseconds.From(value));

    public SqliteStatement Bind(DateTimeOffset? value) => value is { } known ? Bind(known) : BindNull();

    /// <summary>Not-a-number becomes null: SQLite does the same.</summary>
    public SqliteStatement Bind(double value)
    {
        Check(_database, sqlite3_bind_double(_statement, _next++, value));
        return this;
    }

    public SqliteStatement Bind(string? value)
    {
        if (value is null) return BindNull();
        value = StoredText.Clean(value);
        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        if (most > _buffer.Length) _buffer = new byte[Math.Max(most, 2 * _buffer.Length)];
        return Bind(_buffer.AsSpan(0, Encoding.UTF8.GetBytes(value, _buffer)));
    }

    /// <summary>Text as UTF-8.</summary>
    public SqliteStatement Bind(ReadOnlySpan<byte> utf8)
    {
        // An empty span has no address, which SQLite takes for null.
        Check(_database, utf8.IsEmpty
            ? sqlite3_bind_text(_statement, _next++, "")
            : sqlite3_bind_text(_statement, _next++, utf8));
        return this;
    }

    public SqliteStatement BindBlob(ReadOnlySpan<byte> value)
    {
        Check(_database, value.IsEmpty
            ? sqlite3_bind_zeroblob(_statement, _next++, 0)
            : sqlite3_bind_blob(_statement, _next++, value));
        return this;
    }

    public SqliteStatement BindNull()
    {
        Check(_database, sqlite3_bind_null(_statement, _next++));
        return this;
    }

    /// <summary>Executes it with the values bound since the last time.</summary>
    /// <returns>How many rows it changed.</returns>
    public int Execute()
    {
        var result = sqlite3_step(_statement);
        if (result == SQLITE_DONE)
        {
            var changes = sqlite3_changes(_database);
            Check(_database, sqlite3_reset(_statement));
            return changes;
        }

        var error = Error(_database, result);
        _ = sqlite3_reset(_statement); // gives the same error once more
        throw error;
    }

    public void Dispose() => _statement.Dispose();

    private static void Check(sqlite3 database, int result)
    {
        if (result != SQLITE_OK) throw Error(database, result);
    }

    private static SqliteException Error(sqlite3 database, int result) =>
        new($"SQLite Error {result}: '{sqlite3_errmsg(database).utf8_to_string()}'.", result, sqlite3_extended_errcode(database));
}
