using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Host.Tests.Support;

namespace Wizart.Flow.Host.Tests.EndToEnd;

/// <summary>The daemon is asked to stop while it works.</summary>
public sealed class StopTests
{
    [Fact]
    public async Task Running_attempts_get_their_grace_and_what_is_interrupted_or_queued_goes_on_at_the_next_start()
    {
        using var home = new DaemonHome();
        home.Environment["FLOW__STOPGRACE"] = "00:00:02";
        var go = Path.Combine(home.Root, "go");
        home.Write("short.csx", $$"""
            Dag("short").Task("wait").Run(async () =>
            {
                Console.WriteLine("begun");
                while (!System.IO.File.Exists("{{go}}")) await Task.Delay(10);
                return "whole";
            });
            """);
        home.Write("long.csx", """
            var dag = Dag("long").MaxActiveRuns(1);
            dag.Task("wait").Retry(1).From(dag.Context).Run(async run =>
            {
                Console.WriteLine("begun");
                if (run.Attempt == 1) await Task.Delay(-1, run.Cancellation);
                return run.Attempt;
            });
            """);

        long shortRun, longRun, queuedRun;
        await using (var daemon = await DaemonProcess.StartAsync(home))
        {
            shortRun = (await daemon.Api.TriggerAsync("short")).Id;
            longRun = (await daemon.Api.TriggerAsync("long")).Id;
            queuedRun = (await daemon.Api.TriggerAsync("long")).Id;
            await BegunAsync(daemon, shortRun);
            await BegunAsync(daemon, longRun);
            var stopped = daemon.StopAsync();
            await Eventually.HoldsAsync(() => Task.FromResult(daemon.Output.Contains("Stopping", StringComparison.Ordinal)), () => "the daemon stops");
            await File.WriteAllTextAsync(go, "", TestContext.Current.CancellationToken);
            Assert.Equal(0, await stopped);
        }

        Assert.Equal("success", await AttemptAsync(home, shortRun));
        Assert.Equal("failed", await AttemptAsync(home, longRun));
        Assert.Empty(home.Processes());

        await using var next = await DaemonProcess.StartAsync(home);
        Assert.Equal(RunState.Success, (await next.Api.EndAsync(shortRun)).State);
        Assert.Equal("whole", await next.Api.OutputAsync<string>(shortRun, "wait"));
        Assert.Single(await next.Api.AttemptsAsync(shortRun, "wait"));

        Assert.Equal(RunState.Success, (await next.Api.EndAsync(longRun)).State);
        var attempts = await next.Api.AttemptsAsync(longRun, "wait");
        Assert.Equal([AttemptResult.Failed, AttemptResult.Success], attempts.OrderBy(a => a.Attempt).Select(a => a.Result));
        var interrupted = attempts.Single(a => a.Attempt == 1);
        Assert.Equal("Interrupted", interrupted.Error!.Type);
        Assert.Contains("the daemon stopped", interrupted.Error.Message, StringComparison.Ordinal);

        await Eventually.HoldsAsync(async () => (await next.Api.RunAsync(queuedRun)).State == RunState.Running, () => "the queued run begins");
        await next.Api.CancelAsync(queuedRun);
        Assert.Equal(RunState.Cancelled, (await next.Api.EndAsync(queuedRun)).State);
    }

    [Fact]
    public async Task A_daemon_without_work_stops_at_once()
    {
        using var home = new DaemonHome();
        await using var daemon = await DaemonProcess.StartAsync(home);
        Assert.Equal(0, await daemon.StopAsync());
        Assert.Empty(home.Processes());
    }

    private static Task BegunAsync(DaemonProcess daemon, long run) => Eventually.HoldsAsync(
        async () => (await daemon.Api.LogAsync(run, "wait")).Any(l => l.Text == "begun"), () => $"run {run} begins.\n{daemon.Output}");

    private static async Task<string> AttemptAsync(DaemonHome home, long run) =>
        (string)(await Store.RowsAsync(home, $"select result from task_attempts where run_id = {run} and number = 1"))[0][0];
}
