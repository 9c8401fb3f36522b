using Wizart.Flow.Connections;
using Wizart.Flow.TestServers;

namespace Wizart.Flow.Providers.Sql.Tests;

public class SqliteTests : DatabaseContract
{
    private readonly SqliteFile _file;

    public SqliteTests()
        : this(new SqliteFile())
    {
    }

    private SqliteTests(SqliteFile file)
        : base(file) => _file = file;

    [Fact]
    public async Task It_writes_ahead_and_checks_foreign_keys()
    {
        Assert.Equal("wal", await Db.Scalar<string>($"pragma journal_mode"));
        Assert.Equal(10_000, await Db.Scalar<int>($"pragma busy_timeout"));
        Assert.Equal(1, await Db.Scalar<int>($"pragma foreign_keys"));
    }

    [Fact]
    public async Task A_relative_path_starts_in_the_current_directory()
    {
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, _file.File);
        await Database(("path", relative)).Execute($"create table t (id integer)");
        Assert.Equal(0, await Db.Scalar<int>($"select count(*) from t"));
    }

    [Fact]
    public async Task A_connection_string_works_too()
    {
        await Db.Execute($"create table t (id integer)");
        Assert.Equal(0, await Database(("connectionString", $"Data Source={_file.File};Mode=ReadOnly")).Scalar<int>($"select count(*) from t"));
    }

    [Fact]
    public async Task A_query_without_end_ends_with_its_attempt()
    {
        await Db.Execute($"create table t (i integer)");
        using var attempt = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        var running = Task.Run(() => Connect(attempt.Token).Transaction(async db =>
        {
            await db.Execute($"insert into t values (1)");
            await db.Execute($"insert into t with recursive n(i) as (select 1 union all select i + 1 from n) select i from n where i < 0");
        }));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(0, await Db.Scalar<int>($"select count(*) from t"));
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_named()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_file.File)!);
        await File.WriteAllTextAsync(_file.File, new string('x', 5000));
        var error = await Assert.ThrowsAsync<DatabaseException>(() => Db.Scalar<int>($"select 1"));
        Assert.Contains($"{_file.File} is no SQLite database", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_that_is_a_folder_is_named()
    {
        Directory.CreateDirectory(_file.File);
        var error = await Assert.ThrowsAsync<DatabaseException>(() => Db.Scalar<int>($"select 1"));
        Assert.Contains("can't be opened. Check 'path'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("other", "x", "has neither 'path' nor 'connectionString'")]
    [InlineData("path", ":memory:", "gone after every statement")]
    [InlineData("connectionString", "Data Sauce=s3cret", "'connectionString' can't be read")]
    public void A_wrong_setting_is_named_and_not_shown(string name, string value, string message)
    {
        var error = Assert.Throws<ConnectionException>(() => Database((name, value)));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_examples_of_the_handbook_are_right()
    {
        var scope = new ConnectionScope(TimeProvider.System, (_, _) => { }, CancellationToken.None);
        var examples = HandbookConnections.OfType("sqlite", "postgres").ToArray();
        Assert.Equal(6, examples.Length);
        Assert.All(examples, example => Assert.NotNull(new Database(example, scope)));
    }

    [Fact]
    public void The_connection_types_build_it()
    {
        var type = new ConnectionTypes().AddSql().Find(typeof(Database))!;
        Assert.Equal(["sqlite", "postgres"], type.Kinds);
        var scope = new ConnectionScope(TimeProvider.System, (_, _) => { }, CancellationToken.None);
        Assert.IsType<Database>(type.Build(new ConnectionSettings("w", "sqlite", _file.Settings), scope));
        var error = Assert.Throws<ConnectionException>(() => type.Build(new ConnectionSettings("w", "http", _file.Settings), scope));
        Assert.Contains("'http'", error.Message, StringComparison.Ordinal);
    }

    private static Database Database(params (string Name, string Value)[] settings) => new(
        new ConnectionSettings("w", "sqlite", settings.ToDictionary(s => s.Name, s => s.Value)),
        new ConnectionScope(TimeProvider.System, (_, _) => { }, CancellationToken.None));
}
