using Wizart.Flow.Engine.Runs;

namespace Wizart.Flow.Host.Tests.EndToEnd;

/// <summary>Sensors, triggers and approvals in a real daemon, across a kill of it.</summary>
public sealed class WaitTests
{
    [Fact]
    public async Task Sensors_triggers_and_approvals_survive_a_kill_and_go_on()
    {
        using var home = new DaemonHome();
        var file = Path.Combine(home.Root, "arrived.txt");
        home.Write("waits.csx", """
            var percent = Param("percent", 10).Between(0, 100);
            var brand = Param("brand", "none");
            var dag = Dag("waits");
            var arrived = dag.Task("arrived").From(dag.Context).WaitUntil(run =>
            {
                Console.WriteLine("looking");
                return System.IO.File.Exists(@"FILE");
            }, every: 200.Milliseconds());
            var child = dag.Task("child").After(arrived).From(dag.LogicalDate).Trigger("child", _ => new { brand = "oak" }, wait: true);
            var asked = dag.Task("asked").From(child).Approve(run => new Form($"Publish run {run.RunId}?").Text("**all** of it").Ask(percent));
            dag.Task("publish").From(asked).Run(decision => $"{decision.By} gives {decision.Get<int>("percent")} %");

            var other = Dag("child");
            other.Task("one").From(brand).Run(brand => $"made of {brand}");

            var after = Dag("after");
            after.Task("both").WaitFor("child", "one", timeout: 1.Days());
            """.Replace("FILE", file, StringComparison.Ordinal));

        long id;
        await using (var daemon = await DaemonProcess.StartAsync(home))
        {
            id = (await daemon.Api.TriggerAsync("waits")).Id;
            await Eventually.HoldsAsync(async () => (await LooksAsync(daemon, id)).Length >= 3, () => daemon.Output);
            Assert.Equal(1, (await daemon.Api.TaskAsync(id, "arrived")).Attempts);
            await daemon.KillAsync();
        }

        await using (var daemon = await DaemonProcess.StartAsync(home))
        {
            File.WriteAllText(file, "here");
            await Eventually.HoldsAsync(async () => (await daemon.Api.ApprovalsAsync()).Length == 1, () => daemon.Output);
            await daemon.KillAsync();
        }

        await using (var daemon = await DaemonProcess.StartAsync(home))
        {
            var asked = Assert.Single(await daemon.Api.ApprovalsAsync());
            Assert.StartsWith("Publish run ", asked.Title, StringComparison.Ordinal);
            Assert.Equal(("percent", "10"), (asked.Fields[0].Name, asked.Fields[0].Default.ToString()));
            await daemon.Api.DecideAsync(id, "asked", approved: true, ("percent", 25));
            var run = await daemon.Api.EndAsync(id);
            Assert.Equal(RunState.Success, run.State);
            Assert.EndsWith(" gives 25 %\"", (await daemon.Api.TaskAsync(id, "publish")).Output, StringComparison.Ordinal);
            Assert.Single(await daemon.Api.RunsAsync("child")); // started once, whatever was killed
            Assert.All(await LooksAsync(daemon, id), line => Assert.Equal("looking", line));
        }
    }

    private static async Task<string[]> LooksAsync(DaemonProcess daemon, long id) =>
        [.. (await daemon.Api.TaskAsync(id, "arrived")).Attempts == 0 ? [] : (await daemon.Api.LogAsync(id, "arrived")).Select(line => line.Text)];
}
