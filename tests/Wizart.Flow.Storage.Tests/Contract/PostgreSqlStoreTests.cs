using Npgsql;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.TestServers;

namespace Wizart.Flow.Storage.Tests.Contract;

public sealed class PostgreSqlStoreTests(PostgresServer server) : StoreContract
{
    private static readonly SemaphoreSlim Making = new(1, 1);
    private static string? _database;

    protected override async Task<(IFlowStore, IFlowQueries, IRetention)> OpenAsync()
    {
        var connectionString = await EmptyDatabaseAsync();
        return FlowStores.Create(
            new StorageOptions { Provider = StorageProvider.PostgreSql, ConnectionString = connectionString }, TimeProvider.System);
    }

    /// <summary>One database for the tests of this class, which run one after the other; emptied before each.</summary>
    private async Task<string> EmptyDatabaseAsync()
    {
        await Making.WaitAsync(Cancellation);
        try
        {
            if (_database is null)
            {
                _database = await server.CreateDatabase();
                return _database;
            }

            await using var connection = new NpgsqlConnection(_database);
            await connection.OpenAsync(Cancellation);
            const string truncate =
                """
                do $$ begin execute (select 'truncate ' || string_agg(format('%I', tablename), ', ') || ' restart identity cascade'
                    from pg_tables where schemaname = 'public' and tablename not like '\_\_%'); end $$
                """;
            await using var command = new NpgsqlCommand(truncate, connection);
            await command.ExecuteNonQueryAsync(Cancellation);
            return _database;
        }
        finally
        {
            Making.Release();
        }
    }
}
