using Npgsql;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Storage.PostgreSql;
using Wizart.Flow.TestServers;

namespace Wizart.Flow.Storage.Tests.PostgreSql;

/// <summary>What happens when the server, the way to it or the database is not as it should be.</summary>
public sealed class PostgreSqlTrouble(PostgresServer server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_that_is_not_there_is_named_with_host_and_port()
    {
        await using var store = Create("Host=127.0.0.1;Port=1;Username=flow;Database=flow;Timeout=5");
        var error = await Assert.ThrowsAsync<StoreException>(() => store.InitializeAsync(Cancellation));
        Assert.Contains("127.0.0.1:1", error.Message, StringComparison.Ordinal);
        Assert.True(error.IsTransient);
        error = await Assert.ThrowsAsync<StoreException>(async () => await store.BeginAsync(Cancellation));
        Assert.Contains("127.0.0.1:1", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StoreException>(async () => await store.LoadRunAsync(1, Cancellation));
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_told_with_how_to_make_it()
    {
        var there = await server.CreateDatabase();
        await using var store = Create(new NpgsqlConnectionStringBuilder(there) { Database = "nowhere" }.ConnectionString);
        var error = await Assert.ThrowsAsync<StoreException>(() => store.InitializeAsync(Cancellation));
        Assert.Contains("createdb", error.Message, StringComparison.Ordinal);
        Assert.False(error.IsTransient);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    [InlineData("Hostess=db")]
    public void A_connection_string_that_is_missing_or_wrong_is_told(string? connectionString)
    {
        var error = Assert.Throws<StoreException>(() => FlowStores.Create(
            new StorageOptions { Provider = StorageProvider.PostgreSql, ConnectionString = connectionString }, TimeProvider.System));
        Assert.Contains("connection string", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_without_rights_is_told()
    {
        var database = await server.CreateDatabase();
        var user = $"guest_{Guid.NewGuid():N}";
        await ExecuteAsync(database, $"create role {user} login");
        await using var store = Create(new NpgsqlConnectionStringBuilder(database) { Username = user }.ConnectionString);
        var error = await Assert.ThrowsAsync<StoreException>(() => store.InitializeAsync(Cancellation));
        Assert.Contains(user, error.Message, StringComparison.Ordinal);
        Assert.False(error.IsTransient);
    }

    [Fact]
    public async Task A_database_newer_than_the_program_is_refused()
    {
        var database = await server.CreateDatabase();
        await using (var first = Create(database)) await first.InitializeAsync(Cancellation);
        await ExecuteAsync(database, "insert into \"__EFMigrationsHistory\" values ('29990101000000_FromTheFuture', '99.0')");

        await using var store = Create(database);
        var error = await Assert.ThrowsAsync<StoreException>(() => store.InitializeAsync(Cancellation));
        Assert.Contains("newer than this program", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_connection_costs_the_transaction_and_nothing_else()
    {
        var database = await server.CreateDatabase();
        await using var store = Create(database);
        await store.InitializeAsync(Cancellation);
        await using (var transaction = await store.BeginAsync(Cancellation))
        {
            await transaction.SaveVariableAsync("lost", "1");
            await ExecuteAsync(
                database, "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");
            var error = await Assert.ThrowsAsync<StoreException>(async () => await transaction.CommitAsync());
            Assert.True(error.IsTransient);
        }

        await using (var transaction = await store.BeginAsync(Cancellation))
        {
            await transaction.SaveVariableAsync("kept", "1");
            await transaction.CommitAsync();
        }

        Assert.Equal(["kept"], (await store.LoadVariablesAsync(["lost", "kept"], Cancellation)).Keys);
    }

    private static PostgreSqlFlowStore Create(string connectionString) =>
        new(new StorageOptions { Provider = StorageProvider.PostgreSql, ConnectionString = connectionString });

    private static async Task ExecuteAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
