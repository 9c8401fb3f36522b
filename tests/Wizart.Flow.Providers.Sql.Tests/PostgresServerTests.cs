using Npgsql;
using Wizart.Flow.TestServers;

namespace Wizart.Flow.Providers.Sql.Tests;

public class PostgresServerTests(PostgresServer server)
{
    [Fact]
    public async Task Each_database_is_new_and_empty()
    {
        var first = await server.CreateDatabase();
        var second = await server.CreateDatabase();
        Assert.NotEqual(first, second);

        await using var connection = new NpgsqlConnection(first);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("select count(*) from pg_tables where schemaname = 'public'", connection);
        Assert.Equal(0L, await command.ExecuteScalarAsync());
    }
}
