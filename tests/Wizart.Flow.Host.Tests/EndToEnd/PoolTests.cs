using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Web;

namespace Wizart.Flow.Host.Tests.EndToEnd;

/// <summary>Limits of scripts, kept by a daemon that is killed while slots are held.</summary>
public sealed class PoolTests
{
    [Fact]
    public async Task A_pool_is_shared_by_scripts_and_survives_a_kill()
    {
        using var home = new DaemonHome();
        var go = Path.Combine(home.Root, "go");
        home.Write("train.csx", Script("train", go));
        home.Write("score.csx", Script("score", go));

        long first, second;
        await using (var daemon = await DaemonProcess.StartAsync(home))
        {
            first = (await daemon.Api.TriggerAsync("train")).Id;
            await Eventually.HoldsAsync(async () => (await PoolAsync(daemon)).Used == 1, () => "the first run holds the slot");
            second = (await daemon.Api.TriggerAsync("score")).Id;
            await Eventually.HoldsAsync(async () => (await PoolAsync(daemon)).Waiting == 1, () => "the second run waits");
            var why = Assert.Single(await daemon.Api.WhyAsync(second));
            Assert.Equal($"waits for pool 'gpu': 1 of 1 slots are taken by train/work (run {first})", why.Reason);
            await daemon.KillAsync();
        }

        await File.WriteAllTextAsync(go, "", TestContext.Current.CancellationToken);
        await using var again = await DaemonProcess.StartAsync(home);
        Assert.Equal(RunState.Success, (await again.Api.EndAsync(first)).State);
        Assert.Equal(RunState.Success, (await again.Api.EndAsync(second)).State);
        var pool = await PoolAsync(again);
        Assert.Equal((1, 0, 0), (pool.Slots, pool.Used, pool.Waiting));
    }

    private static async Task<PoolResource> PoolAsync(DaemonProcess daemon) => Assert.Single(await daemon.Api.PoolsAsync());

    private static string Script(string dag, string go) => $$"""
        var gpu = Pool("gpu", 1);
        Dag("{{dag}}").Task("work").Pool(gpu).Retry(1).Run(() =>
        {
            while (!System.IO.File.Exists("{{go}}")) System.Threading.Thread.Sleep(10);
            return 1;
        });
        """;
}
