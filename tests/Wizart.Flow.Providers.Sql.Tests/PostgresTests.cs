using System.Net;
using System.Net.Sockets;
using Npgsql;
using Wizart.Flow.Connections;
using Wizart.Flow.TestServers;

namespace Wizart.Flow.Providers.Sql.Tests;

public class PostgresTests(PostgresServer server) : DatabaseContract(new PostgresDatabase(server))
{
    [Fact]
    public async Task An_error_marks_its_place()
    {
        var error = await Assert.ThrowsAsync<DatabaseException>(() => Db.Query<int>($"select 1\nfrom pg_class\nwhere relname = {"a"} and relnam = {"b"}"));
        Assert.Equal("42703", error.Code);
        Assert.Contains("column \"relnam\" does not exist (42703)", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("  where relname = @1 and relnam = @2\n                         ^", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_query_without_end_ends_with_its_attempt()
    {
        using var attempt = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        var running = Connect(attempt.Token).Scalar<string>($"select pg_sleep(600)::text");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task Columns_of_its_own_types_take_text()
    {
        await Db.Execute($"create type mood as enum ('sad', 'happy')");
        await Db.Execute($"create table people (id integer primary key, mood mood, doc jsonb, code char(2), name varchar(3))");
        var row = new { Id = 1, Mood = "happy", Doc = new { A = 1 }, Code = "BY", Name = "abc" };
        await Db.Upsert("people", [row], key: t => t.Id);
        await Db.BulkInsert("people", [row with { Id = 2 }]);
        Assert.Equal([("happy", 1, "BY"), ("happy", 1, "BY")], await Db.Query<(string, int, string)>($"select mood::text, (doc->>'A')::int, code from people"));
        var error = await Assert.ThrowsAsync<DatabaseException>(() => Db.Query<string>($"select mood from people"));
        Assert.Contains("Select it as mood::text", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_that_is_too_long_is_not_cut()
    {
        await Db.Execute($"create table people (id integer primary key, name varchar(3))");
        await Assert.ThrowsAsync<DatabaseException>(() => Db.Upsert("people", [new { Id = 1, Name = "abcd" }], key: t => t.Id));
        await Assert.ThrowsAsync<DatabaseException>(() => Db.BulkInsert("people", [new { Id = 1, Name = "abcd" }]));
    }

    [Fact]
    public async Task A_value_that_does_not_fit_its_column_is_named_by_row_and_property()
    {
        await Db.Execute($"create table items (id smallint)");
        var error = await Assert.ThrowsAsync<DatabaseException>(() => Db.BulkInsert("items", [new { Id = 1 }, new { Id = 100_000 }]));
        Assert.Contains("Id of row 2 does not fit column \"id\", smallint", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tables_of_other_schemas_are_reached()
    {
        await Db.Execute($"create schema sales");
        await Db.Upsert("sales.items", [new { Id = 1 }], key: t => t.Id);
        Assert.Equal(1, await Db.Scalar<int>($"select id from {Sql.Database.Name("sales.items")}"));
    }

    [Fact]
    public async Task Times_of_both_kinds_go_into_columns_of_both_kinds()
    {
        await Db.Execute($"create table times (id integer primary key, a timestamp, b timestamptz)");
        var utc = new DateTime(2026, 11, 1, 6, 0, 0, DateTimeKind.Utc);
        var bare = DateTime.SpecifyKind(utc, DateTimeKind.Unspecified);
        await Db.Upsert("times", [new { Id = 1, A = utc, B = utc }], key: t => t.Id);
        await Db.Upsert("times", [new { Id = 2, A = bare, B = bare }], key: t => t.Id);
        await Db.BulkInsert("times", [new { Id = 3, A = utc, B = utc }]);
        await Db.BulkInsert("times", [new { Id = 4, A = bare, B = bare }]);
        var rows = await Db.Query<(DateTime, DateTimeOffset)>($"select a, b from times");
        Assert.All(rows, row => Assert.Equal((bare, new DateTimeOffset(utc)), row));
    }

    [Fact]
    public async Task Several_statements_can_be_executed_at_once()
    {
        await Db.Execute($"create table a (id integer); insert into a values ({1}); insert into a values ({2})");
        Assert.Equal(2, await Db.Scalar<int>($"select count(*) from a"));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_named()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        var error = await Assert.ThrowsAsync<DatabaseException>(() =>
            Database(("host", "127.0.0.1"), ("port", $"{port}"), ("database", "d"), ("username", "u"), ("password", "s3cret")).Scalar<int>($"select 1"));
        Assert.Contains($"PostgreSQL at 127.0.0.1:{port} can't be reached", error.Message, StringComparison.Ordinal);
        Assert.True(error.IsTransient);
        Assert.DoesNotContain("s3cret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_or_user_that_is_not_there_is_named()
    {
        var connection = new NpgsqlConnectionStringBuilder(Given.Settings["connectionString"]);
        (string, string)[] place = [("host", connection.Host!), ("port", $"{connection.Port}")];
        var database = await Assert.ThrowsAsync<DatabaseException>(() =>
            Database([.. place, ("database", "nowhere"), ("username", connection.Username!), ("password", connection.Password ?? "s3cret")]).Scalar<int>($"select 1"));
        Assert.Contains("database \"nowhere\" does not exist (3D000). Check 'database' of connection 'w'", database.Message, StringComparison.Ordinal);
        var user = await Assert.ThrowsAsync<DatabaseException>(() =>
            Database([.. place, ("database", connection.Database!), ("username", "nobody_here"), ("password", "s3cret")]).Scalar<int>($"select 1"));
        Assert.Contains("Check 'username' and 'password' of connection 'w'", user.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", database.ToString() + user, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("host", "", "has no 'host'")]
    [InlineData("database", "", "has no 'database'")]
    [InlineData("port", "many", "'port' is 'many'")]
    [InlineData("connectionString", "Host=a;Pa ss=s3cret", "'connectionString' can't be read")]
    public void A_wrong_setting_is_named_and_not_shown(string name, string value, string message)
    {
        (string, string)[] settings = [("host", "h"), ("database", "d"), ("username", "u")];
        var error = Assert.Throws<ConnectionException>(() => Database([.. settings.Where(s => s.Item1 != name), (name, value)]));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", error.ToString(), StringComparison.Ordinal);
    }

    private static Database Database(params (string Name, string Value)[] settings) => new(
        new ConnectionSettings("w", "postgres", settings.ToDictionary(s => s.Name, s => s.Value)),
        new ConnectionScope(TimeProvider.System, (_, _) => { }, CancellationToken.None));
}
