using Wizart.Flow.Execution;
using Wizart.Flow.Runtime.Tests.Scripts;

namespace Wizart.Flow.Runtime.Tests.Contract;

/// <summary>How attempts are stopped.</summary>
public abstract partial class RunnerContract
{
    private const string Waits = "async run => { run.Log(\"waiting\"); await Task.Delay(Timeout.Infinite, run.Cancellation); }";

    private async Task<AttemptOutcome> Stopped(string body, StopKind kind, string reason, TimeSpan? timeout = null)
    {
        var running = Run(Orders.Body(body) with { Timeout = timeout });
        await Told.Line("waiting");
        Control.Stop(kind, reason);
        return await running;
    }

    [Fact]
    public async Task A_cancelled_attempt_ends_as_cancelled_with_the_reason() =>
        Assert.Equal("by ann", Assert.IsType<AttemptOutcome.Cancelled>(await Stopped(Waits, StopKind.Cancel, "by ann")).Reason);

    [Fact]
    public async Task A_timeout_fails_and_tells_the_limit()
    {
        var failed = Failed(await Stopped(Waits, StopKind.Timeout, "too long", TimeSpan.FromSeconds(90)), "Timeout");
        Assert.Contains("00:01:30", failed.Error.Message);
        Assert.True(failed.MayRetry);
    }

    [Fact]
    public async Task A_shutdown_fails_as_interrupted()
    {
        var failed = Failed(await Stopped(Waits, StopKind.Shutdown, "the daemon is stopping"), "Interrupted");
        Assert.Contains("the daemon is stopping", failed.Error.Message);
        Assert.True(failed.MayRetry);
    }

    [Fact]
    public async Task Whatever_a_stopped_body_throws_it_was_stopped()
    {
        const string Body = """
            async run =>
            {
                run.Log("waiting");
                try { await Task.Delay(Timeout.Infinite, run.Cancellation); }
                catch (OperationCanceledException e) { throw new IOException("connection lost", e); }
            }
            """;

        var failed = Failed(await Stopped(Body, StopKind.Timeout, "too long"), "Timeout");

        Assert.Contains("System.IO.IOException: connection lost", failed.Error.Message);
    }

    [Fact]
    public async Task A_stopped_body_that_still_ends_well_has_succeeded() => Assert.Equal("5", Value(await Stopped(
        "async run => { run.Log(\"waiting\"); try { await Task.Delay(Timeout.Infinite, run.Cancellation); } catch (OperationCanceledException) { } return 5; }",
        StopKind.Cancel,
        "by ann")));

    [Fact]
    public async Task A_callback_on_the_cancellation_may_throw_or_hang()
    {
        const string Body = """
            run =>
            {
                run.Cancellation.Register(() => throw new Exception("bad callback"));
                run.Log("waiting");
                run.Cancellation.WaitHandle.WaitOne();
                SpinWait.SpinUntil(() => false, 50);
                run.Cancellation.ThrowIfCancellationRequested();
            }
            """;
        Assert.IsType<AttemptOutcome.Cancelled>(await Stopped(Body, StopKind.Cancel, "by ann"));
        Assert.Contains(Told.Lines, l => l.Contains("bad callback"));
    }

    [Fact]
    public async Task An_attempt_stopped_before_it_begins_does_not_leave_the_body_running()
    {
        Control.Stop(StopKind.Cancel, "by ann");
        var outcome = await RunAsync(Orders.Body("async run => { await Task.Delay(Timeout.Infinite, run.Cancellation); }"), Told.Add, Control);
        Assert.StartsWith("by ann", Assert.IsType<AttemptOutcome.Cancelled>(outcome).Reason);
    }

    [Fact]
    public async Task A_cancellation_without_a_stop_is_an_ordinary_failure() =>
        Failed(await Run("_ => { throw new TaskCanceledException(\"the request timed out\"); }"), "System.Threading.Tasks.TaskCanceledException");
}
