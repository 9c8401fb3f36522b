using System.Globalization;
using Wizart.Flow.Host.Tests.Support;

namespace Wizart.Flow.Host.Tests.EndToEnd;

/// <summary>Intervals that were missed, however the daemon ended.</summary>
public sealed class CatchupTests(ITestOutputHelper output)
{
    private const int Missed = 400;
    private const int Kills = 4;

    [Fact]
    public async Task Every_due_interval_has_one_scheduled_run_though_the_daemon_is_killed_while_it_catches_up()
    {
        using var home = new DaemonHome();
        var first = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - Missed);
        home.Write("ticks.csx", $$"""
            var dag = Dag("ticks")
                .Schedule(Every(1.Seconds()))
                .StartingOn("{{first.ToString("O", CultureInfo.InvariantCulture)}}")
                .Catchup()
                .MaxActiveRuns(4)
                .Retry(100);
            dag.Task("tick").From(dag.LogicalDate).Run(date => date.ToUnixTimeSeconds());
            """);

        var random = new Random();
        for (var kill = 0; kill < Kills; kill++)
        {
            await using var daemon = await DaemonProcess.StartAsync(home);
            // Each time a little further into the work.
            var enough = random.Next(Missed * kill / Kills, Missed * (kill + 1) / Kills);
            await Eventually.HoldsAsync(async () => await EndedAsync(home) >= enough, () => $"{enough} runs.\n{daemon.Output}");
            await daemon.KillAsync();
        }

        await using var last = await DaemonProcess.StartAsync(home);
        var now = TimeProvider.System.GetUtcNow();
        var due = (int)(now - first).TotalSeconds;
        await Eventually.HoldsAsync(async () => await EndedAsync(home) >= due, () => $"{due} runs.\n{last.Output}");
        Assert.Equal(0, await last.StopAsync());

        var dates = await Store.RowsAsync(home, "select logical_date / 1000000, kind, state from dag_runs order by logical_date, id");
        output.WriteLine($"{dates.Count} runs");
        Assert.All(dates, d => Assert.Equal("scheduled", d[1]));
        Assert.Equal(Enumerable.Range(0, dates.Count).Select(i => first.ToUnixTimeSeconds() + i), dates.Select(d => (long)d[0]));
        Assert.True(dates.Count(d => (string)d[2] == "success") >= due);
    }

    private static Task<long> EndedAsync(DaemonHome home) =>
        Store.NumberAsync(home, "select count(*) from dag_runs where state = 'success'");
}
