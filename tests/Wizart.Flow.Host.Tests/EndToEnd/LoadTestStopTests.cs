using System.Text.Json;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.SampleService;

namespace Wizart.Flow.Host.Tests.EndToEnd;

/// <summary>A load test whose task is cancelled, times out or loses its worker sends nothing more.</summary>
public sealed class LoadTestStopTests
{
    private const int Rate = 50;

    [Theory]
    [InlineData("cancelled")]
    [InlineData("timed out")]
    [InlineData("killed")]
    public async Task Nothing_more_is_sent_once_its_task_has_ended(string how)
    {
        using var home = new DaemonHome();
        await using var service = await SampleServer.StartAsync(1_000, TimeSpan.FromMilliseconds(1));
        home.Write("load.csx", $$"""
            var api = Connection<HttpApi>("api");
            var dag = Dag("load");
            dag.Task("hold").From(api, dag.Context){{(how == "timed out" ? ".Timeout(8.Seconds())" : "")}}.Run((api, run) => LoadTest
                .Scenario("all", () => api.Get("/"))
                .FindCapacity(from: {{Rate}}, upTo: {{Rate}}, hold: 10.Minutes())
                .Run(run));
            Dag("second").Task("wait").Run(() => Task.Delay(1.Seconds()));
            """);
        home.Write("connections.json", JsonSerializer.Serialize(new { api = new { type = "http", url = service.Url } }));
        await using var daemon = await DaemonProcess.StartAsync(home);
        var run = await daemon.Api.TriggerAsync("load");
        await Eventually.HoldsAsync(() => Task.FromResult(service.Requests > Rate), () => $"requests come.\n{daemon.Output}");

        var before = service.Requests;
        if (how == "cancelled") await daemon.Api.CancelAsync(run.Id);
        if (how == "killed") KillWorkers(home, daemon);
        var ended = await daemon.Api.EndAsync(run.Id);
        Assert.Equal(how == "cancelled" ? RunState.Cancelled : RunState.Failed, ended.State);

        // Whoever is killed watches no recovery; the others call gently until the service answers well.
        var sent = service.Requests;
        if (how == "cancelled") Assert.True(sent - before < 5 * Rate, $"{sent - before} requests after the cancel");
        if (how != "killed")
            Assert.Contains(await daemon.Api.ArtifactsAsync(run.Id), artifact => artifact.Name == "load-test-partial.json");
        Assert.Equal(RunState.Success, (await daemon.Api.RunToEndAsync("second")).State); // in which 50 would have been sent
        Assert.Equal(sent, service.Requests);
    }

    private static void KillWorkers(DaemonHome home, DaemonProcess daemon)
    {
        foreach (var process in home.Processes().Where(process => process != daemon.Id)) ProcessTable.Kill(process);
    }
}
