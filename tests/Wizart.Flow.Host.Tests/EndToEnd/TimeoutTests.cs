using Wizart.Flow.Engine.Runs;

namespace Wizart.Flow.Host.Tests.EndToEnd;

/// <summary>A body that never returns, whatever it is asked.</summary>
public sealed class TimeoutTests
{
    [Fact]
    public async Task A_body_that_never_returns_is_killed_by_its_timeout_and_its_neighbour_is_untouched()
    {
        using var home = new DaemonHome();
        home.Environment["FLOW__CANCELGRACE"] = "00:00:00.3";
        var go = Path.Combine(home.Root, "go");
        home.Write("stuck.csx", """
            var dag = Dag("stuck");
            dag.Task("loop").Timeout(4.Seconds()).Run(() => // long enough to begin on a busy machine
            {
                Console.WriteLine($"process {Environment.ProcessId}");
                while (true) { }
            });
            """);
        home.Write("neighbour.csx", $$"""
            Dag("neighbour").Task("work").Run(() =>
            {
                Console.WriteLine($"process {Environment.ProcessId}");
                while (!System.IO.File.Exists("{{go}}")) System.Threading.Thread.Sleep(10);
                return Environment.ProcessId;
            });
            """);

        await using var daemon = await DaemonProcess.StartAsync(home);
        var neighbour = await daemon.Api.TriggerAsync("neighbour");
        var working = await ProcessAsync(daemon, neighbour.Id, "work");
        var stuck = await daemon.Api.RunToEndAsync("stuck");
        var looping = await ProcessAsync(daemon, stuck.Id, "loop");

        Assert.Equal(RunState.Failed, stuck.State);
        var attempt = Assert.Single(await daemon.Api.AttemptsAsync(stuck.Id, "loop"));
        Assert.Equal(AttemptResult.Failed, attempt.Result);
        Assert.Equal("Timeout", attempt.Error!.Type);
        Assert.Contains("00:00:04", attempt.Error.Message, StringComparison.Ordinal);
        Assert.Contains("killed", attempt.Error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(looping, home.Processes());
        Assert.Empty(Directory.GetFiles(Path.GetTempPath(), $"*-{looping}-*"));

        Assert.Equal(RunState.Running, (await daemon.Api.RunAsync(neighbour.Id)).State);
        await File.WriteAllTextAsync(go, "", TestContext.Current.CancellationToken);
        Assert.Equal(RunState.Success, (await daemon.Api.EndAsync(neighbour.Id)).State);
        Assert.Equal(working, await daemon.Api.OutputAsync<int>(neighbour.Id, "work"));
        Assert.Single(await daemon.Api.AttemptsAsync(neighbour.Id, "work"));

        Assert.Equal(RunState.Success, (await daemon.Api.RunToEndAsync("neighbour")).State);
    }

    private static async Task<int> ProcessAsync(DaemonProcess daemon, long run, string task)
    {
        var line = await Eventually.GetAsync(
            async () => (await daemon.Api.LogAsync(run, task)).FirstOrDefault(l => l.Text.StartsWith("process ", StringComparison.Ordinal)),
            () => $"{task} begins.\n{daemon.Output}");
        return int.Parse(line.Text["process ".Length..], System.Globalization.CultureInfo.InvariantCulture);
    }
}
