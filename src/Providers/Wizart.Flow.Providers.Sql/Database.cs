using System.Linq.Expressions;
using Wizart.Flow.Connections;
using Wizart.Flow.Providers.Sql.Dialects;
using Wizart.Flow.Providers.Sql.Sessions;
using Wizart.Flow.Providers.Sql.Statements;
using Wizart.Flow.Providers.Sql.Tables;

namespace Wizart.Flow.Providers.Sql;

/// <summary>
/// A database behind a connection of type <c>sqlite</c> or <c>postgres</c>. SQL is written as interpolated strings, and every
/// value in one becomes a parameter: <c>$"select … where country = {country} and id in ({ids})"</c>. Columns and members meet
/// by name, <c>country_code</c> and <c>CountryCode</c> being one. Each call takes a connection from the pool and gives it
/// back; calls end with the attempt. What goes wrong is a <see cref="DatabaseException"/>.
/// </summary>
public sealed class Database
{
    private readonly Dialect _dialect;
    private readonly CancellationToken _cancellation;
    private readonly Session? _session;

    /// <summary>A client; nothing is opened yet.</summary>
    /// <exception cref="ConnectionException">A setting is missing or can't be read.</exception>
    public Database(ConnectionSettings settings, ConnectionScope scope)
    {
        _cancellation = scope.Cancellation;
        _dialect = settings.Type switch
        {
            "sqlite" => new Sqlite(settings),
            "postgres" => new Postgres(settings),
            _ => throw new ConnectionException($"Connection '{settings.Id}' is of type '{settings.Type}'; a database is 'sqlite' or 'postgres'."),
        };
    }

    private Database(Session session)
    {
        _session = session;
        _dialect = session.Dialect;
        _cancellation = session.Cancellation;
    }

    /// <summary>A table's or column's name as a part of SQL: checked and quoted, not a parameter.</summary>
    /// <exception cref="ArgumentException">It is no name.</exception>
    public static SqlName Name(string name) => new(name);

    /// <summary>All rows, as records, classes, tuples, plain values, or <c>Dictionary&lt;string, object?&gt;</c>.</summary>
    public Task<T[]> Query<T>(FormattableString sql) => With(async session => (await session.Query<T>(Build(sql))).ToArray());

    /// <summary>The only row.</summary>
    /// <exception cref="DatabaseException">There is none, or there are several.</exception>
    public Task<T> Single<T>(FormattableString sql) => With(async session =>
    {
        var statement = Build(sql);
        var rows = await session.Query<T>(statement, atMost: 2);
        return rows.Count == 1
            ? rows[0]
            : throw _dialect.Failure($"one row was asked for, and there {(rows.Count == 0 ? "is none" : "are several")}.", statement.Sql);
    });

    /// <summary>
    /// The one value of the first row; null when there is no row or the value is null.
    /// </summary>
    /// <exception cref="DatabaseException">There is no value, and <typeparamref name="T"/> is a value type that is not nullable.</exception>
    public Task<T?> Scalar<T>(FormattableString sql) => With<T?>(async session =>
    {
        var statement = Build(sql);
        var rows = await session.Query<T>(statement, atMost: 1);
        if (rows.Count > 0) return rows[0];
        return default(T) is null
            ? default
            : throw _dialect.Failure(
                $"a value was asked for, and there is no row. Ask for {Model.TypeModel.Of(typeof(T)).Name}? instead.",
                statement.Sql);
    });

    /// <summary>Executes a statement.</summary>
    /// <returns>How many rows it affected; -1 where that means nothing.</returns>
    public Task<int> Execute(FormattableString sql) => With(session => session.Execute(Build(sql)));

    /// <summary>
    /// Adds rows whose key is new and replaces the others, all or nothing. A table that does not exist is created with the key
    /// as its primary key. The columns are the public properties, in snake_case (or named by <c>[Column]</c>, or left out by
    /// <c>[NotMapped]</c>).
    /// </summary>
    /// <param name="table">The table, <c>name</c> or <c>schema.name</c>.</param>
    /// <param name="rows">The rows; two of the same key are an error.</param>
    /// <param name="key">The properties that say which row is which; the table needs a unique index on exactly these.</param>
    /// <returns>How many rows were written.</returns>
    public Task<int> Upsert<T>(string table, IReadOnlyCollection<T> rows, Expression<Func<T, object?>> key)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(rows);
        var name = new SqlName(table);
        var columns = RowColumn.Of(typeof(T));
        var rowKey = RowKey.Of(key, columns);
        return With(session => session.InTransaction(() => new TableWriter(session, name).Upsert(rows, columns, rowKey)));
    }

    /// <summary>Adds rows the fastest way the database has, all or nothing. A table that does not exist is created, without a key.</summary>
    /// <param name="table">The table, <c>name</c> or <c>schema.name</c>.</param>
    /// <param name="rows">The rows; columns are named as for <see cref="Upsert"/>.</param>
    /// <returns>How many rows were added.</returns>
    public Task<int> BulkInsert<T>(string table, IReadOnlyCollection<T> rows)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(rows);
        var name = new SqlName(table);
        var columns = RowColumn.Of(typeof(T));
        return With(session => session.InTransaction(() => new TableWriter(session, name).Insert(rows, columns)));
    }

    /// <summary>
    /// Does all or nothing of the work. The work must use the database it is given; a transaction inside of one is a part of it.
    /// </summary>
    public Task<T> Transaction<T>(Func<Database, Task<T>> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return With(session => session.InTransaction(() => work(new Database(session))));
    }

    /// <inheritdoc cref="Transaction{T}"/>
    public Task Transaction(Func<Database, Task> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return Transaction(async database =>
        {
            await work(database);
            return true;
        });
    }

    private Statement Build(FormattableString sql) => StatementBuilder.Build(sql, _dialect);

    private async Task<T> With<T>(Func<Session, Task<T>> work)
    {
        if (_session is not null) return await work(_session);
        await using var session = await Session.Open(_dialect, _cancellation);
        return await work(session);
    }
}
