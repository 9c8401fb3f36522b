using Wizart.Flow.Execution;
using Wizart.Flow.Runtime.Tests.Contract;
using Wizart.Flow.Runtime.Tests.Scripts;

namespace Wizart.Flow.Runtime.Tests.Workers;

/// <summary>Bodies that take their process with them.</summary>
public sealed class WorkerCrashTests : PoolTest
{
    private const string Talk = "for (var i = 0; i < 300; i++) Console.WriteLine(\"line \" + i);";

    private async Task<TaskError> Crash(string script, string type = "WorkerDied")
    {
        var pool = NewPool();
        var outcome = await Run(pool, Orders.For(script), Told, Control);
        var error = Error(outcome, type);
        Assert.True(Assert.IsType<AttemptOutcome.Failed>(outcome).MayRetry);

        // All that was said before is kept, in its order.
        Assert.Equal(Enumerable.Range(0, 300).Select(i => $"line {i}"), Told.Lines.Where(l => l.StartsWith("line ", StringComparison.Ordinal)));
        Assert.Equal("1", Value(await Run(pool, Orders.Body("_ => 1"), new Told(), Control)));
        Assert.Equal(1, pool.Statistics.Died);
        return error;
    }

    private static string Body(string dying) => Orders.Script($"run => {{ {Talk} {dying} }}");

    [Fact]
    public async Task A_stack_overflow_is_one_failed_attempt()
    {
        var error = await Crash($"int Deep(int x) => Deep(x + 1) + 1;\n{Body("return Deep(0);")}");

        Assert.Contains("exit code 134 (SIGABRT). A stack overflow", error.Message);
        Assert.StartsWith("Stack overflow.", error.Stack);
        Assert.Contains("Deep(Int32)", error.Stack);
    }

    [Fact]
    public async Task Environment_Exit_is_one_failed_attempt()
    {
        var error = await Crash(Body("Environment.Exit(3);"));
        Assert.Contains("exit code 3.", error.Message);
        Assert.Contains("does not end its process", error.Message);
    }

    [Fact]
    public async Task Environment_FailFast_is_one_failed_attempt()
    {
        var error = await Crash(Body("Environment.FailFast(\"no way on\");"));
        Assert.Contains("Environment.FailFast was called", error.Message);
        Assert.Contains("no way on", error.Stack);
    }

    [Fact]
    public async Task An_exception_on_a_thread_of_its_own_is_one_failed_attempt()
    {
        var error = await Crash(Body("var t = new Thread(() => throw new Exception(\"thread\")); t.Start(); t.Join(); Thread.Sleep(-1);"));
        Assert.Contains("on a thread where nothing catches it", error.Message);
        Assert.Contains("Unhandled exception. System.Exception: thread", error.Stack);
    }

    [Fact]
    public async Task A_native_crash_is_one_failed_attempt()
    {
        var error = await Crash($$"""
            class Native { [System.Runtime.InteropServices.DllImport("libc")] public static extern nint memset(nint at, int value, nint count); }
            {{Body("Native.memset(1, 1, 1);")}}
            """);
        Assert.Contains("SIGSEGV", error.Message);
        Assert.Contains("Native code crashed", error.Message);
    }

    [Fact]
    public async Task A_process_killed_from_outside_is_one_failed_attempt()
    {
        var pool = NewPool();
        var running = Run(pool, "run => { run.Log(\"waiting\"); Thread.Sleep(-1); }");
        await Told.Line("waiting");
        Processes.Kill(Told.Events.OfType<AttemptEvent.Started>().Single().ProcessId);

        var error = Error(await running, "WorkerDied");

        Assert.Contains("exit code 137 (SIGKILL). It was killed from outside", error.Message);
    }

    [Fact]
    public async Task What_a_crash_prints_is_masked()
    {
        var order = Orders.For(Body("Environment.FailFast(\"with hunter2!\");")) with
        {
            Connections = new Dictionary<string, Connections.ConnectionSettings>
            {
                ["shop"] = new("shop", "http", new Dictionary<string, string> { ["token"] = "hunter2!" }),
            },
        };
        var error = Error(await Run(NewPool(), order, Told, Control), "WorkerDied");
        Assert.Contains("with ***", error.Stack);
        Assert.DoesNotContain(Told.Lines, l => l.Contains("hunter2"));
    }

    [Fact]
    public async Task An_idle_worker_that_died_is_not_noticed_by_anyone()
    {
        var pool = NewPool();
        for (var i = 0; i < 5; i++)
        {
            var told = new Told();
            Assert.Equal("1", Value(await Run(pool, Orders.Body("_ => 1"), told, Control)));
            Processes.Kill(told.Events.OfType<AttemptEvent.Started>().Last().ProcessId);
        }
    }

    [Fact]
    public async Task What_a_dead_worker_left_running_is_ended()
    {
        var pool = NewPool();
        await Run(pool, """
            run =>
            {
                var child = System.Diagnostics.Process.Start("sleep", "1000");
                run.Log(child.Id.ToString());
                Environment.Exit(0);
            }
            """);
        await Processes.Gone(int.Parse(Told.Lines[0]));
    }
}
