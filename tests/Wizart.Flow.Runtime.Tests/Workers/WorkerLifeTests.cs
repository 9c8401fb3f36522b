using Microsoft.Extensions.Time.Testing;
using Wizart.Flow.Connections;
using Wizart.Flow.Execution;
using Wizart.Flow.Runtime.Tests.Contract;
using Wizart.Flow.Runtime.Tests.Scripts;
using Wizart.Flow.Runtime.Workers;

namespace Wizart.Flow.Runtime.Tests.Workers;

/// <summary>How workers come and go, and what surrounds a body in one.</summary>
public sealed class WorkerLifeTests : PoolTest
{
    private const string Pid = "_ => Environment.ProcessId";

    private async Task<int> PidOf(WorkerPool pool, string body = Pid) =>
        int.Parse(Value(await Run(pool, Orders.Body(body), new Told(), Control))!);

    [Fact]
    public async Task One_worker_serves_one_after_the_other()
    {
        var pool = NewPool(new WorkerPoolOptions { MaxWorkers = 4 });
        var first = await PidOf(pool);
        Assert.NotEqual(Environment.ProcessId, first);
        for (var i = 0; i < 20; i++) Assert.Equal(first, await PidOf(pool));
        Assert.Equal(new WorkerPoolStatistics(Started: 1, Busy: 0, Idle: 1, Recycled: 0, Died: 0), pool.Statistics);
    }

