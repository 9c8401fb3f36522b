using System.Data.Common;
using Microsoft.Data.Sqlite;
using Wizart.Flow.Connections;
using Wizart.Flow.Providers.Sql.Sessions;
using Wizart.Flow.Providers.Sql.Statements;
using Wizart.Flow.Providers.Sql.Tables;
using static SQLitePCL.raw;

namespace Wizart.Flow.Providers.Sql.Dialects;

/// <summary>SQLite files: write-ahead log, foreign keys on, up to ten seconds of waiting for another writer.</summary>
internal sealed class Sqlite : Dialect
{
    private const int BusySeconds = 10;
    private readonly SqliteConnectionStringBuilder _connection;

    public Sqlite(ConnectionSettings settings)
        : base(settings)
    {
        _connection = Read(settings);
        if (_connection.DataSource.Length == 0 || _connection.DataSource == ":memory:")
        {
            throw new ConnectionException(
                $"Connection '{settings.Id}' ({settings.Type}) names no file, and a database in memory is gone after every statement. "
                + "Give the path of a file.");
        }

        if (_connection.Mode != SqliteOpenMode.Memory && !_connection.DataSource.StartsWith("file:", StringComparison.Ordinal))
            _connection.DataSource = Path.GetFullPath(_connection.DataSource);
    }

    // One row is fastest: the prepared statement is run again.
    public override int RowsPerStatement(int columns) => 1;

    public override DbConnection CreateConnection()
    {
        if (_connection.Mode == SqliteOpenMode.ReadWriteCreate && Path.GetDirectoryName(_connection.DataSource) is { Length: > 0 } folder)
            Directory.CreateDirectory(folder);
        return new SqliteConnection(_connection.ConnectionString);
    }

    public override async Task Prepare(DbConnection connection, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"pragma busy_timeout = {BusySeconds * 1000};"
            + (_connection.Mode == SqliteOpenMode.ReadOnly ? "" : "pragma journal_mode = wal;");
        await command.ExecuteNonQueryAsync(cancellation);
    }

    public override IDisposable? StopOn(DbConnection connection, CancellationToken cancellation) =>
        cancellation.CanBeCanceled ? cancellation.Register(() => sqlite3_interrupt(((SqliteConnection)connection).Handle)) : null;

    public override string ColumnType(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(byte[])) return "blob";

        // Real keeps 15 digits, and divides as decimals do; sums over text would go through real anyway.
        if (type == typeof(double) || type == typeof(float) || type == typeof(decimal)) return "real";
        return type.IsPrimitive && type != typeof(char) ? "integer" : "text";
    }

    public override string EmptyList(Type element) => "select null where false";

    public override string Cast(string parameter, TableColumn column) => parameter;

    public override async Task<TableShape?> Describe(Session session, SqlName table)
    {
        object?[] place = [table.Last, table.Schema ?? "main"];
        var columns = await session.Query<(string Name, string Type, int Key)>(
            new Statement("select name, type, pk from pragma_table_info(@1, @2)", place));
        if (columns.Count == 0) return null;

        var indexed = await session.Query<(string Index, string? Column)>(new Statement(
            """
            select i.name, c.name from pragma_index_list(@1, @2) i, pragma_index_info(i.name, @2) c
            where i."unique" and not i.partial
            """,
            place));
        var keys = indexed.GroupBy(c => c.Index, c => c.Column)
            .Where(key => !key.Contains(null))
            .Select(key => (IReadOnlySet<string>)key.ToHashSet()!)
            .Append(columns.Where(c => c.Key > 0).Select(c => c.Name).ToHashSet());
        return new TableShape([.. columns.Select(c => new TableColumn(c.Name, c.Type))], [.. keys]);
    }

    protected override object ToStoredPlain(object value) => value switch
    {
        // Whole seconds and fractions sort as text too, and all offsets are the same.
        DateTimeOffset instant => instant.ToUniversalTime(),
        decimal number => (double)number,
        float number => (double)number,
        ulong number => number <= long.MaxValue ? (long)number : throw new ArgumentException($"{number} is larger than SQLite's integers."),
        _ => value,
    };

    protected override Exception? ExplainDriver(Exception error, string? sql, CancellationToken cancellation)
    {
        if (error is not SqliteException sqlite) return null;
        if (sqlite.SqliteErrorCode == SQLITE_INTERRUPT && cancellation.IsCancellationRequested)
            return new OperationCanceledException(sqlite.Message, sqlite, cancellation);

        // The message reads: SQLite Error 1: 'no such table: x'.
        var (from, to) = (sqlite.Message.IndexOf('\'', StringComparison.Ordinal) + 1, sqlite.Message.LastIndexOf('\''));
        var message = to > from ? sqlite.Message[from..to] : sqlite.Message;
        var file = _connection.DataSource;
        var what = sqlite.SqliteErrorCode switch
        {
            SQLITE_CANTOPEN => $"the file {file} can't be opened. Check 'path', and that this user may read and write it and its folder.",
            SQLITE_NOTADB => $"the file {file} is no SQLite database.",
            SQLITE_CORRUPT => $"the file {file} is damaged ({message}). Restore it from a backup.",
            SQLITE_BUSY or SQLITE_LOCKED => $"the file {file} was locked by another writer for more than {BusySeconds} s.",
            SQLITE_READONLY => $"the file {file} can't be written ({message}).",
            SQLITE_FULL => $"the disk that holds {file} is full.",
            _ => message + ".",
        };
        var transient = sqlite.SqliteErrorCode is SQLITE_BUSY or SQLITE_LOCKED;
        return Failure(what, sql, sqlite, sqlite.SqliteExtendedErrorCode.ToString(System.Globalization.CultureInfo.InvariantCulture), transient);
    }

    private static SqliteConnectionStringBuilder Read(ConnectionSettings settings)
    {
        if (settings.Find("connectionString") is { } text)
        {
            try
            {
                return With(new SqliteConnectionStringBuilder(text));
            }
            catch (ArgumentException)
            {
                // The driver's message can hold pieces of the password.
                throw new ConnectionException(
                    $"Connection '{settings.Id}' ({settings.Type}): 'connectionString' can't be read. It looks like 'Data Source=data/shop.db'.");
            }
        }

        if (settings.Find("path") is not { } path)
        {
            throw new ConnectionException(
                $"Connection '{settings.Id}' ({settings.Type}) has neither 'path' nor 'connectionString'. Add one to its settings.");
        }

        return With(new SqliteConnectionStringBuilder { DataSource = path });
    }

    private static SqliteConnectionStringBuilder With(SqliteConnectionStringBuilder connection)
    {
        connection.ForeignKeys ??= true;
        connection.DefaultTimeout = BusySeconds; // how long the driver itself tries again
        return connection;
    }
}
