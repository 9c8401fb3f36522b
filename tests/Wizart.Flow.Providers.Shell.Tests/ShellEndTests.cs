using System.Diagnostics;

namespace Wizart.Flow.Providers.Shell.Tests;

/// <summary>Programs that have to be ended, and what they have started.</summary>
public sealed class ShellEndTests : IDisposable
{
    // Found in the command line of all that a test starts.
    private readonly string _mark = $"/flow-mark-{Guid.NewGuid():N}";
    private readonly CancellationTokenSource _cancel = new();

    public void Dispose() => _cancel.Dispose();

    // Three generations, of which the youngest is no child of anybody any more.
    private string Family => $"(sleep 300 & exec sh -c 'sleep 300; : {_mark}') & sh -c '(sh -c \"sleep 300; : {_mark}\" &) ; : {_mark}'; echo up; wait; : {_mark}";

    [Fact]
    public async Task Cancelling_ends_the_whole_family()
    {
        var run = Cancelled("up");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Shell.Script(Family, options: new() { Attempt = run }));
        Assert.Empty(ProcessTable.CommandsWith(_mark));
    }

    [Fact]
    public async Task A_program_gets_time_to_clean_up()
    {
        var run = Cancelled("up");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Shell.Script("trap 'echo cleaned; exit 0' TERM; echo up; while true; do sleep 0.05; done", options: new() { Attempt = run }));
        Assert.Contains(run.Lines, l => l.Text == "cleaned");
    }

    [Fact]
    public async Task A_program_that_ignores_the_request_is_killed_after_the_grace()
    {
        var run = Cancelled("up");
        var since = Stopwatch.GetTimestamp();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Shell.Script(
            $"trap '' TERM; echo up; while true; do sleep 0.05; done; : {_mark}", options: new() { Attempt = run, Grace = 300.Milliseconds() }));

        Assert.True(Stopwatch.GetElapsedTime(since) >= 300.Milliseconds());
        Assert.Empty(ProcessTable.CommandsWith(_mark));
    }

    [Fact]
    public async Task A_time_limit_ends_it_and_says_so()
    {
        var run = new RememberingContext();
        var error = await Assert.ThrowsAsync<ShellException>(() =>
            Shell.Script(Family, options: new() { Attempt = run, Timeout = 500.Milliseconds() }));

        Assert.True(error.TimedOut);
        Assert.Contains("was ended after its time limit of 0.5 s", error.Message, StringComparison.Ordinal);
        Assert.Contains("up", error.Result!.Output, StringComparison.Ordinal);
        Assert.Empty(ProcessTable.CommandsWith(_mark));
    }

    [Fact]
    public async Task What_a_program_leaves_running_is_ended_and_told()
    {
        var run = new RememberingContext();
        var result = await Shell.Script($"sh -c 'sleep 300; : {_mark}' & echo done", options: new() { Attempt = run });

        Assert.Equal("done", result.Output);
        Assert.Empty(ProcessTable.CommandsWith(_mark));
        Assert.Contains(run.Lines, l => l.Text.Contains("left processes running", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_ends_by_itself_right_after_the_program_is_heard()
    {
        var run = new RememberingContext();
        var result = await Shell.Script("(sleep 0.2; echo late) & echo early", options: new() { Attempt = run });

        Assert.Equal("early\nlate", result.Output);
        Assert.DoesNotContain(run.Lines, l => l.Text.Contains("left processes", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_process_that_left_the_group_and_holds_the_output_does_not_hold_the_task()
    {
        var run = new RememberingContext();
        var result = await Shell.Script($"setsid sh -c 'sleep 300; : {_mark}' & echo done", options: new() { Attempt = run });
        foreach (var id in ProcessTable.CommandsWith(_mark))
        {
            using var process = Process.GetProcessById(id);
            process.Kill(entireProcessTree: true);
        }

        Assert.Equal("done", result.Output);
        Assert.Contains(run.Lines, l => l.Text.Contains("left processes running", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_starts_in_a_cancelled_attempt()
    {
        await _cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Shell.Run("touch", [_mark], new() { Attempt = new RememberingContext(_cancel.Token) }));
        Assert.False(File.Exists(_mark));
    }

    [Fact]
    public async Task Disposing_ends_what_was_started()
    {
        var up = new TaskCompletionSource();
        await using (Shell.Start("bash", ["-c", Family], new() { OnLine = line => up.TrySetResult() })) await up.Task;
        Assert.Empty(ProcessTable.CommandsWith(_mark));
    }

    [Fact]
    public async Task Stopping_asks_a_started_program_to_end()
    {
        var up = new TaskCompletionSource();
        await using var program = Shell.Start(
            "bash", ["-c", "trap 'exit 7' TERM; echo up; while true; do sleep 0.05; done"], new() { OnLine = line => up.TrySetResult(), Succeeds = code => code == 7 });
        await up.Task;
        await program.Stop();
        Assert.Equal(7, (await program.Completion).ExitCode);
    }

    [Fact]
    public async Task Many_at_once_end_well()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Shell.Run("echo", [$"{i}"])));
        Assert.Equal(Enumerable.Range(0, 40).Select(i => $"{i}"), results.Select(r => r.Output));
    }

    private RememberingContext Cancelled(string onLine)
    {
        var run = new RememberingContext(_cancel.Token);
        run.OnLine = line =>
        {
            if (line == onLine) _cancel.Cancel();
        };
        return run;
    }
}
