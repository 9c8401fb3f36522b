namespace Wizart.Flow.Providers.Sql;

/// <summary>
/// What a database refused or could not do, or what could not be read from it. Neither passwords nor the values of the
/// statement are in it.
/// </summary>
public sealed class DatabaseException : Exception
{
    internal DatabaseException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>The connection's id.</summary>
    public required string ConnectionId { get; init; }

    /// <summary>The statement, with parameters in the place of values; null when it was not about a statement.</summary>
    public string? Sql { get; init; }

    /// <summary>The server's code: PostgreSQL's SQLSTATE, SQLite's result code.</summary>
    public string? Code { get; init; }

    /// <summary>Whether the same might work a little later: a lock, a deadlock, a server that is not there yet.</summary>
    public bool IsTransient { get; init; }
}