    [Fact]
    public async Task There_are_never_more_workers_than_allowed()
    {
        var pool = NewPool(new WorkerPoolOptions { MaxWorkers = 2 });
        var pids = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => PidOf(pool, "async _ => { await Task.Delay(5); return Environment.ProcessId; }")));
        Assert.Equal(2, pids.Distinct().Count());
        Assert.Equal((2, 2), (pool.Statistics.Started, pool.Statistics.Idle));
    }

    [Fact]
    public async Task A_worker_is_replaced_after_its_number_of_attempts()
    {
        var pool = NewPool(new WorkerPoolOptions { MaxWorkers = 1, RecycleAfterAttempts = 3 });
        var pids = new List<int>();
        for (var i = 0; i < 7; i++) pids.Add(await PidOf(pool));
        Assert.Equal([3, 3, 1], pids.GroupBy(p => p).Select(g => g.Count()));
        Assert.Equal(2, pool.Statistics.Recycled);
        await Processes.Gone(pids[0]);
    }

    [Fact]
    public async Task A_worker_is_replaced_after_its_number_of_scripts()
    {
        var pool = NewPool(new WorkerPoolOptions { MaxWorkers = 1, RecycleAfterImages = 2 });
        var first = await PidOf(pool);
        Assert.Equal(first, await PidOf(pool, Pid + " /* another script */"));
        Assert.NotEqual(first, await PidOf(pool));
    }

    [Fact]
    public async Task Idle_workers_are_retired_but_for_the_warm_ones()
    {
        var time = new FakeTimeProvider();
        var pool = NewPool(new WorkerPoolOptions { MaxWorkers = 3, MinWorkers = 1, MinDescribers = 0, IdleTimeout = TimeSpan.FromMinutes(5) }, time);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => PidOf(pool, "async _ => { await Task.Delay(300); return 1; }")));
        Assert.Equal(3, pool.Statistics.Idle);

        pool.TrimIdle();
        Assert.Equal(3, pool.Statistics.Idle);
        time.Advance(TimeSpan.FromMinutes(6));
        pool.TrimIdle();

        Assert.Equal((1, 2), (pool.Statistics.Idle, pool.Statistics.Recycled));
    }

    [Fact]
    public async Task A_worker_that_holds_too_much_is_replaced()
    {
        var pool = NewPool(new WorkerPoolOptions { MaxWorkers = 1, RecycleAboveBytes = 300 * 1024 * 1024 });
        var first = await PidOf(pool, "_ => { var p = System.Runtime.InteropServices.Marshal.AllocHGlobal(500_000_000); unsafe { new Span<byte>((void*)p, 500_000_000).Fill(1); } return Environment.ProcessId; }");
        await Processes.Until(() => pool.Statistics.Recycled == 1, "it was not replaced");
        Assert.NotEqual(first, await PidOf(pool));
    }

    [Fact]
    public async Task A_warm_pool_has_its_workers()
    {
        var pool = NewPool(new WorkerPoolOptions { MaxWorkers = 4, MinWorkers = 2 });
        await pool.WarmAsync();
        Assert.Equal((2, 2), (pool.Statistics.Started, pool.Statistics.Idle));
    }

    [Fact]
    public async Task Memory_over_the_limit_is_a_failure_with_its_line_when_it_is_managed()
    {
        var pool = NewPool(new WorkerPoolOptions { MaxWorkers = 1, MemoryLimitBytes = 400 * 1024 * 1024 });
        var error = Error(await Run(pool, "_ => { var list = new List<byte[]>(); while (true) list.Add(new byte[1_000_000]); }"), "MemoryLimit");
        Assert.Equal(2, error.Location?.Line);
        Assert.Equal("1", Value(await Run(pool, Orders.Body("_ => 1"), new Told(), Control)));
    }

    [Fact]
    public async Task Memory_over_the_limit_is_a_failure_when_it_is_native()
    {
        var pool = NewPool(new WorkerPoolOptions { MaxWorkers = 1, MemoryLimitBytes = 400 * 1024 * 1024 });
        var error = Error(
            await Run(pool, "_ => { while (true) { var p = System.Runtime.InteropServices.Marshal.AllocHGlobal(10_000_000); unsafe { new Span<byte>((void*)p, 10_000_000).Fill(1); } Thread.Sleep(2); } }"),
            "MemoryLimit");
        Assert.Contains("its limit of 400 MB", error.Message);
        Assert.Equal("1", Value(await Run(pool, Orders.Body("_ => 1"), new Told(), Control)));
    }

    [Fact]
    public async Task A_long_attempt_gives_signs_of_life_with_its_memory()
    {
        var running = Run(NewPool(), "async run => { await Task.Delay(-1, run.Cancellation); }");
        await Told.Event(e => e is AttemptEvent.Heartbeat { MemoryBytes: > 10_000_000 });
        Control.Stop(StopKind.Cancel, "seen");
        await running;
    }

    [Fact]
    public async Task A_body_sees_neither_the_way_to_the_pool_nor_the_daemons_settings()
    {
        Environment.SetEnvironmentVariable("FLOW__ConnectionStrings__Flow", "Host=secret");
        var seen = Value(await Run(NewPool(), "_ => string.Join(' ', Environment.GetEnvironmentVariables().Keys.Cast<string>())"))!;
        Environment.SetEnvironmentVariable("FLOW__ConnectionStrings__Flow", null);

        Assert.Contains("PATH", seen);
        Assert.DoesNotContain("WIZART_FLOW", seen);
        Assert.DoesNotContain("FLOW__", seen);
        Assert.DoesNotContain("DOTNET_GCHeapHardLimit", seen);
    }

    [Fact]
    public async Task Standard_input_is_empty() => Assert.Equal("true", Value(await Run(NewPool(), "_ => Console.In.ReadLine() == null")));

    [Fact]
    public async Task A_body_that_puts_the_console_elsewhere_does_so_for_itself_only()
    {
        var pool = NewPool();
        await Run(pool, "_ => { Console.SetOut(TextWriter.Null); Console.WriteLine(\"unheard\"); }");
        await Run(pool, "_ => { Console.WriteLine(\"heard\"); }");
        Assert.Equal(["heard"], Told.Lines);
    }

    [Fact]
    public async Task Providers_work_in_a_worker()
    {
        var file = Path.GetTempFileName();
        const string Script = """
            using Wizart.Flow.Providers.Sql;
            var dag = Dag("d");
            dag.Task("t").From(Connection<Database>("db")).Run(async db =>
            {
                await db.Execute($"create table numbers (n integer)");
                await db.Execute($"insert into numbers values ({7})");
                return await db.Query<int>($"select n from numbers");
            });
            """;
        var order = Orders.For(Script) with
        {
            Connections = new Dictionary<string, ConnectionSettings>
            {
                ["db"] = new("db", "sqlite", new Dictionary<string, string> { ["path"] = file, ["file"] = file, ["connectionString"] = $"Data Source={file}" }),
            },
        };
        Assert.Equal("[7]", Value(await Run(NewPool(), order, Told, Control)));
    }

    [Theory]
    [InlineData("/nowhere/Wizart.Flow.Worker.dll", "is not there")]
    [InlineData("/bin/false", "it ended with exit code 1")]
    public async Task A_worker_that_can_not_be_started_is_told(string path, string expected)
    {
        var error = Error(await Run(NewPool(new WorkerPoolOptions { WorkerPath = path }), "_ => 1"), "WorkerUnavailable");
        Assert.Contains(expected, error.Message);
        Assert.Contains(path, error.Message);
    }

    [Fact]
    public async Task The_executable_beside_the_library_works_as_well()
    {
        var pool = NewPool(new WorkerPoolOptions { WorkerPath = Path.ChangeExtension(WorkerPoolOptions.DefaultWorkerPath, null), MaxWorkers = 1 });
        Assert.Equal("1", Value(await Run(pool, "_ => 1")));
    }

    [Fact]
    public async Task A_folder_too_long_for_a_socket_is_replaced()
    {
        var directory = Path.Combine(Path.GetTempPath(), new string('x', 120));
        Assert.Equal("1", Value(await Run(NewPool(new WorkerPoolOptions { SocketDirectory = directory }), "_ => 1")));
        Assert.False(Directory.Exists(directory));
    }

    [Fact]
    public async Task A_folder_for_sockets_is_left_clean()
    {
        var directory = Directory.CreateTempSubdirectory("flow-sockets-").FullName;
        await File.WriteAllTextAsync(Path.Combine(directory, "workers-999999999-abcd.sock"), "");
        var pool = NewPool(new WorkerPoolOptions { SocketDirectory = directory });
        Assert.Equal("1", Value(await Run(pool, "_ => 1")));
        await pool.DisposeAsync();
        Assert.Empty(Directory.EnumerateFileSystemEntries(directory));
        Directory.Delete(directory);
    }
}
