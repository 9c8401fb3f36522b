using System.Globalization;
using Wizart.Flow.Engine.Runs;

namespace Wizart.Flow.Host.Tests.EndToEnd;

/// <summary>Programs that tasks have started end with their attempt, however that ends.</summary>
public sealed class ShellTests
{
    private const string Script = """
        var dag = Dag("programs");
        dag.Task("sleep").Run(async () =>
        {
            Console.WriteLine($"worker {Environment.ProcessId}");
            await Shell.Script("sleep 300 & sh -c 'sleep 300 & wait' & echo up; wait");
        });
        """;

    [Fact]
    public async Task Cancelling_a_run_ends_its_programs()
    {
        using var home = new DaemonHome();
        await using var daemon = await StartAsync(home);
        var run = await SleepingAsync(daemon, home);

        await daemon.Api.CancelAsync(run);
        Assert.Equal(RunState.Cancelled, (await daemon.Api.EndAsync(run)).State);
        Assert.Empty(Sleepers(home));
    }

    [Fact]
    public async Task A_killed_worker_takes_its_programs_along()
    {
        using var home = new DaemonHome();
        await using var daemon = await StartAsync(home);
        var run = await SleepingAsync(daemon, home);
        var line = (await daemon.Api.LogAsync(run, "sleep")).First(l => l.Text.StartsWith("worker ", StringComparison.Ordinal)).Text;

        ProcessTable.Kill(int.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture));
        Assert.Equal(RunState.Failed, (await daemon.Api.EndAsync(run)).State);
        await NobodySleepsAsync(home);
    }

    [Fact]
    public async Task A_killed_daemon_takes_its_programs_along()
    {
        using var home = new DaemonHome();
        await using var daemon = await StartAsync(home);
        await SleepingAsync(daemon, home);

        await daemon.KillAsync();
        await NobodySleepsAsync(home);
    }

    private static async Task<DaemonProcess> StartAsync(DaemonHome home)
    {
        home.Write("programs.csx", Script);
        var daemon = await DaemonProcess.StartAsync(home);
        await daemon.Api.DagAsync("programs");
        return daemon;
    }

    private static async Task<long> SleepingAsync(DaemonProcess daemon, DaemonHome home)
    {
        var run = (await daemon.Api.TriggerAsync("programs")).Id;
        await Eventually.HoldsAsync(
            async () => Sleepers(home).Length == 2 && (await daemon.Api.LogAsync(run, "sleep")).Any(l => l.Text == "up"),
            () => "two programs sleep");
        return run;
    }

    private static Task NobodySleepsAsync(DaemonHome home) =>
        Eventually.HoldsAsync(() => Task.FromResult(Sleepers(home).Length == 0), () => $"programs {string.Join(", ", Sleepers(home))} end");

    private static int[] Sleepers(DaemonHome home) => [.. home.Processes().Where(id => NameOf(id) == "sleep")];

    private static string NameOf(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/comm").Trim();
        }
        catch (IOException)
        {
            return ""; // it has ended meanwhile
        }
    }
}
