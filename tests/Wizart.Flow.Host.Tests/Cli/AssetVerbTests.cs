using Wizart.Flow.Host.Cli;
using Wizart.Flow.Model;
using Wizart.Flow.Web.Tests;

namespace Wizart.Flow.Host.Tests.Cli;

public sealed class AssetVerbTests
{
    private const string Pair = """
        var prices = Asset<int>("wizart://prices");
        var maker = Dag("maker");
        maker.Task("make").Run(() => 7).Into(prices);
        var follower = Dag("follower").Schedule(prices);
        follower.Task("take").From(prices).Run(p => p + 1);
        var waits = Dag("waits").Schedule(prices.With(Daily.At("03:00")));
        waits.Task("take").From(prices).Run(p => p + 1);
        """;

    [Fact]
    public async Task Assets_and_their_updates_are_shown()
    {
        using var bench = new Bench();
        await using var server = await StartAsync();
        var none = await bench.FlowOf(server, "assets", "events", "wizart://prices");
        Assert.Contains("wizart://prices was never updated.", none.Error, StringComparison.Ordinal);
        var told = await bench.FlowOf(server, "assets", "update", "wizart://prices", "--value", "7", "--extra", """{"why": "new"}""");
        Assert.True(told.Code == ExitCodes.Fine, told.ToString());
        Assert.Contains("wizart://prices is updated", told.Out, StringComparison.Ordinal);

        var list = await bench.FlowOf(server, "assets");
        Assert.Contains("maker/make", list.Out, StringComparison.Ordinal);
        Assert.Contains("by ada", list.Out, StringComparison.Ordinal);
        var events = await bench.FlowOf(server, "assets", "events", "wizart://prices", "-o", "json");
        Assert.Equal(7, events.Json[0].GetProperty("value").GetInt32());
        Assert.Contains("""{"why": "new"}""", (await bench.FlowOf(server, "assets", "events", "wizart://prices")).Out, StringComparison.Ordinal);
        Assert.Equal("wizart://prices", (await bench.FlowOf(server, "assets", "-o", "json")).Json[0].GetProperty("uri").GetString());
        Assert.Equal("asset", (await bench.FlowOf(server, "runs", "follower", "-o", "json")).Json[0].GetProperty("kind").GetString());
    }

