using System.Net.Sockets;
using Npgsql;
using Wizart.Flow.Engine.Storage;

namespace Wizart.Flow.Storage.PostgreSql;

/// <summary>What PostgreSQL's errors mean to a person.</summary>
internal static class PostgreSqlErrors
{
    /// <summary>Null for an error that only a bug of ours can cause.</summary>
    public static StoreException? Explain(Exception error, NpgsqlConnectionStringBuilder server) => error switch
    {
        PostgresException answer => Explain(answer, server),
        NpgsqlException { InnerException: SocketException refused } => new StoreException(
            $"PostgreSQL at {At(server)} can't be reached ({refused.Message}). Check that it runs and that host and port are right.", error)
        { IsTransient = true },
        NpgsqlException or IOException or SocketException => new StoreException(
            $"The connection to PostgreSQL at {At(server)} failed: {Sentence(error)} What was not committed is not stored.", error)
        { IsTransient = true },
        _ => null,
    };

    private static StoreException? Explain(PostgresException answer, NpgsqlConnectionStringBuilder server) => answer.SqlState switch
    {
        PostgresErrorCodes.InvalidCatalogName => new StoreException(
            $"PostgreSQL at {At(server)} has no database '{server.Database}'. Make it: " +
            $"createdb -h {server.Host} -p {server.Port} -O {server.Username} {server.Database}", answer),
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => new StoreException(
            $"PostgreSQL at {At(server)} does not let '{server.Username}' in: {answer.MessageText}. Check user and password.", answer),
        PostgresErrorCodes.InsufficientPrivilege => new StoreException(
            $"PostgreSQL user '{server.Username}' lacks a right in '{server.Database}' at {At(server)}: {answer.MessageText}. " +
            "It must own the database, or be granted CREATE on its schema.", answer),
        PostgresErrorCodes.DiskFull => new StoreException(
            $"The disk of PostgreSQL at {At(server)} is full. Free some space; the last change was not stored.", answer)
        { IsTransient = true },
        PostgresErrorCodes.TooManyConnections => new StoreException(
            $"PostgreSQL at {At(server)} has no connection left. Raise its max_connections, or set 'Maximum Pool Size' lower.", answer)
        { IsTransient = true },
        PostgresErrorCodes.ReadOnlySqlTransaction => new StoreException(
            $"PostgreSQL at {At(server)} is a standby and can't be written. Name the primary.", answer)
        { IsTransient = true },
        PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted => new StoreException(
            $"The database '{server.Database}' at {At(server)} is damaged: {answer.MessageText}. Restore a backup.", answer),
        _ when answer.IsTransient || answer.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.QueryCanceled =>
            new StoreException($"PostgreSQL at {At(server)} could not do it now: {answer.MessageText}.", answer) { IsTransient = true },
        _ => null,
    };

    private static string At(NpgsqlConnectionStringBuilder server) => $"{server.Host}:{server.Port}";

    private static string Sentence(Exception error)
    {
        var message = (error.InnerException ?? error).Message.TrimEnd();
        return message.EndsWith('.') ? message : message + ".";
    }
}
