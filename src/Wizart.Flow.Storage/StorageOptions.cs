namespace Wizart.Flow.Storage;

/// <summary>The kinds of database.</summary>
public enum StorageProvider
{
    /// <summary>A file on this machine; for one daemon.</summary>
    Sqlite,

    /// <summary>A PostgreSQL server; for one or more daemons.</summary>
    PostgreSql,
}

/// <summary>When SQLite waits for the disk.</summary>
public enum SqliteSynchronous
{
    /// <summary>
    /// Commits survive a crash of the daemon; the newest may be lost when the machine loses power, the file stays sound.
    /// </summary>
    Normal,

    /// <summary>Every commit waits for the disk and survives a loss of power. About six times slower.</summary>
    Full,
}

/// <summary>Which database, and where.</summary>
public sealed record StorageOptions
{
    /// <summary>The kind of database. Default: SQLite.</summary>
    public StorageProvider Provider { get; init; }

    /// <summary>The SQLite file; its folder is created. Default <c>.flow/flow.db</c>. Not used with PostgreSQL.</summary>
    public string Path { get; init; } = ".flow/flow.db";

    /// <summary>
    /// Npgsql's connection string; required with PostgreSQL. With SQLite its <c>Data Source</c>, when set, stands in for
    /// <see cref="Path"/>.
    /// </summary>
    public string? ConnectionString { get; init; }

    /// <summary>When SQLite waits for the disk. Default: <see cref="SqliteSynchronous.Normal"/>.</summary>
    public SqliteSynchronous Synchronous { get; init; }

    /// <summary>How long SQLite waits for another program that has the file locked. Default 5 s.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(5);
}