    [Fact]
    public async Task A_bad_update_says_why()
    {
        using var bench = new Bench();
        await using var server = await StartAsync();
        var text = await bench.FlowOf(server, "assets", "update", "wizart://prices", "--value", "new");
        Assert.Equal(ExitCodes.Usage, text.Code);
        Assert.Contains("new for --value is not JSON", text.Error, StringComparison.Ordinal);
        var unknown = await bench.FlowOf(server, "assets", "update", "wizart://price", "--value", "1");
        Assert.Equal(ExitCodes.Failed, unknown.Code);
        Assert.Contains("Did you mean 'wizart://prices'?", unknown.Error, StringComparison.Ordinal);
        var missing = await bench.FlowOf(server, "assets", "update", "wizart://prices");
        Assert.Equal(ExitCodes.Usage, missing.Code);
        Assert.Contains("has a value (int): give it", missing.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_waited_for_is_shown_and_edited()
    {
        using var bench = new Bench();
        await using var server = await StartAsync();
        var waiting = await bench.FlowOf(server, "waiting");
        Assert.Contains("follower  runs on wizart://prices", waiting.Out, StringComparison.Ordinal);
        Assert.Contains("waits  the clock waits for wizart://prices", waiting.Out, StringComparison.Ordinal);
        Assert.Contains("waiting  wizart://prices", waiting.Out, StringComparison.Ordinal);
        var marked = await bench.FlowOf(server, "waiting", "mark", "waits", "wizart://prices");
        Assert.Contains("all has come, and the clock decides", marked.Out, StringComparison.Ordinal);
        Assert.True((await bench.FlowOf(server, "waiting", "waits", "-o", "json")).Json[0].GetProperty("holds").GetBoolean());
        var cleared = await bench.FlowOf(server, "waiting", "clear", "waits", "wizart://prices", "-o", "json");
        Assert.False(cleared.Json.GetProperty("holds").GetBoolean());
        Assert.Contains("It waits for wizart://prices.", (await bench.FlowOf(server, "why", "follower")).Out, StringComparison.Ordinal);
        var clock = (await bench.FlowOf(server, "why", "waits", "-o", "json")).Json;
        Assert.Contains("Its next run is due at", clock[0].GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Contains("It has no schedule", (await bench.FlowOf(server, "why", "maker")).Out, StringComparison.Ordinal);
        Assert.Contains("follows no assets", (await bench.FlowOf(server, "waiting", "maker")).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("assets")]
    [InlineData("assets", "events")]
    [InlineData("assets", "update")]
    [InlineData("waiting")]
    [InlineData("waiting", "mark")]
    [InlineData("waiting", "clear")]
    public async Task Each_verb_explains_itself(params string[] verb)
    {
        using var bench = new Bench();
        var help = await bench.Flow([.. verb, "--help"]);
        Assert.Equal(ExitCodes.Fine, help.Code);
        Assert.Contains("--output", help.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verbs_without_a_daemon_know_assets()
    {
        using var bench = new Bench();
        bench.Write("pipelines/pair.csx", Pair);
        bench.Write("pipelines/loop.csx", """
            var a = Asset<int>("wizart://a");
            var loop = Dag("loop").Schedule(a);
            loop.Task("t").From(a).Run(n => n + 1).Into(a);
            Dag("alone").Schedule(Asset("wizart://nobody") | Hourly).Task("t").Run(() => 1);
            """);
        var check = await bench.Flow("check");
        Assert.Equal(ExitCodes.Fine, check.Code);
        Assert.Contains("FLOW043: DAG 'loop' follows an asset that it updates itself", check.Out, StringComparison.Ordinal);
        Assert.Contains("FLOW042: No task makes asset 'wizart://nobody', which DAG 'alone' follows", check.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("wizart://prices", check.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("FLOW042", (await bench.Flow("check", "pipelines/loop.csx")).Out, StringComparison.Ordinal);

        var show = await bench.Flow("show", "maker");
        Assert.Contains("updates wizart://prices", show.Out, StringComparison.Ordinal);
        var next = await bench.Flow("next", "follower", "-o", "text");
        Assert.Contains("'follower' runs on updates of wizart://prices: when that is, nobody knows.", next.Error, StringComparison.Ordinal);
        var waits = await bench.Flow("next", "waits", "--count", "1", "-o", "text");
        Assert.Contains("03:00", waits.Out, StringComparison.Ordinal);
        Assert.Contains("Each of these waits until wizart://prices was updated since the last run.", waits.Error, StringComparison.Ordinal);

        var run = await bench.Flow("run", "follower", "--asset", "wizart://prices=41", "-o", "json");
        Assert.True(run.Code == ExitCodes.Fine, run.ToString());
        Assert.Equal(42, run.Json.GetProperty("tasks")[0].GetProperty("output").GetInt32());
        Assert.Contains("is not URI=JSON", (await bench.Flow("run", "follower", "--asset", "wizart://prices")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_simulation_follows_updates_from_run_to_run()
    {
        using var bench = new Bench();
        bench.Write("pipelines/chain.csx", """
            var a = Asset<int>("wizart://a");
            var first = Dag("first").Schedule(Daily.At("06:00"));
            first.Task("t").Run(() => 1).Into(a);
            var outside = Asset<int>("wizart://outside");
            var second = Dag("second").Schedule(a);
            second.Task("t").From(a, outside).Run((n, o) => n + o).Into(Asset("wizart://done"));
            Dag("fourth").Schedule(Asset("wizart://done")).Task("t").Run(() => 1);
            Dag("third").Schedule(a.With(Hourly)).Task("t").From(a).Run(n => n);
            var b = Asset<int>("wizart://b");
            Dag("loop").Schedule(b | Hourly).Task("t").Run(() => 1).Into(b);
            """);
        var simulated = await bench.Flow("simulate", "--from", "2026-11-01", "--to", "2026-11-03", "-o", "json");
        Assert.True(simulated.Code == ExitCodes.Fine, simulated.ToString());
        Assert.Contains("'loop' would be started through assets again and again", simulated.Error, StringComparison.Ordinal);
        var runs = simulated.Json.EnumerateArray().Select(r => (r.GetProperty("dagId").GetString(), r.GetProperty("kind").GetString(), r.GetProperty("createdAt").GetDateTimeOffset().Hour)).ToArray();
        Assert.Equal(2, runs.Count(r => r == ("first", "scheduled", 6)));
        Assert.Equal(2, runs.Count(r => r == ("second", "asset", 6)));
        Assert.Equal(2, runs.Count(r => r == ("fourth", "asset", 6)));
        Assert.Equal(2, runs.Count(r => r.Item1 == "third"));
        Assert.All(runs.Where(r => r.Item1 == "third"), r => Assert.Equal("scheduled", r.Item2));
    }

    private static async Task<ApiServer> StartAsync()
    {
        var prices = new AssetModel { Uri = "wizart://prices", Type = new TypeModel("int"), Schema = Models.Json("""{"type":"integer"}""") };
        var maker = Models.Chain("maker", "make");
        maker = maker with { Tasks = [maker.Tasks[0] with { Into = ["wizart://prices"] }], Assets = [prices] };
        var follower = Models.Chain("follower", "take") with
        {
            Schedule = new AssetScheduleModel(new AssetUpdated("wizart://prices")) { Text = "On wizart://prices" },
            Assets = [prices],
        };
        var waits = Models.Daily("waits");
        waits = waits with
        {
            Schedule = new AssetScheduleModel(new AssetUpdated("wizart://prices")) { Text = "Daily", Time = waits.Schedule, Timing = AssetTiming.Waits },
            StartingOn = null,
            Assets = [prices],
        };
        var server = await ApiServer.StartAsync(maker, follower, waits);
        await server.Engine.OpenSchedulesAsync(TestContext.Current.CancellationToken);
        return server;
    }
}
