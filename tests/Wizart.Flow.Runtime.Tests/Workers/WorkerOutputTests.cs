using Wizart.Flow.Connections;
using Wizart.Flow.Execution;
using Wizart.Flow.Runtime.Tests.Contract;
using Wizart.Flow.Runtime.Tests.Scripts;

namespace Wizart.Flow.Runtime.Tests.Workers;

/// <summary>What bodies and their children print.</summary>
[Collection(Alone.Name)]
public sealed class WorkerOutputTests : PoolTest
{
    [Fact]
    public async Task What_children_and_native_code_print_belongs_to_the_attempt_that_ran_them()
    {
        var pool = NewPool();
        var order = Orders.Body("""
            run =>
            {
                System.Diagnostics.Process.Start("sh", new[] { "-c", $"echo out {run.RunId}; echo err {run.RunId} >&2; printf 'no end {run.RunId}'" }).WaitForExit();
            }
            """);
        for (var run = 1; run <= 40; run++)
        {
            var told = new Told();
            await Run(pool, order with { RunId = run }, told, Control);
            Assert.Equal([$"out {run}", $"err {run}", $"no end {run}"], told.Lines);
            Assert.All(told.Logs, l => Assert.Equal(LogSource.Output, l.Source));
        }

        Assert.Equal(1, pool.Statistics.Started);
    }

    [Fact]
    public async Task What_children_print_is_masked_and_may_be_no_utf8()
    {
        var order = Orders.Body("run => { System.Diagnostics.Process.Start(\"printf\", new[] { @\"key hunter2!\\n\\377\\320\\237\" }).WaitForExit(); }") with
        {
            Connections = new Dictionary<string, ConnectionSettings>
            {
                ["shop"] = new("shop", "http", new Dictionary<string, string> { ["token"] = "hunter2!" }),
            },
        };
        await Run(NewPool(), order, Told, Control);
        Assert.Equal(["key ***", "\uFFFDП"], Told.Lines);
    }

    [Theory]
    [InlineData("var line = new string('x', 999); for (var i = 0; i < 1_000_000; i++) Console.WriteLine(line);")]
    [InlineData("System.Diagnostics.Process.Start(\"sh\", new[] { \"-c\", \"yes | head -c 1000000000\" }).WaitForExit();")]
    [InlineData("System.Diagnostics.Process.Start(\"sh\", new[] { \"-c\", \"head -c 1000000000 /dev/zero\" }).WaitForExit();")]
    public async Task A_gigabyte_of_output_is_cut_and_costs_no_memory(string flood)
    {
        var pool = NewPool();
        long most = 0;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var lines = 0;
        var order = Orders.Body($"run => {{ {flood} return \"went on\"; }}") with { LogLimitBytes = 8 * 1024 * 1024 };

        var outcome = await pool.RunAsync(
            order,
            e =>
            {
                if (e is AttemptEvent.Log && ++lines % 10_000 == 0) most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true));
                if (e is AttemptEvent.Log { Source: LogSource.System } notice) Assert.Contains("reached its limit of 8 MB", notice.Text);
                if (e is AttemptEvent.Heartbeat heartbeat) Assert.True(heartbeat.MemoryBytes < 300 * 1024 * 1024);
            },
            Control).WaitAsync(TimeSpan.FromMinutes(3));

        Assert.Equal("\"went on\"", Value(outcome));
        Assert.True(lines > 0);
        Assert.True(Math.Max(most, GC.GetTotalMemory(forceFullCollection: true)) - before < 100 * 1024 * 1024);
    }

    [Fact]
    public async Task A_body_that_prints_faster_than_is_stored_waits()
    {
        var file = Path.GetTempFileName();
        var hold = new TaskCompletionSource();
        var lines = 0;
        var order = Orders.Body($$"""
            run =>
            {
                var line = new string('x', 1000);
                for (var i = 0; i < 20_000; i++)
                {
                    Console.WriteLine(line);
                    if (i % 100 == 0) File.WriteAllText("{{file}}", i.ToString());
                }
            }
            """);
        var running = NewPool().RunAsync(
            order,
            e =>
            {
                if (e is not AttemptEvent.Log) return;
                if (lines++ == 0) hold.Task.Wait();
            },
            Control);

        var reached = "";
        await Processes.Until(
            () =>
            {
                var now = File.ReadAllText(file);
                var stands = now.Length > 0 && now == reached;
                reached = now;
                // Longer than the body needs for a hundred lines that nothing holds up.
                if (!stands) Thread.Sleep(200);
                return stands;
            },
            "the body was never held up");

        Assert.InRange(int.Parse(reached), 1, 5_000);
        hold.SetResult();
        Assert.IsType<AttemptOutcome.Succeeded>(await running.WaitAsync(TimeSpan.FromSeconds(60)));
        Assert.Equal(20_000, lines);
        File.Delete(file);
    }

    [Fact]
    public async Task Lines_come_while_the_body_runs()
    {
        var running = Run(NewPool(), "async run => { Console.WriteLine(\"first\"); run.Log(\"second\"); await Task.Delay(-1, run.Cancellation); }");
        await Told.Line("second");
        Assert.False(running.IsCompleted);
        Control.Stop(StopKind.Cancel, "seen");
        await running;
    }
}
