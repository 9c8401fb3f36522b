using System.Data.Common;
using System.Text;
using System.Text.Json;
using Wizart.Flow.Connections;
using Wizart.Flow.Providers.Sql.Rows;
using Wizart.Flow.Providers.Sql.Sessions;
using Wizart.Flow.Providers.Sql.Tables;
using Wizart.Flow.Values;

namespace Wizart.Flow.Providers.Sql.Dialects;

/// <summary>What differs from database to database.</summary>
internal abstract class Dialect(ConnectionSettings settings)
{
    private const int LongestSql = 2000;

    /// <summary>The connection's id.</summary>
    public string Id => settings.Id;

    /// <summary>How many rows one insert statement takes.</summary>
    public abstract int RowsPerStatement(int columns);

    public abstract DbConnection CreateConnection();

    /// <summary>Sets up a connection that was opened.</summary>
    public virtual Task Prepare(DbConnection connection, CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>Ends what runs on the connection when the token is cancelled, where the driver doesn't by itself.</summary>
    public virtual IDisposable? StopOn(DbConnection connection, CancellationToken cancellation) => null;

    /// <summary>The type of a new column.</summary>
    public abstract string ColumnType(Type type);

    /// <summary>What stands between the brackets of <c>in ()</c>.</summary>
    public abstract string EmptyList(Type element);

    /// <summary>A parameter as a value of a column.</summary>
    public abstract string Cast(string parameter, TableColumn column);

    public abstract Task<TableShape?> Describe(Session session, SqlName table);

    /// <summary>Keeps others from creating the same table until the transaction ends.</summary>
    public virtual Task LockCreation(Session session, SqlName table) => Task.CompletedTask;

    /// <summary>The fastest way to add many rows; null when that is insert statements.</summary>
    public virtual Task? Copy<T>(Session session, SqlName table, IReadOnlyList<ColumnBinding> columns, IReadOnlyCollection<T> rows)
        where T : notnull => null;

    /// <summary>The error of a driver in our words; null when it is none of a database.</summary>
    public Exception? Explain(Exception error, string? sql, CancellationToken cancellation)
    {
        if (error is RowException) return Failure(error.Message, sql, error.InnerException);
        return ExplainDriver(error, sql, cancellation);
    }

    /// <summary>An error of this connection.</summary>
    public DatabaseException Failure(
        string message,
        string? sql = null,
        Exception? inner = null,
        string? code = null,
        bool transient = false,
        int position = 0)
    {
        var text = new StringBuilder($"Connection '{Id}': {message}");
        if (sql is not null) text.Append('\n').Append(SqlExcerpt.Of(sql, position, LongestSql));
        return new DatabaseException(text.ToString(), inner) { ConnectionId = Id, Sql = sql, Code = code, IsTransient = transient };
    }

    /// <summary>A C# value as the driver takes it: enums by name, times as instants, everything that is no plain value as JSON.</summary>
    public object? ToStored(object? value) => value switch
    {
        null or string or bool or int or long or double or byte[] => value,
        Enum named => named.ToString(),
        char letter => letter.ToString(),
        Uri or Version => value.ToString(),
        DateTime { Kind: DateTimeKind.Local } local => local.ToUniversalTime(),
        _ when PlainTypes.Contains(value.GetType()) => ToStoredPlain(value),
        _ => JsonSerializer.Serialize(value, value.GetType(), ValueJson.Options),
    };

    protected abstract object ToStoredPlain(object value);

    protected abstract Exception? ExplainDriver(Exception error, string? sql, CancellationToken cancellation);
}
