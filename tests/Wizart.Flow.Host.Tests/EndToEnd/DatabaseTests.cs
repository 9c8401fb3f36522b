using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Host.Tests.Support;

namespace Wizart.Flow.Host.Tests.EndToEnd;

/// <summary>A database, a port or a state folder that the daemon can't have as it wants.</summary>
public sealed class DatabaseTests
{
    private const string Good = """
        var dag = Dag("good");
        var one = dag.Task("one").Run(() => 1);
        dag.Task("two").From(one).Run(n => n + 1);
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_database_that_another_program_locks_is_waited_for_and_nothing_is_lost()
    {
        using var home = new DaemonHome();
        home.Environment["FLOW__DATABASE__BUSYTIMEOUT"] = "00:00:00.2";
        var go = Path.Combine(home.Root, "go");
        home.Write("good.csx", $$"""
            var dag = Dag("good");
            var one = dag.Task("one").Run(() =>
            {
                while (!System.IO.File.Exists("{{go}}")) System.Threading.Thread.Sleep(10);
                for (var i = 0; i < 100; i++) Console.WriteLine($"line {i}");
                return 1;
            });
            dag.Task("two").From(one).Run(n => n + 1);
            """);
        await using var daemon = await DaemonProcess.StartAsync(home);
        var run = await daemon.Api.TriggerAsync("good");
        await Eventually.HoldsAsync(
            async () => (await daemon.Api.TaskAsync(run.Id, "one")).State == TaskState.Running, () => $"it runs.\n{daemon.Output}");

        await using (var other = new SqliteConnection($"Data Source={home.Database};Pooling=false"))
        {
            await other.OpenAsync(Cancellation);
            await ExecuteAsync(other, "begin exclusive");
            await File.WriteAllTextAsync(go, "", Cancellation); // the attempt ends now, and its end can't be stored
            await Eventually.HoldsAsync(
                () => Task.FromResult(daemon.Output.Contains("is locked by another program", StringComparison.Ordinal)),
                () => $"the daemon says that it waits.\n{daemon.Output}");
            using var refused = await daemon.Api.TryTriggerAsync("good");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.Contains("locked by another program", await refused.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
            await ExecuteAsync(other, "rollback");
        }

        Assert.Equal(RunState.Success, (await daemon.Api.EndAsync(run.Id)).State);
        Assert.Equal(2, await daemon.Api.OutputAsync<int>(run.Id, "two"));
        Assert.Single(await daemon.Api.AttemptsAsync(run.Id, "one"));
        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"line {i}"), (await daemon.Api.LogAsync(run.Id, "one")).Select(l => l.Text));
        Assert.Equal(RunState.Success, (await daemon.Api.RunToEndAsync("good")).State);
    }

    [Theory]
    [InlineData("this is no database, it is a letter to my aunt\n", "is not an SQLite database")]
    [InlineData("SQLite format 3\0", "is damaged")]
    public async Task A_file_that_is_no_sound_database_is_refused_and_left_as_it_is(string begin, string says)
    {
        using var home = new DaemonHome();
        Directory.CreateDirectory(home.State);
        var content = RandomNumberGenerator.GetBytes(40_000);
        System.Text.Encoding.ASCII.GetBytes(begin).CopyTo(content, 0);
        if (begin.StartsWith("SQLite", StringComparison.Ordinal)) SoundHeader().CopyTo(content, 0);
        await File.WriteAllBytesAsync(home.Database, content, Cancellation);

        await using var daemon = DaemonProcess.Launch(home);
        Assert.Equal(1, await daemon.ExitAsync());
        Assert.StartsWith("error: ", daemon.Errors, StringComparison.Ordinal);
        Assert.Contains(says, daemon.Errors, StringComparison.Ordinal);
        Assert.Contains(home.Database, daemon.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", daemon.Errors, StringComparison.Ordinal);
        Assert.Equal(content, await File.ReadAllBytesAsync(home.Database, Cancellation));
    }

    [Fact]
    public async Task A_second_daemon_on_the_same_state_is_told_of_the_first_and_does_it_no_harm()
    {
        using var home = new DaemonHome();
        home.Write("good.csx", Good);
        await using var first = await DaemonProcess.StartAsync(home);
        await using (var second = DaemonProcess.Launch(home))
        {
            Assert.Equal(1, await second.ExitAsync());
            Assert.StartsWith("error: ", second.Errors, StringComparison.Ordinal);
            Assert.Contains($"process {first.Id}", second.Errors, StringComparison.Ordinal);
            Assert.Contains("Stop it first", second.Errors, StringComparison.Ordinal);
        }

        Assert.Equal(RunState.Success, (await first.Api.RunToEndAsync("good")).State);
        Assert.Equal(first.Id, Daemon.DaemonFile.Find(home.State)!.Pid);

        // Once the first is gone, however it went, the next has the database at once.
        await first.KillAsync();
        await using var next = await DaemonProcess.StartAsync(home);
        Assert.Single(await next.Api.RunsAsync("good"));
    }

    [Fact]
    public async Task A_port_in_use_is_told_with_advice()
    {
        using var home = new DaemonHome();
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}");
        home.Environment["FLOW__URL"] = url;
        await using var daemon = DaemonProcess.Launch(home);
        Assert.Equal(1, await daemon.ExitAsync());
        Assert.StartsWith("error: ", daemon.Errors, StringComparison.Ordinal);
        Assert.Contains(url, daemon.Errors, StringComparison.Ordinal);
        Assert.Contains("in use", daemon.Errors, StringComparison.Ordinal);
        Assert.Contains("--url", daemon.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_is_told_and_once_there_is_space_again_every_run_ends()
    {
        using var home = new DaemonHome();
        await using var disk = await SmallDisk.MountAsync(home.State, megabytes: 12);
        var go = Path.Combine(home.Root, "go");
        home.Write("chatty.csx", $$"""
            var dag = Dag("chatty").Retry(3);
            for (var i = 0; i < 4; i++)
            {
                var number = i;
                dag.Task($"t{number}").Run(() =>
                {
                    while (!System.IO.File.Exists("{{go}}")) System.Threading.Thread.Sleep(10);
                    for (var line = 0; line < 1000; line++) Console.WriteLine($"{number} line {line}");
                    return number;
                });
            }
            """);
        home.Write("ticks.csx", """
            Dag("ticks").Schedule(Every(1.Seconds())).StartingOn("2026-01-01").Catchup(atMost: 50).Task("tick").Run(() => 1);
            """);

        await using var daemon = await DaemonProcess.StartAsync(home);
        var run = await daemon.Api.TriggerAsync("chatty");
        await Eventually.HoldsAsync(
            async () => (await daemon.Api.TasksAsync(run.Id)).All(t => t.State == TaskState.Running), () => $"all run.\n{daemon.Output}");

        disk.Fill();
        await File.WriteAllTextAsync(go, "", Cancellation);
        await Eventually.HoldsAsync(
            () => Task.FromResult(daemon.Output.Contains("is full", StringComparison.Ordinal)), () => $"the daemon says so.\n{daemon.Output}");
        await Eventually.HoldsAsync(
            async () => (await daemon.Api.TryTriggerAsync("chatty")).StatusCode == HttpStatusCode.ServiceUnavailable, () => "a new run is refused");
        Assert.False(daemon.HasExited);

        var freed = TimeProvider.System.GetUtcNow();
        disk.Free();
        Assert.Equal(RunState.Success, (await daemon.Api.EndAsync(run.Id)).State);
        for (var i = 0; i < 4; i++)
        {
            var task = $"t{i}";
            Assert.Equal(i, await daemon.Api.OutputAsync<int>(run.Id, task));
            Assert.Single(await daemon.Api.AttemptsAsync(run.Id, task));
            var number = i;
            Assert.Equal(
                Enumerable.Range(0, 1000).Select(line => $"{number} line {line}"),
                (await daemon.Api.LogAsync(run.Id, task)).Where(l => l.Source == Execution.LogSource.Output).Select(l => l.Text));
        }

        // The schedule goes on too, and has left nothing out.
        await Eventually.HoldsAsync(
            async () => await TicksAfterAsync(home, freed) > 0, () => $"the schedule goes on.\n{daemon.Output}");
        var dates = (await Store.RowsAsync(home, "select logical_date / 1000000 from dag_runs where dag_id = 'ticks' order by 1")).Select(r => (long)r[0]).ToArray();
        Assert.Equal(Enumerable.Range(0, dates.Length).Select(i => dates[0] + i), dates);
        Assert.Equal(0, await daemon.StopAsync());
    }

    private static Task<long> TicksAfterAsync(DaemonHome home, DateTimeOffset time) => Store.NumberAsync(
        home, $"select count(*) from dag_runs where dag_id = 'ticks' and state = 'success' and logical_date / 1000000 > {time.ToUnixTimeSeconds()}");

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    /// <summary>The first 100 bytes of a real database: what follows it in the file is what is damaged.</summary>
    private static byte[] SoundHeader()
    {
        var file = Path.GetTempFileName();
        try
        {
            using (var connection = new SqliteConnection($"Data Source={file};Pooling=false"))
            {
                connection.Open();
                using var command = connection.CreateCommand();
                command.CommandText = "create table a (b)";
                command.ExecuteNonQuery();
            }

            return File.ReadAllBytes(file)[..100];
        }
        finally
        {
            File.Delete(file);
        }
    }
}
