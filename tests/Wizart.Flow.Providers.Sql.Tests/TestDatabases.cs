using Microsoft.Data.Sqlite;
using Npgsql;
using Wizart.Flow.TestServers;

namespace Wizart.Flow.Providers.Sql.Tests;

public sealed class SqliteFile : ITestDatabase
{
    private readonly string _folder = Directory.CreateTempSubdirectory("flow-sql").FullName;

    public string Type => "sqlite";

    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["path"] = File };

    public string File => Path.Combine(_folder, "data", "test.db");

    public Task Create() => Task.CompletedTask;

    public ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
        return default;
    }
}

public sealed class PostgresDatabase(PostgresServer server) : ITestDatabase
{
    private string _connection = "";

    public string Type => "postgres";

    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["connectionString"] = _connection };

    public async Task Create() => _connection = await server.CreateDatabase();

    public async ValueTask DisposeAsync()
    {
        if (_connection.Length == 0) return;
        await using var connection = new NpgsqlConnection(_connection);
        NpgsqlConnection.ClearPool(connection);
    }
}
