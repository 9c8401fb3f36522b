using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Storage.Sqlite;

namespace Wizart.Flow.Storage.Tests.Sqlite;

public sealed class DatabaseLockTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(Sample.Noon);

    private string Database => _folder.File("flow.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Who_comes_second_is_told_who_came_first_and_since_when()
    {
        using var first = DatabaseLock.Take(Database, _time);

        var error = Assert.Throws<StoreException>(() => DatabaseLock.Take(Database, _time));

        Assert.Contains(Database, error.Message, StringComparison.Ordinal);
        Assert.Contains($"process {Environment.ProcessId}, started 2026-11-01 12:00:00 UTC", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lock_that_was_given_back_can_be_taken()
    {
        DatabaseLock.Take(Database, _time).Dispose();
        DatabaseLock.Take(Database, _time).Dispose();
    }

    [Fact]
    public async Task A_store_holds_the_lock_until_it_is_disposed_of()
    {
        var options = new StorageOptions { Path = Database };
        var first = new SqliteFlowStore(options, _time);
        await first.InitializeAsync(TestContext.Current.CancellationToken);
        await using var second = new SqliteFlowStore(options, _time);

        await Assert.ThrowsAsync<StoreException>(() => second.InitializeAsync(TestContext.Current.CancellationToken));

        await first.DisposeAsync();
        await second.InitializeAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task The_lock_of_a_killed_process_is_free()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/flock"), "There is no flock to hold the lock from another process.");
        using var holder = Process.Start(new ProcessStartInfo(
            "/usr/bin/flock", ["--no-fork", Database + ".lock", "sh", "-c", "echo held; read end"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        Assert.Equal("held", await holder.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        await File.WriteAllTextAsync(Database + ".pid", "4711", TestContext.Current.CancellationToken);
        Assert.Contains("process 4711", Assert.Throws<StoreException>(() => DatabaseLock.Take(Database, _time)).Message, StringComparison.Ordinal);

        holder.Kill();
        await holder.WaitForExitAsync(TestContext.Current.CancellationToken);

        DatabaseLock.Take(Database, _time).Dispose();
    }
}
