using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Host.Tests.Support;

namespace Wizart.Flow.Host.Tests.EndToEnd;

/// <summary>One of forty brands fails, is mended and cleared alone, while the daemon is killed in between.</summary>
public sealed class ClearingTests
{
    [Fact]
    public async Task One_of_forty_elements_is_cleared_alone_and_the_run_succeeds_though_the_daemon_is_killed()
    {
        using var home = new DaemonHome();
        var mended = Path.Combine(home.Root, "mended");
        home.Write("brands.csx", $$"""
            var dag = Dag("brands");
            var brands = dag.Task("brands").Run(() => Enumerable.Range(0, 40).ToArray());
            var reports = dag.Task("report").ForEach(brands).Run(brand => Report(brand));
            dag.Task("sum").From(reports).Run(all => all.Sum());

            static int Report(int brand)
            {
                Console.WriteLine($"brand {brand}");
                if (brand != 17) return brand;
                if (!System.IO.File.Exists("{{mended}}")) throw new InvalidOperationException("brand 17 has no data");
                if (!System.IO.File.Exists("{{mended}} once"))
                {
                    System.IO.File.WriteAllText("{{mended}} once", "");
                    System.Threading.Thread.Sleep(System.Threading.Timeout.Infinite); // the daemon is killed here
                }

                return brand;
            }
            """);
        long id;
        await using (var first = await DaemonProcess.StartAsync(home))
        {
            id = (await first.Api.TriggerAsync("brands")).Id;
            var failed = await first.Api.EndAsync(id);
            Assert.Equal((RunState.Failed, "task 'report' failed"), (failed.State, failed.Reason));

            await File.WriteAllTextAsync(mended, "", TestContext.Current.CancellationToken);
            var report = await first.Api.ClearAsync("brands", id, new { tasks = new[] { "report[17]" } });
            Assert.Equal([("report", -1), ("report", 17), ("sum", -1)], report.Touched.Select(t => (t.TaskId!, t.MapIndex)));
            await Eventually.HoldsAsync(() => Task.FromResult(File.Exists($"{mended} once")), () => "element 17 begins anew");
            await first.KillAsync();
        }

        await using var second = await DaemonProcess.StartAsync(home);
        Assert.Equal(RunState.Failed, (await second.Api.EndAsync(id)).State); // the attempt was lost, and the task has no retries
        await second.Api.ClearAsync("brands", id, new { onlyFailed = true });
        Assert.Equal(RunState.Success, (await second.Api.EndAsync(id)).State);

        Assert.Equal(40 * 39 / 2, await second.Api.OutputAsync<int>(id, "sum"));
        var tasks = await second.Api.TasksAsync(id);
        Assert.All(tasks, t => Assert.Equal(TaskState.Success, t.State));
        Assert.Equal([(17, 3)], tasks.Where(t => t.MapIndex >= 0 && t.Attempts != 1).Select(t => (t.MapIndex, t.Attempts)));
        var attempts = await Store.RowsAsync(home, "select result, reason from task_attempts where map_index = 17 order by number");
        Assert.Equal(["failed", "lost", "success"], attempts.Select(a => (string)a[0]));
    }
}
