using Wizart.Flow.Host.Cli;
using Wizart.Flow.Web.Tests;

namespace Wizart.Flow.Host.Tests.Cli;

public sealed class BackfillVerbTests
{
    private static readonly string[] Week = ["--from", "2026-03-02", "--to", "2026-03-08T06:00"];

    [Fact]
    public async Task A_backfill_is_waited_for_and_listed()
    {
        using var bench = new Bench();
        await using var server = await StartAsync();
        var waited = await bench.FlowOf(server, ["backfill", "orders", .. Week, "--wait"]);
        Assert.True(waited.Code == ExitCodes.Fine, waited.ToString());
        Assert.Contains("Backfill 1 of orders is completed: 7 success.", waited.Out, StringComparison.Ordinal);
        Assert.Contains("completed, 7 of 7 intervals (100 %), 7 success", waited.Error, StringComparison.Ordinal);

        Assert.Contains("completed, 7 of 7 intervals (100 %), 7 success", (await bench.FlowOf(server, "backfills", "orders")).Out, StringComparison.Ordinal);
        Assert.Equal("orders", (await bench.FlowOf(server, "backfills", "-o", "json")).Json[0].GetProperty("dagId").GetString());
        var over = await bench.FlowOf(server, "backfills", "cancel", "1");
        Assert.Equal(ExitCodes.Failed, over.Code);
        Assert.Contains("is over: it is completed", over.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_lists_what_would_be_run_and_what_is_left_alone()
    {
        using var bench = new Bench();
        await using var server = await StartAsync();
        await bench.FlowOf(server, "backfill", "orders", "--from", "2026-03-03", "--to", "2026-03-05", "--wait");
        var dry = await bench.FlowOf(server, ["backfill", "orders", .. Week, "--dry-run"]);
        Assert.Contains("5 runs of orders would be created, 2 intervals left alone.", dry.Out, StringComparison.Ordinal);
        Assert.Contains("2026-03-02 06:00 +03:00", dry.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("2026-03-03 06:00 +03:00   2026-03-04", dry.Out, StringComparison.Ordinal);
        Assert.Single((await bench.FlowOf(server, "backfills", "-o", "json")).Json.EnumerateArray());
    }

    [Fact]
    public async Task It_may_be_for_some_tasks_only()
    {
        using var bench = new Bench();
        await using var server = await StartAsync();
        var dry = await bench.FlowOf(server, ["backfill", "orders", .. Week, "--task", "extract", "--dry-run"]);
        Assert.Contains("7 runs of orders would be created, only extract and what they wait for, 0 intervals left alone.", dry.Out, StringComparison.Ordinal);
        var wrong = await bench.FlowOf(server, ["backfill", "orders", .. Week, "--task", "extrakt"]);
        Assert.Contains("has no task or group 'extrakt'. Did you mean 'extract'?", wrong.Error, StringComparison.Ordinal);
        var waited = await bench.FlowOf(server, ["backfill", "orders", .. Week, "--task", "extract", "--wait"]);
        Assert.Contains("7 success", waited.Out, StringComparison.Ordinal);
        var tasks = await bench.FlowOf(server, "tasks", "orders", "2"); // 1 is the schedule's own
        Assert.True(tasks.Out.Contains("removed", StringComparison.Ordinal), tasks.ToString());
    }

    [Fact]
    public async Task A_run_that_fails_makes_waiting_fail()
    {
        using var bench = new Bench();
        await using var server = await StartAsync();
        server.Bodies.Set("extract", Outcomes.Fails("No route."));
        var waited = await bench.FlowOf(server, ["backfill", "orders", .. Week, "--wait", "-o", "json"]);
        Assert.Equal(ExitCodes.Failed, waited.Code);
        Assert.Equal(7, waited.Json.GetProperty("runs").GetProperty("failed").GetInt32());
        Assert.Contains("5 runs", (await bench.FlowOf(server, "backfill", "orders", "--from", "2026-03-02", "--to", "2026-03-06T06:00", "--reprocess", "failed", "--dry-run")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_paused_and_cancelled()
    {
        using var bench = new Bench();
        await using var server = await StartAsync();
        server.Bodies.Set("extract", attempt => attempt.UntilStoppedAsync());
        Assert.Contains("Backfill 1 of orders: 7 intervals.", (await bench.FlowOf(server, ["backfill", "orders", .. Week, "--max-active", "2"])).Out, StringComparison.Ordinal);
        Assert.Contains("paused", (await bench.FlowOf(server, "backfills", "pause", "1")).Out, StringComparison.Ordinal);
        Assert.Contains("running", (await bench.FlowOf(server, "backfills", "unpause", "1")).Out, StringComparison.Ordinal);
        Assert.Contains("cancelled", (await bench.FlowOf(server, "backfills", "cancel", "1")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_is_told()
    {
        using var bench = new Bench();
        await using var server = await StartAsync();
        var none = await bench.FlowOf(server, "backfill", "orders", "--from", "soon", "--to", "2026-03-05");
        Assert.Equal(ExitCodes.Usage, none.Code);
        Assert.Contains("'soon' for --from is not a date", none.Error, StringComparison.Ordinal);
        var turned = await bench.FlowOf(server, "backfill", "orders", "--from", "2026-03-05", "--to", "2026-03-02");
        Assert.Equal(ExitCodes.Usage, turned.Code);
        Assert.Contains("turned round", turned.Error, StringComparison.Ordinal);
    }

    private static async Task<ApiServer> StartAsync()
    {
        var server = await ApiServer.StartAsync(Models.Daily("orders"));
        await server.Engine.OpenSchedulesAsync(TestContext.Current.CancellationToken);
        return server;
    }
}
