using Microsoft.Data.Sqlite;
using Wizart.Flow.Engine.Storage;

namespace Wizart.Flow.Storage.Sqlite;

/// <summary>Where the database is and how connections to it are opened.</summary>
internal sealed class SqliteFile
{
    private readonly StorageOptions _options;
    private readonly string _reading;

    public SqliteFile(StorageOptions options)
    {
        _options = options;
        var given = new SqliteConnectionStringBuilder(options.ConnectionString ?? "");
        Path = System.IO.Path.GetFullPath(given.DataSource.Length > 0 ? given.DataSource : options.Path);
        _reading = new SqliteConnectionStringBuilder { DataSource = Path, Mode = SqliteOpenMode.ReadOnly }.ConnectionString;
    }

    public string Path { get; }

    public void CreateFolder()
    {
        var folder = System.IO.Path.GetDirectoryName(Path)!;
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"The folder '{folder}' for the database can't be made: {error.Message} Name another file.", error);
        }
    }

    /// <summary>The file is made when it is not there.</summary>
    public SqliteConnection OpenForWriting()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path, Pooling = false }.ConnectionString);
        try
        {
            connection.Open();
            Execute(connection, $"pragma busy_timeout = {(long)_options.BusyTimeout.TotalMilliseconds}");
            connection.DefaultTimeout = Math.Max(1, (int)_options.BusyTimeout.TotalSeconds);
            Execute(connection, "pragma journal_mode = wal");
            Execute(connection, $"pragma synchronous = {(_options.Synchronous == SqliteSynchronous.Full ? "full" : "normal")}");
            Execute(connection, "pragma foreign_keys = on");
            Execute(connection, "pragma cache_size = -16000"); // 16 MB
            Execute(connection, "pragma wal_autocheckpoint = 4000"); // pages: fewer waits for the disk, a log of 16 MB
            Execute(connection, "pragma journal_size_limit = 67108864"); // a log that a long read made grow is cut again
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public async ValueTask<SqliteConnection> OpenForReadingAsync(CancellationToken cancellation)
    {
        var connection = new SqliteConnection(_reading) { DefaultTimeout = Math.Max(1, (int)_options.BusyTimeout.TotalSeconds) };
        try
        {
            await connection.OpenAsync(cancellation);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Closes the readers that wait in the pool.</summary>
    public void CloseReaders()
    {
        using var connection = new SqliteConnection(_reading);
        SqliteConnection.ClearPool(connection);
    }

    private static void Execute(SqliteConnection connection, string pragma)
    {
        using var command = connection.CreateCommand();
        command.CommandText = pragma;
        command.ExecuteNonQuery();
    }
}
