using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Host.Tests.Support;

namespace Wizart.Flow.Host.Tests.EndToEnd;

/// <summary>Bodies that do to their process what they should not: one failed attempt with a clear reason, and nothing else.</summary>
public sealed class BadBodyTests(BadBodyTests.World world) : IClassFixture<BadBodyTests.World>
{
    private const long Megabyte = 1024 * 1024;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stack_overflow_is_named_with_the_body_that_overflowed()
    {
        var attempt = await FailedAsync("overflow");
        Assert.Equal("WorkerDied", attempt.Error!.Type);
        Assert.Contains("stack overflow", attempt.Error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Fall", attempt.Error.Stack, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_end_of_the_process_is_told_with_its_exit_code()
    {
        var attempt = await FailedAsync("exit");
        Assert.Equal("WorkerDied", attempt.Error!.Type);
        Assert.Contains("exit code 7", attempt.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_much_memory_is_told_with_the_limit()
    {
        var attempt = await FailedAsync("allocate");
        Assert.Equal("MemoryLimit", attempt.Error!.Type);
        Assert.Contains("300 MB", attempt.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_exception_is_told_with_file_line_and_source_line()
    {
        var attempt = await FailedAsync("throw");
        Assert.Equal("System.InvalidOperationException", attempt.Error!.Type);
        Assert.Equal("the shop is closed", attempt.Error.Message);
        Assert.EndsWith("throw.csx", attempt.Error.File, StringComparison.Ordinal);
        Assert.Equal(5, attempt.Error.Line);
        Assert.Contains("throw new InvalidOperationException", attempt.Error.SourceLine, StringComparison.Ordinal);
        Assert.Contains("throw.csx:5", attempt.Error.Stack, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_connection_is_told_with_what_to_do()
    {
        var attempt = await FailedAsync("unconnected");
        Assert.Contains("nowhere", attempt.Error!.Message, StringComparison.Ordinal);
        Assert.Contains("connections.json", attempt.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gigabyte_of_output_is_cut_with_a_line_that_says_so_and_costs_the_daemon_no_memory()
    {
        var before = ProcessTable.ResidentBytes(world.Daemon.Id);
        var peak = before;
        var run = await world.Daemon.Api.TriggerAsync("print");
        var ended = world.Daemon.Api.EndAsync(run.Id);
        while (await Task.WhenAny(ended, Task.Delay(50, Cancellation)) != ended)
            peak = Math.Max(peak, ProcessTable.ResidentBytes(world.Daemon.Id));

        Assert.Equal(RunState.Success, (await ended).State);
        Assert.True(peak - before < 300 * Megabyte, $"The daemon grew from {before / Megabyte} to {peak / Megabyte} MB.");

        var newest = await Store.NumberAsync(world.Home, $"select max(first_line) from log_chunks where run_id = {run.Id}");
        var end = await world.Daemon.Api.LogAsync(run.Id, "flood", from: newest);
        Assert.Contains("64 MB; the rest was cut", end[^1].Text, StringComparison.Ordinal);
        var first = await world.Daemon.Api.LogAsync(run.Id, "flood", count: 3);
        Assert.Equal([1, 2, 3], first.Select(l => l.Number));
        Assert.All(first, l => Assert.Equal(1000, l.Text.Length));
    }

    /// <summary>The one attempt of a DAG's one task; after it, another DAG still runs.</summary>
    private async Task<Web.AttemptResource> FailedAsync(string dag)
    {
        var run = await world.Daemon.Api.RunToEndAsync(dag);
        Assert.Equal(RunState.Failed, run.State);
        var task = Assert.Single(await world.Daemon.Api.TasksAsync(run.Id));
        Assert.Equal(TaskState.Failed, task.State);
        var attempt = Assert.Single(await world.Daemon.Api.AttemptsAsync(run.Id, task.Id));
        Assert.Equal(AttemptResult.Failed, attempt.Result);
        Assert.Equal(RunState.Success, (await world.Daemon.Api.RunToEndAsync("good")).State);
        return attempt;
    }

    /// <summary>One daemon for all of them: none may harm the next.</summary>
    public sealed class World : IAsyncLifetime
    {
        internal DaemonHome Home { get; } = new();

        internal DaemonProcess Daemon { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Home.Environment["FLOW__WORKERMEMORYBYTES"] = (300 * Megabyte).ToString(System.Globalization.CultureInfo.InvariantCulture);
            Home.Write("good.csx", """Dag("good").Task("one").Run(() => 1);""");
            Home.Write("overflow.csx", """
                Dag("overflow").Task("fall").Run(() => Fall(1));
                static int Fall(int depth) => depth + Fall(depth + 1);
                """);
            Home.Write("exit.csx", """Dag("exit").Task("leave").Run(() => Environment.Exit(7));""");
            Home.Write("allocate.csx", """
                Dag("allocate").Task("hoard").Run(() =>
                {
                    var all = new List<byte[]>();
                    while (true)
                    {
                        all.Add(new byte[1_000_000]);
                        Array.Fill(all[^1], (byte)1);
                    }
                });
                """);
            Home.Write("throw.csx", """
                var dag = Dag("throw");
                dag.Task("visit").Run(() =>
                {
                    Console.WriteLine("knock");
                    throw new InvalidOperationException("the shop is closed");
                });
                """);
            Home.Write("unconnected.csx", """Dag("unconnected").Task("call").From(Connection<HttpApi>("nowhere")).Run(api => api.Get<int>("/"));""");
            Home.Write("print.csx", """
                Dag("print").Task("flood").Run(() =>
                {
                    var line = new string('x', 1000);
                    for (var i = 0; i < 1_074_000; i++) Console.WriteLine(line);
                });
                """);
            Daemon = await DaemonProcess.StartAsync(Home);
        }

        public async ValueTask DisposeAsync()
        {
            if (Daemon is not null) await Daemon.DisposeAsync();
            Home.Dispose();
        }
    }
}
