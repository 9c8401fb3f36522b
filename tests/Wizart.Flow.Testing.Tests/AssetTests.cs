using Wizart.Flow.Engine.Commands;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Model;

namespace Wizart.Flow.Testing.Tests;

/// <summary>Assets, through a whole run in this process.</summary>
public sealed class AssetTests
{
    private const string Script = """
        var prices = Asset<Prices>("wizart://prices");
        var sums = Asset<int[]>("wizart://sums");
        var table = Asset("wizart://table");
        var dag = Dag("d").Schedule((prices & table) | Daily.At("03:00").In("Europe/Minsk"));
        var list = dag.Task("list").From(prices).Run(p => p.Amounts);
        dag.Task("each").ForEach(list).From(prices.Latest).Run((n, latest) => n + latest.By.Length).Into(sums);
        dag.Task("events").From(dag.AssetEvents, prices.Events, table.Events)
            .Run((all, own, tables) => $"{all.All.Count} {own.Count} {own.FirstOrDefault()?.Value.Amounts.Length} {tables.All.Count} {all.Of(table).Count}");
        dag.Task("tell").Run(() => { }).Into(table);
        record Prices(int[] Amounts);
        """;

    [Fact]
    public async Task Values_are_given_by_the_test_and_what_the_run_updates_is_seen()
    {
        var result = await RunAsync(world => world.Asset("wizart://prices", new { Amounts = new[] { 1, 2 } }).Asset("wizart://table"));
        Assert.True(result.State == RunState.Success, result.ToString());
        Assert.Equal([6, 7], result.Asset<int[]>("wizart://sums"));
        Assert.Equal("2 1 2 1 1", result.Output<string>("events"));
        Assert.Equal(["wizart://sums", "wizart://table"], result.Assets.Keys.Order());
        Assert.Null(result.Assets["wizart://table"]);
        Assert.Contains("gave it no value", Assert.Throws<InvalidOperationException>(() => result.Asset<int>("wizart://table")).Message);
        Assert.Contains("did not update asset 'wizart://prices'", Assert.Throws<InvalidOperationException>(() => result.Asset<int>("wizart://prices")).Message);
        // A run by hand covers the interval of the clock's part.
        Assert.Equal(TimeSpan.FromDays(1), result.Run.Interval.End - result.Run.Interval.Start);
    }

    [Fact]
    public async Task An_asset_without_a_value_fails_the_task_that_takes_it()
    {
        var result = await RunAsync(_ => { });
        Assert.Equal(RunState.Failed, result.State);
        Assert.Contains("Asset 'wizart://prices' was never updated, so it has no value. No task makes it", result.Task("list").Error!.Message);
        Assert.Equal("0 0  0 0", result.Output<string>("events"));
    }

    [Fact]
    public async Task A_large_list_goes_to_the_artifact_store_and_comes_back()
    {
        await using var test = await TemporaryScripts.LoadAsync("""
            var big = Asset<string[]>("wizart://big");
            var dag = Dag("d");
            var made = dag.Task("made").ForEach([1, 2, 3]).Run(n => new string((char)('a' + n), 150_000)).Into(big);
            """);
        var result = await test.RunAsync("d", cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(["b", "c", "d"], result.Asset<string[]>("wizart://big").Select(text => text[..1]));
    }

    [Fact]
    public async Task What_is_given_must_fit()
    {
        var wrong = await Assert.ThrowsAsync<FlowCommandException>(() => RunAsync(world => world.Asset("wizart://prices", 7)));
        Assert.Contains("This is no Prices", wrong.Message);
        var unknown = await Assert.ThrowsAsync<FlowCommandException>(() => RunAsync(world => world.Asset("wizart://price", 7)));
        Assert.Contains("Did you mean 'wizart://prices'?", unknown.Message);
    }

    [Fact]
    public async Task A_folder_is_checked_for_assets_that_nobody_makes()
    {
        using var scripts = new TemporaryScripts();
        var path = scripts.Write("test.csx", Script);
        await using var file = await FlowTest.LoadAsync(path, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(file.Diagnostics, d => d.Code == FlowCodes.NobodyMakes);
        await using var folder = await FlowTest.LoadAsync(scripts.Folder, TestContext.Current.CancellationToken);
        Assert.Equal((FlowCodes.NobodyMakes, 1), (folder.Diagnostics.Single().Code, folder.Diagnostics.Single().Location!.Line));
    }

    private static async Task<LocalRunResult> RunAsync(Action<FlowTestWorld> with)
    {
        await using var test = await TemporaryScripts.LoadAsync(Script);
        return await test.RunAsync("d", with: with, cancellation: TestContext.Current.CancellationToken);
    }
}
