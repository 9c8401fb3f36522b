using Microsoft.Data.Sqlite;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Storage.Sql;
using Wizart.Flow.Storage.Sqlite;

namespace Wizart.Flow.Storage.Tests.Sqlite;

/// <summary>What happens when the file, the disk or another program is not as it should be.</summary>
public sealed class SqliteTrouble : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Database => _folder.File("flow.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_and_left_as_it_is()
    {
        await File.WriteAllTextAsync(Database, new string('x', 5000), Cancellation);

        var error = await FailsToOpenAsync();

        Assert.Contains(Database, error.Message, StringComparison.Ordinal);
        Assert.Contains("not an SQLite database", error.Message, StringComparison.Ordinal);
        Assert.Equal(5000, new FileInfo(Database).Length);
    }

    [Fact]
    public async Task A_damaged_database_is_told_with_what_to_do()
    {
        await using (var store = await OpenAsync())
            for (var i = 0; i < 200; i++) await SaveVariableAsync(store, $"v{i}", new string('x', 4000));
        await using (var file = new FileStream(Database, FileMode.Open))
        {
            file.Position = 4096;
            file.Write(new byte[file.Length - 4096]);
        }

        var error = await Assert.ThrowsAsync<StoreException>(async () =>
        {
            await using var store = Create();
            await store.InitializeAsync(Cancellation);
            await SaveVariableAsync(store, "v1", "1");
        });

        Assert.Contains(Database, error.Message, StringComparison.Ordinal);
        Assert.Contains("restore a copy", error.Message, StringComparison.Ordinal);
        Assert.False(error.IsTransient);
    }

    [Fact]
    public async Task A_database_newer_than_the_program_is_refused()
    {
        await (await OpenAsync()).DisposeAsync();
        Change("insert into \"__EFMigrationsHistory\" values ('29990101000000_FromTheFuture', '99.0')");

        var error = await FailsToOpenAsync();

        Assert.Contains("newer than this program", error.Message, StringComparison.Ordinal);
        Assert.Contains("29990101000000_FromTheFuture", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_migration_lock_left_by_a_killed_process_does_not_hold_up_the_next()
    {
        await (await OpenAsync()).DisposeAsync();
        Change("drop table \"__EFMigrationsHistory\"");
        foreach (var table in Tables()) Change($"drop table \"{table}\"");
        Change("create table \"__EFMigrationsLock\" (\"Id\" integer not null primary key, \"Timestamp\" text not null)");
        Change("insert into \"__EFMigrationsLock\" values (1, '2026-01-01')");

        await using var store = await OpenAsync();
        await SaveVariableAsync(store, "x", "1");
    }

    [Fact]
    public async Task A_full_disk_rolls_back_and_the_store_goes_on_when_there_is_space()
    {
        await using var store = await OpenAsync();
        await SaveVariableAsync(store, "before", "1");
        await PragmaAsync(store, "pragma max_page_count = 1"); // SQLite raises it to the present size

        var error = await Assert.ThrowsAsync<StoreException>(() => SaveVariableAsync(store, "large", new string('x', 1_000_000)));
        Assert.Contains("full", error.Message, StringComparison.Ordinal);
        Assert.True(error.IsTransient);

        await PragmaAsync(store, "pragma max_page_count = 1000000");
        await SaveVariableAsync(store, "after", "2");
        var variables = await store.LoadVariablesAsync(["before", "large", "after"], Cancellation);
        Assert.Equal(["after", "before"], variables.Keys.Order());
    }

    [Fact]
    public async Task A_transaction_that_failed_stores_nothing_more()
    {
        await using var store = await OpenAsync();
        await PragmaAsync(store, "pragma max_page_count = 1");
        await using var transaction = await store.BeginAsync(Cancellation);
        await Assert.ThrowsAsync<StoreException>(async () => await transaction.SaveVariableAsync("large", new string('x', 1_000_000)));

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await transaction.SaveVariableAsync("small", "1"));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await transaction.CommitAsync());
    }

    [Fact]
    public async Task A_lock_of_another_program_is_told_and_the_store_goes_on_when_it_is_gone()
    {
        await using var store = await OpenAsync(new StorageOptions { Path = Database, BusyTimeout = TimeSpan.FromMilliseconds(50) });
        using var other = new SqliteConnection($"Data Source={Database};Pooling=false");
        other.Open();
        Execute(other, "begin immediate");

        var error = await Assert.ThrowsAsync<StoreException>(async () => await store.BeginAsync(Cancellation));
        Assert.Contains("locked by another program", error.Message, StringComparison.Ordinal);
        Assert.True(error.IsTransient);

        Execute(other, "rollback");
        await SaveVariableAsync(store, "x", "1");
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_told()
    {
        await File.WriteAllTextAsync(_folder.File("file"), "", Cancellation);
        await using var store = Create(new StorageOptions { Path = _folder.File("file/flow.db") });

        var error = await Assert.ThrowsAsync<StoreException>(() => store.InitializeAsync(Cancellation));

        Assert.Contains(_folder.File("file"), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_a_folder_is_told()
    {
        Directory.CreateDirectory(Database);
        Assert.Contains("can't be opened", (await FailsToOpenAsync()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_may_not_be_written_is_told()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "Permissions do not hold root back.");
        await (await OpenAsync()).DisposeAsync();
        File.SetAttributes(Database, FileAttributes.ReadOnly);

        Assert.Contains("can't be written", (await FailsToOpenAsync()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_system_that_takes_no_files_is_told()
    {
        Assert.SkipUnless(Directory.Exists("/proc/self"), "There is no /proc.");
        await using var store = Create(new StorageOptions { Path = "/proc/flow.db" });

        var error = await Assert.ThrowsAsync<StoreException>(() => store.InitializeAsync(Cancellation));

        Assert.Contains("/proc/flow.db", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("in use", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(8, "can't be written")]
    [InlineData(10, "gives errors")]
    [InlineData(11, "damaged")]
    [InlineData(13, "full")]
    [InlineData(14, "can't be opened")]
    [InlineData(26, "not an SQLite database")]
    public void Each_error_of_the_surroundings_names_the_file_and_what_to_do(int code, string words)
    {
        var explained = SqliteErrors.Explain(new SqliteException("SQLite Error", code), "/data/flow.db");
        Assert.Contains(words, explained!.Message, StringComparison.Ordinal);
        Assert.Contains("/data/flow.db", explained.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)] // wrong SQL
    [InlineData(19)] // a constraint
    [InlineData(21)] // misuse
    public void An_error_that_only_a_bug_can_cause_is_not_explained_away(int code) =>
        Assert.Null(SqliteErrors.Explain(new SqliteException("SQLite Error", code), "/data/flow.db"));

    [Fact]
    public async Task What_was_committed_is_there_after_a_reopen()
    {
        await using (var store = await OpenAsync()) await SaveVariableAsync(store, "x", "1");
        await using var again = await OpenAsync(new StorageOptions { ConnectionString = $"Data Source={Database}", Synchronous = SqliteSynchronous.Full });
        Assert.Single(await again.LoadVariablesAsync(["x"], Cancellation));
    }

    private SqliteFlowStore Create(StorageOptions? options = null) => new(options ?? new StorageOptions { Path = Database }, TimeProvider.System);

    private async Task<SqliteFlowStore> OpenAsync(StorageOptions? options = null)
    {
        var store = Create(options);
        await store.InitializeAsync(Cancellation);
        return store;
    }

    private async Task<StoreException> FailsToOpenAsync()
    {
        await using var store = Create();
        return await Assert.ThrowsAsync<StoreException>(() => store.InitializeAsync(Cancellation));
    }

    private static async Task SaveVariableAsync(SqliteFlowStore store, string name, string value)
    {
        await using var transaction = await store.BeginAsync(Cancellation);
        await transaction.SaveVariableAsync(name, value);
        await transaction.CommitAsync();
    }

    private static async Task PragmaAsync(SqliteFlowStore store, string pragma)
    {
        await using var transaction = (SqlTransaction)await store.BeginAsync(Cancellation);
        await transaction.DoAsync(connection => connection.Command(pragma).ExecuteAsync());
    }

    private List<string> Tables()
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=false");
        connection.Open();
        using var command = new SqliteCommand("select name from sqlite_master where type = 'table' and name not like 'sqlite%'", connection);
        using var reader = command.ExecuteReader();
        var tables = new List<string>();
        while (reader.Read()) tables.Add(reader.GetString(0));
        return tables;
    }

    private void Change(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=false;Foreign Keys=false");
        connection.Open();
        Execute(connection, sql);
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
