using System.Data.Common;
using System.Globalization;
using Wizart.Flow.Providers.Sql.Dialects;
using Wizart.Flow.Providers.Sql.Rows;
using Wizart.Flow.Providers.Sql.Statements;

namespace Wizart.Flow.Providers.Sql.Sessions;

/// <summary>One open connection, and the transaction on it if there is one.</summary>
internal sealed class Session : IAsyncDisposable
{
    private DbTransaction? _transaction;

    private Session(Dialect dialect, DbConnection connection, CancellationToken cancellation) =>
        (Dialect, Connection, Cancellation) = (dialect, connection, cancellation);

    public Dialect Dialect { get; }

    public DbConnection Connection { get; }

    public CancellationToken Cancellation { get; }

    public static async Task<Session> Open(Dialect dialect, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var connection = dialect.CreateConnection();
        try
        {
            await connection.OpenAsync(cancellation);
            await dialect.Prepare(connection, cancellation);
            return new Session(dialect, connection, cancellation);
        }
        catch (Exception error)
        {
            await connection.DisposeAsync();
            if (dialect.Explain(error, null, cancellation) is { } explained) throw explained;
            throw;
        }
    }

    /// <summary>Does all or nothing of the work; inside of a transaction it is a part of that.</summary>
    public async Task<T> InTransaction<T>(Func<Task<T>> work)
    {
        if (_transaction is not null) return await work();
        _transaction = await Guard("begin", async () => await Connection.BeginTransactionAsync(Cancellation));
        try
        {
            var result = await work();
            await Guard("commit", async () =>
            {
                await _transaction.CommitAsync(Cancellation);
                return true;
            });
            return result;
        }
        finally
        {
            await _transaction.DisposeAsync(); // rolls back what was not committed
            _transaction = null;
        }
    }

    public Task<int> Execute(Statement statement) => Run(statement, command => command.ExecuteNonQueryAsync(Cancellation));

    public Task<List<T>> Query<T>(Statement statement, int atMost = int.MaxValue) => Run(statement, async command =>
    {
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        var rows = new List<T>();
        var row = new RowReader<T>(reader);
        while (rows.Count < atMost && await reader.ReadAsync(Cancellation)) rows.Add(row.Read());
        return rows;
    });

    public DbCommand CreateCommand(string sql, int parameters)
    {
        var command = Connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = _transaction;
        for (var i = 1; i <= parameters; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = "@" + i.ToString(CultureInfo.InvariantCulture);
            command.Parameters.Add(parameter);
        }

        return command;
    }

    /// <summary>Runs work on the connection; what goes wrong is told in terms of the statement.</summary>
    public async Task<T> Guard<T>(string sql, Func<Task<T>> work)
    {
        using var stopping = Dialect.StopOn(Connection, Cancellation);
        try
        {
            return await work();
        }
        catch (Exception error) when (Dialect.Explain(error, sql, Cancellation) is { } explained)
        {
            throw explained;
        }
    }

    public ValueTask DisposeAsync() => Connection.DisposeAsync();

    private Task<T> Run<T>(Statement statement, Func<DbCommand, Task<T>> run) => Guard(statement.Sql, async () =>
    {
        await using var command = CreateCommand(statement.Sql, statement.Values.Count);
        for (var i = 0; i < statement.Values.Count; i++) command.Parameters[i].Value = statement.Values[i] ?? DBNull.Value;
        return await run(command);
    });
}
