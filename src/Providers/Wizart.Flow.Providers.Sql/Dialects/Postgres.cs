using System.Data.Common;
using System.Globalization;
using System.Net.Sockets;
using Npgsql;
using Wizart.Flow.Connections;
using Wizart.Flow.Providers.Sql.Sessions;
using Wizart.Flow.Providers.Sql.Statements;
using Wizart.Flow.Providers.Sql.Tables;

namespace Wizart.Flow.Providers.Sql.Dialects;

/// <summary>PostgreSQL, with UTC as the session's zone and no limit of time but the attempt's.</summary>
internal sealed class Postgres(ConnectionSettings settings) : Dialect(settings)
{
    private readonly NpgsqlConnectionStringBuilder _connection = Read(settings);

    // The protocol counts parameters with 16 bits, and much longer statements are no faster.
    public override int RowsPerStatement(int columns) => Math.Clamp(10_000 / columns, 1, 1_000);

    public override DbConnection CreateConnection() => new NpgsqlConnection(_connection.ConnectionString);

    public override string ColumnType(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type.IsEnum ? "text" : Types.GetValueOrDefault(type, "jsonb");
    }

    public override string EmptyList(Type element) => $"select null::{ColumnType(element)} where false";

    // Text turns into jsonb, uuid, enums… only when asked to. The type has no length (-1 above), so that nothing is cut silently.
    public override string Cast(string parameter, TableColumn column) => $"{parameter}::{column.Type}";

    public override async Task<TableShape?> Describe(Session session, SqlName table)
    {
        object?[] place = [table.ToString()];
        var columns = await session.Query<(string Name, string Type)>(new Statement(
            """
            select attname::text, format_type(atttypid, -1) from pg_attribute
            where attrelid = to_regclass(@1) and attnum > 0 and not attisdropped order by attnum
            """,
            place));
        if (columns.Count == 0) return null;

        // Partial, deferrable and expression indexes are of no use to 'on conflict (columns)'.
        var indexed = await session.Query<(long Index, string Column)>(new Statement(
            """
            select i.indexrelid::bigint, a.attname::text
            from pg_index i
            join lateral generate_series(0, i.indnkeyatts - 1) k on true
            join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[k]
            where i.indrelid = to_regclass(@1) and i.indisunique and i.indisvalid and i.indimmediate
                and i.indpred is null and i.indexprs is null
            """,
            place));
        var keys = indexed.GroupBy(c => c.Index, c => c.Column).Select(key => (IReadOnlySet<string>)key.ToHashSet());
        return new TableShape([.. columns.Select(c => new TableColumn(c.Name, c.Type))], [.. keys]);
    }

    // Two that create the same table at once fail even with 'if not exists'.
    public override Task LockCreation(Session session, SqlName table) =>
        session.Execute(new Statement("select pg_advisory_xact_lock(hashtext(@1))", [$"create table {table}"]));

    public override Task Copy<T>(Session session, SqlName table, IReadOnlyList<ColumnBinding> columns, IReadOnlyCollection<T> rows) =>
        new PostgresCopy(session, table, columns).Write(rows);

    protected override object ToStoredPlain(object value) => value switch
    {
        DateTimeOffset instant => instant.ToUniversalTime(),
        ulong number => (decimal)number,
        uint number => (long)number,
        ushort number => (int)number,
        byte number => (short)number,
        sbyte number => (short)number,
        _ => value,
    };

