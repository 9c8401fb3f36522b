using System.Diagnostics;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Host.Tests.Support;

namespace Wizart.Flow.Host.Tests.EndToEnd;

/// <summary>The daemon is killed with SIGKILL at random moments. <c>FLOW_TEST_KILLS</c> says how often (50 by default), <c>FLOW_TEST_SEED</c> repeats a sequence.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Chains = 10;
    private const int Steps = 20;
    private const int LinesPerTask = 3;

    private const string Script = """
        var dag = Dag("chains").Retry(1000);
        for (var c = 0; c < 10; c++)
        {
            var chain = c;
            Output<long> last = dag.Task($"c{chain}_s0").Run(() => Work(chain, 0, 1));
            for (var s = 1; s < 20; s++)
            {
                var step = s;
                last = dag.Task($"c{chain}_s{step}").From(last).Run(before => Work(chain, step, before));
            }
        }

        static long Work(int chain, int step, long before)
        {
            for (var line = 1; line <= 3; line++) Console.WriteLine($"{chain}/{step} line {line}");
            System.Threading.Thread.Sleep(3);
            return unchecked(before * 31 + chain * 100 + step);
        }
        """;

    private readonly int _kills = Setting.Number("FLOW_TEST_KILLS", 50);
    private readonly int _seed = Setting.Number("FLOW_TEST_SEED", Random.Shared.Next());

    [Fact]
    public async Task Every_task_succeeds_exactly_once_however_often_the_daemon_is_killed()
    {
        using var home = new DaemonHome();
        home.Write("chains.csx", Script);
        output.WriteLine($"Seed {_seed}");
        var random = new Random(_seed);
        var toReady = await MeasureStartAsync(home);

        var hits = 0;
        for (var kill = 0; kill < _kills; kill++)
        {
            await using var daemon = DaemonProcess.Launch(home);
            if (kill % 5 == 4)
            {
                await MomentAsync(random, toReady); // while it starts and takes up what the last one left
            }
            else
            {
                await daemon.ReadyAsync();
                if (await UnfinishedAsync(home) == 0) await BeginRunAsync(daemon, random);
                await ProgressAsync(home, random);
            }

            await daemon.KillAsync();
            if (await UnfinishedAsync(home) > 0) hits++;
        }

        output.WriteLine($"{hits} of {_kills} kills struck an unfinished run.");
        Assert.True(hits >= _kills / 2, $"Only {hits} of {_kills} kills struck an unfinished run.");
        await using var last = await DaemonProcess.StartAsync(home);
        var runs = await last.Api.RunsAsync("chains");
        foreach (var run in runs) Assert.Equal(RunState.Success, (await last.Api.EndAsync(run.Id)).State);
        await AssertExactlyOnceAsync(home, runs.Length);
        foreach (var run in runs) await AssertOutputsAsync(last, run.Id);
        await AssertLogsAsync(last, runs[^1].Id);
        await AssertNothingIsLeftBehindAsync(home, last);
    }

    private async Task<TimeSpan> MeasureStartAsync(DaemonHome home)
    {
        // Once to compile, once to see how long a start takes here and now.
        await using (await DaemonProcess.StartAsync(home))
        {
        }

        var start = Stopwatch.GetTimestamp();
        await using var daemon = await DaemonProcess.StartAsync(home);
        var time = Stopwatch.GetElapsedTime(start);
        output.WriteLine($"A start takes {time.TotalMilliseconds:0} ms.");
        return time;
    }

    private static async Task BeginRunAsync(DaemonProcess daemon, Random random)
    {
        var begun = daemon.Api.TriggerAsync("chains");
        if (random.Next(4) > 0)
        {
            await begun;
            return;
        }

        // Now and then the kill comes while the request is under way: the run is there, or it is not.
        _ = begun.ContinueWith(static t => t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }

    private static Task MomentAsync(Random random, TimeSpan within) =>
        Task.Delay(within * random.NextDouble(), TestContext.Current.CancellationToken);

    /// <summary>Until some more tasks have ended, so that the work is struck at its beginning, in the middle and at its end alike, however fast it goes.</summary>
    private static async Task ProgressAsync(DaemonHome home, Random random)
    {
        var target = await EndedAsync(home);
        target += random.NextInt64(Chains * Steps - target);
        var isReached = false;
        while (!isReached && await UnfinishedAsync(home) > 0)
        {
            await MomentAsync(random, TimeSpan.FromMilliseconds(10));
            isReached = await EndedAsync(home) >= target;
        }
    }

    /// <summary>Tasks of the run at work that have ended.</summary>
    private static Task<long> EndedAsync(DaemonHome home) => Store.NumberAsync(home, """
        select count(*) from task_instances
        where state = 'success' and run_id in (select id from dag_runs where state in ('queued', 'running'))
        """);

    private static Task<long> UnfinishedAsync(DaemonHome home) =>
        Store.NumberAsync(home, "select count(*) from dag_runs where state in ('queued', 'running')");

    private async Task AssertExactlyOnceAsync(DaemonHome home, int runs)
    {
        var results = await Store.RowsAsync(home, "select result, count(*) from task_attempts group by result order by result");
        output.WriteLine($"{runs} runs; attempts: {string.Join(", ", results.Select(r => $"{r[1]} {r[0]}"))}");
        Assert.All(results, r => Assert.Contains((string)r[0], (string[])["success", "lost"]));

        var instances = await Store.NumberAsync(home, "select count(*) from task_instances where state = 'success'");
        Assert.Equal((long)runs * Chains * Steps, instances);
        Assert.Equal(instances, await Store.NumberAsync(home, "select count(*) from task_instances"));

        // Attempts are numbered without a gap, and the one success is the last.
        var wrong = await Store.RowsAsync(home, """
            select run_id, task_index, count(*), max(number), sum(result = 'success'), max(case when result = 'success' then number end)
            from task_attempts group by run_id, task_index, map_index
            having sum(result = 'success') <> 1 or max(number) <> count(*) or max(case when result = 'success' then number end) <> max(number)
            """);
        Assert.Empty(wrong);
        Assert.Equal(instances, await Store.NumberAsync(home, "select count(*) from task_attempts where result = 'success'"));
        Assert.Equal(instances, await Store.NumberAsync(home, "select count(*) from task_outputs"));
    }

    private static async Task AssertOutputsAsync(DaemonProcess daemon, long runId)
    {
        // Each value is made of all before it in its chain.
        for (var chain = 0; chain < Chains; chain++)
        {
            var expected = 1L;
            for (var step = 0; step < Steps; step++) expected = unchecked(expected * 31 + chain * 100 + step);
            Assert.Equal(expected, await daemon.Api.OutputAsync<long>(runId, $"c{chain}_s{Steps - 1}"));
        }
    }

    private static async Task AssertLogsAsync(DaemonProcess daemon, long runId)
    {
        for (var chain = 0; chain < Chains; chain++)
        {
            for (var step = 0; step < Steps; step++)
            {
                var lines = await daemon.Api.LogAsync(runId, $"c{chain}_s{step}");
                Assert.Equal(Enumerable.Range(1, LinesPerTask).Select(i => $"{chain}/{step} line {i}"), lines.Select(l => l.Text));
            }
        }
    }

    private static async Task AssertNothingIsLeftBehindAsync(DaemonHome home, DaemonProcess daemon)
    {
        await daemon.KillAsync();
        await Eventually.HoldsAsync(
            () => Task.FromResult(home.Processes().Count == 0), () => $"all workers end; left are {string.Join(", ", home.Processes())}");
    }
}
