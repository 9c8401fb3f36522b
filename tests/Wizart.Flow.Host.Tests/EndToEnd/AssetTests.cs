using System.Net;
using System.Text.Json;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Web;

namespace Wizart.Flow.Host.Tests.EndToEnd;

/// <summary>Assets with the real daemon and real workers.</summary>
public sealed class AssetTests
{
    private const string Maker = """
        #load "shared/prices.csx"
        var prices = Asset<Prices>("wizart://prices");
        var maker = Dag("maker").Retry(100);
        maker.Task("make").Run(() => new Prices(new() { ["oak"] = 7 })).Into(prices);
        """;

    private const string Follower = """
        #load "shared/prices.csx"
        var prices = Asset<Prices>("wizart://prices");
        var follower = Dag("follower").Schedule(prices).Retry(100);
        follower.Task("take").From(prices, prices.Events).Run((latest, events) => $"{latest.Amounts["oak"]} by {events[^1].By}");
        """;

    private const string Shared = "record Prices(Dictionary<string, decimal> Amounts);";

    [Fact]
    public async Task A_dag_follows_what_another_makes_and_what_a_program_tells()
    {
        using var home = NewHome();
        await using var daemon = await DaemonProcess.StartAsync(home);
        await daemon.Api.RunToEndAsync("maker");
        var first = await RunAsync(daemon, 1);
        Assert.Equal("7 by maker/make", await daemon.Api.OutputAsync<string>(first.Id, "take"));

        var told = await daemon.Api.PostAsync("assets/events", """{"uri": "wizart://prices", "value": {"Amounts": {"oak": 8}}}""");
        Assert.Equal(HttpStatusCode.Created, told.StatusCode);
        var second = await RunAsync(daemon, 2);
        Assert.Equal("8 by local", await daemon.Api.OutputAsync<string>(second.Id, "take"));
        Assert.Equal("asset", JsonDocument.Parse(JsonSerializer.Serialize(second, ApiJson.Default.RunResource)).RootElement.GetProperty("kind").GetString());

        var refused = await daemon.Api.PostAsync("assets/events", """{"uri": "wizart://prices", "value": {"Amount": 1}}""");
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(2, (await daemon.Api.RunsAsync("follower")).Length);
    }

    [Fact]
    public async Task Nothing_is_lost_or_doubled_however_often_the_daemon_is_killed()
    {
        using var home = NewHome();
        var (updates, answered) = (0, 0);
        for (var kill = 0; kill < 6; kill++)
        {
            await using var daemon = await DaemonProcess.StartAsync(home);
            await daemon.Api.TriggerAsync("maker");
            var answer = daemon.Api.PostAsync("assets/events", $$"""{"uri": "wizart://prices", "value": { "Amounts": { "oak": {{kill}} } } }""");
            if (kill % 2 == 0) await answer;
            else await Eventually.HoldsAsync(async () => (await daemon.Api.RunsAsync("maker")).Length > kill, () => "the run is there");
            await daemon.KillAsync();
            try
            {
                if ((await answer).IsSuccessStatusCode) answered++;
            }
            catch (HttpRequestException)
            {
                // The kill came first: the update is there, or it is not.
            }
        }

        await using var last = await DaemonProcess.StartAsync(home);
        var made = await last.Api.RunsAsync("maker");
        Assert.Equal(6, made.Length);
        foreach (var run in made) Assert.Equal(RunState.Success, (await last.Api.EndAsync(run.Id)).State);
        var asset = (await last.Api.ReadAsync<AssetResource[]>("assets")).Single();
        var events = await last.Api.ReadAsync<AssetEventResource[]>($"assets/{asset.Id}/events?count=1000");
        updates = events.Count(e => e.RunId is null);
        Assert.InRange(updates, answered, 6);
        Assert.Equal(made.Select(r => r.Id).Order(), events.Where(e => e.RunId is not null).Select(e => e.RunId!.Value).Order());

        // One run for each update, and each names its own.
        var runs = await last.Api.RunsAsync("follower");
        Assert.Equal(events.Length, runs.Length);
        var started = new List<long>();
        foreach (var run in runs)
        {
            Assert.Equal(RunState.Success, (await last.Api.EndAsync(run.Id)).State);
            started.Add(Assert.Single(await last.Api.ReadAsync<AssetEventResource[]>($"runs/{run.Id}/assets")).Id);
        }

        Assert.Equal(events.Select(e => e.Id).Order(), started.Order());
    }

    private static DaemonHome NewHome()
    {
        var home = new DaemonHome();
        home.Write("shared/prices.csx", Shared);
        home.Write("maker.csx", Maker);
        home.Write("follower.csx", Follower);
        return home;
    }

    private static async Task<RunResource> RunAsync(DaemonProcess daemon, int number)
    {
        var runs = await Eventually.GetAsync(
            async () => await daemon.Api.RunsAsync("follower") is { } found && found.Length >= number ? found : null, () => $"run {number}.\n{daemon.Output}");
        Assert.Equal(number, runs.Length);
        var run = await daemon.Api.EndAsync(runs[0].Id);
        Assert.True(run.State == RunState.Success, daemon.Output);
        return run;
    }
}