    protected override Exception? ExplainDriver(Exception error, string? sql, CancellationToken cancellation) => error switch
    {
        PostgresException refused => Failure(
            $"{Sentence(refused.MessageText)} ({refused.SqlState}){(refused.Hint is { } hint ? $" {Sentence(hint)}." : ".")}{Advice(refused)}",
            sql,
            refused,
            refused.SqlState,
            refused.IsTransient,
            IsOneStatement(sql) ? refused.Position : 0),
        NpgsqlException broken when broken.InnerException is OperationCanceledException && cancellation.IsCancellationRequested =>
            new OperationCanceledException(broken.Message, broken, cancellation),
        NpgsqlException { InnerException: SocketException socket } => Failure(
            $"PostgreSQL at {_connection.Host}:{_connection.Port} can't be reached ({socket.Message}). Check 'host' and 'port', and that it runs.",
            sql,
            error,
            transient: true),
        NpgsqlException broken => Failure($"{Sentence(broken.Message)}.", sql, broken, transient: broken.IsTransient),

        // The driver's way to say that a value is not of the column's or parameter's type.
        InvalidCastException or ArgumentException or OverflowException when sql is not null => Failure($"{Sentence(error.Message)}.", sql, error),
        TimeoutException => Failure($"PostgreSQL at {_connection.Host}:{_connection.Port} did not answer in time.", sql, error, transient: true),
        _ => null,
    };

    private string Advice(PostgresException refused) => refused.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            $" Check 'username' and 'password' of connection '{Id}'.",
        PostgresErrorCodes.InvalidCatalogName => $" Check 'database' of connection '{Id}'.",
        PostgresErrorCodes.TooManyConnections => " Too many clients are connected; raise max_connections, or run fewer tasks at once (a pool).",
        _ => "",
    };

    // The place is counted in the one statement of several that failed.
    private static bool IsOneStatement(string? sql) => sql?.TrimEnd(' ', '\n', ';').Contains(';', StringComparison.Ordinal) == false;

    private static string Sentence(string text) => text.TrimEnd('.', ' ');

    private static NpgsqlConnectionStringBuilder Read(ConnectionSettings settings)
    {
        NpgsqlConnectionStringBuilder connection;
        if (settings.Find("connectionString") is { } text)
        {
            try
            {
                connection = new NpgsqlConnectionStringBuilder(text);
            }
            catch (Exception error) when (error is ArgumentException or FormatException or InvalidCastException or OverflowException)
            {
                // The driver's message can hold pieces of the password.
                throw new ConnectionException(
                    $"Connection '{settings.Id}' ({settings.Type}): 'connectionString' can't be read. "
                    + "It looks like 'Host=db;Port=5432;Database=shop;Username=flow;Password=…'.");
            }
        }
        else
        {
            connection = new NpgsqlConnectionStringBuilder
            {
                Host = settings.Require("host"),
                Database = settings.Require("database"),
                Username = settings.Require("username"),
                Password = settings.Find("password"),
            };
            if (settings.Find("port") is { } port)
            {
                connection.Port = int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 65536
                    ? number
                    : throw new ConnectionException(
                        $"Connection '{settings.Id}' ({settings.Type}): 'port' is '{port}', which is no number from 1 to 65535.");
            }
        }

        if (connection.ApplicationName is null) connection.ApplicationName = "Wizart.Flow";
        if (!connection.ContainsKey("Command Timeout")) connection.CommandTimeout = 0;
        connection.Timezone = "UTC";
        return connection;
    }

    private static readonly Dictionary<Type, string> Types = new()
    {
        [typeof(string)] = "text",
        [typeof(char)] = "text",
        [typeof(Uri)] = "text",
        [typeof(Version)] = "text",
        [typeof(bool)] = "boolean",
        [typeof(byte)] = "smallint",
        [typeof(sbyte)] = "smallint",
        [typeof(short)] = "smallint",
        [typeof(ushort)] = "integer",
        [typeof(int)] = "integer",
        [typeof(uint)] = "bigint",
        [typeof(long)] = "bigint",
        [typeof(ulong)] = "numeric",
        [typeof(decimal)] = "numeric",
        [typeof(float)] = "real",
        [typeof(double)] = "double precision",
        [typeof(DateTime)] = "timestamp",
        [typeof(DateTimeOffset)] = "timestamptz",
        [typeof(DateOnly)] = "date",
        [typeof(TimeOnly)] = "time",
        [typeof(TimeSpan)] = "interval",
        [typeof(Guid)] = "uuid",
        [typeof(byte[])] = "bytea",
    };
}
