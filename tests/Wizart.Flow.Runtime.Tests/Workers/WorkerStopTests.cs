using System.Diagnostics;
using Wizart.Flow.Execution;
using Wizart.Flow.Runtime.Tests.Contract;
using Wizart.Flow.Runtime.Tests.Scripts;
using Wizart.Flow.Runtime.Workers;

namespace Wizart.Flow.Runtime.Tests.Workers;

/// <summary>Bodies that do not stop, and pools that end.</summary>
public sealed class WorkerStopTests : PoolTest
{
    private const string Deaf = "run => { run.Log(\"waiting\"); while (Environment.TickCount64 > 0) { } }";

    private static WorkerPoolOptions Short(int workers = 1) => new() { MaxWorkers = workers, CancelGrace = TimeSpan.FromMilliseconds(200) };

    [Theory]
    [InlineData(StopKind.Cancel)]
    [InlineData(StopKind.Timeout)]
    [InlineData(StopKind.Shutdown)]
    public async Task A_body_that_ignores_its_cancellation_is_killed_and_its_neighbour_goes_on(StopKind kind)
    {
        var pool = NewPool(Short(2));
        var neighbour = new Told();
        using var calm = new AttemptControl();
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var patient = Orders.Body($"async run => {{ run.Log(\"working\"); while (!File.Exists(\"{file}\")) await Task.Delay(5); return 7; }}");
        var working = Run(pool, patient, neighbour, calm);
        await neighbour.Line("working");
        var deaf = Run(pool, Deaf);
        await Told.Line("waiting");

        Control.Stop(kind, "enough");
        var outcome = await deaf;

        switch (kind)
        {
            case StopKind.Cancel:
                Assert.Equal(
                    "enough. The body ignored its cancellation for 0.2 s, so its process was killed.",
                    Assert.IsType<AttemptOutcome.Cancelled>(outcome).Reason);
                break;
            case StopKind.Timeout:
                Assert.Contains("ignored its cancellation", Error(outcome, "Timeout").Message);
                break;
            default:
                Assert.Contains("ignored its cancellation", Error(outcome, "Interrupted").Message);
                break;
        }

        await Processes.Gone(Told.Events.OfType<AttemptEvent.Started>().Single().ProcessId);
        Assert.False(working.IsCompleted);
        await File.WriteAllTextAsync(file, "");
        Assert.Equal("7", Value(await working));
        File.Delete(file);
    }

    [Fact]
    public async Task What_a_killed_body_started_is_killed_too()
    {
        var pool = NewPool(Short());
        var running = Run(pool, """
            run =>
            {
                var child = System.Diagnostics.Process.Start("sh", new[] { "-c", "sleep 1000 & wait" });
                run.Log("child " + child.Id);
                child.WaitForExit();
            }
            """);
        await Told.Line("child ");
        Control.Stop(StopKind.Cancel, "enough");
        await running;
        await Processes.Gone(int.Parse(Told.Lines[0].Split(' ')[1]));
    }

    [Fact]
    public async Task An_attempt_cancelled_while_it_waits_for_a_worker_never_starts()
    {
        var pool = NewPool();
        using var first = new AttemptControl();
        var busy = new Told();
        var running = Run(pool, Orders.Body("async run => { run.Log(\"waiting\"); await Task.Delay(-1, run.Cancellation); }"), busy, first);
        await busy.Line("waiting");
        var waiting = Run(pool, "_ => 1");

        Control.Stop(StopKind.Cancel, "by ann");

        Assert.Equal("by ann. It had not begun: no worker was free.", Assert.IsType<AttemptOutcome.Cancelled>(await waiting).Reason);
        Assert.IsType<AttemptEvent.Ended>(Assert.Single(Told.Events));
        first.Stop(StopKind.Cancel, "done");
        Assert.IsType<AttemptOutcome.Cancelled>(await running);
        using var next = new AttemptControl();
        Assert.Equal("2", Value(await Run(pool, Orders.Body("_ => 2"), new Told(), next)));
    }

    [Fact]
    public async Task A_pool_that_ends_interrupts_what_runs()
    {
        var pool = NewPool();
        var running = Run(pool, Deaf);
        await Told.Line("waiting");

        await pool.DisposeAsync();

        Assert.Contains("shut down", Error(await running, "Interrupted").Message);
        await Processes.Gone(Told.Events.OfType<AttemptEvent.Started>().Single().ProcessId);
    }

    [Fact]
    public async Task Idle_workers_end_with_their_pool()
    {
        var pool = NewPool();
        await Run(pool, "_ => 1");
        await pool.DisposeAsync();
        await Processes.Gone(Told.Events.OfType<AttemptEvent.Started>().Single().ProcessId);
    }

    [Fact]
    public async Task Workers_and_what_they_started_end_with_a_pool_that_is_killed()
    {
        var image = TestScript.Compile(Orders.Script("""
            run =>
            {
                var child = System.Diagnostics.Process.Start("sleep", "1000");
                run.Log("child " + child.Id);
                while (Environment.TickCount64 > 0) { }
            }
            """));
        using var pool = Processes.StartOwn(DoomedPool.Argument, image.Directory);
        var worker = await Read(pool, "worker ");
        var child = await Read(pool, "child ");
        Assert.True(Processes.IsAlive(worker) && Processes.IsAlive(child));

        pool.Kill();

        await Processes.Gone(worker);
        await Processes.Gone(child);
    }

    private static async Task<int> Read(Process process, string word)
    {
        var line = await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60));
        Assert.StartsWith(word, line);
        return int.Parse(line![word.Length..]);
    }
}
