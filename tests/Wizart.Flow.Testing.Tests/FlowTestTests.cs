using System.Globalization;
using System.Text.Json;
using Wizart.Flow.Engine.Commands;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Model;

namespace Wizart.Flow.Testing.Tests;

public sealed class FlowTestTests
{
    private sealed record CountryTotal(string Country, decimal Sum);

    private const string Totals =
        """
        var shop = Connection<HttpApi>("shop");
        var dag = Dag("totals").Schedule(Daily.At("06:00").In("Europe/Minsk"));
        var orders = dag.Task("extract").From(shop, dag.Interval)
            .Run((shop, day) => shop.Get<Order[]>($"/orders?from={day.Start:yyyy-MM-dd}"));
        dag.Task("transform").From(orders)
            .Run(orders => orders.GroupBy(o => o.Country).Select(g => new Total(g.Key, g.Sum(o => o.Amount))).ToArray());
        record Order(string Country, decimal Amount);
        record Total(string Country, decimal Sum);
        """;

    [Fact]
    public async Task A_whole_dag_runs_with_fakes_in_the_place_of_its_connections()
    {
        await using var scripts = await TemporaryScripts.LoadAsync(Totals);
        Assert.Empty(scripts.Diagnostics);
        var shop = new FakeShop("""[{"country": "BY", "amount": 2.5}, {"country": "PL", "amount": 1}, {"country": "BY", "amount": 1.5}]""");
        var result = await scripts.RunAsync("totals", date: "2026-11-02", with: world => world.With("shop", shop.Client));

        Assert.True(result.State == RunState.Success, result.ToString());
        Assert.Equal([new CountryTotal("BY", 4.0m), new CountryTotal("PL", 1m)], result.Output<CountryTotal[]>("transform"));
        Assert.Equal(["/orders?from=2026-11-01"], shop.Asked);
        Assert.Equal(3, result.Output<JsonElement>("extract").GetArrayLength());
    }

    [Fact]
    public async Task The_models_are_there_before_anything_runs()
    {
        await using var scripts = await TemporaryScripts.LoadAsync(Totals);
        var dag = scripts.Dag("totals");
        Assert.Equal(["extract", "transform"], dag.Tasks.Select(t => t.Id));
        Assert.Equal([0], dag.Tasks[1].Upstream);
        Assert.Equal("Total[]", dag.Tasks[1].Output!.Name);
        Assert.Contains("Did you mean 'totals'?", Assert.Throws<ArgumentException>(() => scripts.Dag("total")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_is_told_with_its_place()
    {
        using var folder = new TemporaryScripts();
        folder.Write("a.csx", """Dag("same").Task("t").Run(() => 1);""");
        folder.Write("b.csx", """Dag("same").Task("t").Run(() => 2);""");
        folder.Write("c.csx", """Dag("odd").Schedule(Cron("0 0 30 2 *")).Task("t").Run(() => 2);""");
        folder.Write("d.csx", "Dag(\"d\").Task(\"t\").Run(() => 1.Foo);");
        await using var scripts = await FlowTest.LoadAsync(folder.Folder);
        string[] found = [.. scripts.Diagnostics.Select(d => $"{Path.GetFileName(d.Location!.File)} {d.Code}")];
        Assert.Equal(["a.csx FLOW002", "b.csx FLOW002", "c.csx FLOW008", "d.csx CS1061"], found);
        Assert.Contains("b.csx", scripts.Diagnostics[0].Message, StringComparison.Ordinal);
        Assert.Contains("a.csx", scripts.Diagnostics[1].Message, StringComparison.Ordinal);
        var error = await Assert.ThrowsAsync<FlowCommandException>(() => scripts.RunAsync("odd"));
        Assert.Equal(FlowCodes.NeverFires, error.Details.Single().Code);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_told_at_once() =>
        await Assert.ThrowsAsync<FileNotFoundException>(() => FlowTest.LoadAsync("nowhere.csx"));

    [Fact]
    public async Task Params_and_variables_reach_the_bodies()
    {
        await using var scripts = await TemporaryScripts.LoadAsync(
            """
            var year = Param("year", 2026).Between(2000, 2100);
            var words = Variable("words", new[] { "none" });
            var dag = Dag("given");
            dag.Task("t").From(year, words).Run((year, words) => $"{year} {string.Join(' ', words)}");
            """);
        Assert.Equal("2026 none", (await scripts.RunAsync("given")).Output<string>("t"));
        var given = await scripts.RunAsync("given", @params: new { year = 2025 }, with: world => world.Variable("words", new[] { "a", "b" }));
        Assert.Equal("2025 a b", given.Output<string>("t"));

        var refused = await Assert.ThrowsAsync<FlowCommandException>(() => scripts.RunAsync("given", @params: new { year = 1 }));
        Assert.Contains("not between 2000 and 2100", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<FlowCommandException>(() => scripts.RunAsync("given", @params: new { yaer = 2025 }));
        await Assert.ThrowsAsync<ArgumentException>(() => scripts.RunAsync("given", @params: 7));
        await Assert.ThrowsAsync<ArgumentException>(() => scripts.RunAsync("given", date: "soon"));
    }

    [Fact]
    public async Task A_failure_is_told_with_the_line_of_the_script()
    {
        await using var scripts = await TemporaryScripts.LoadAsync(
            """
            var dag = Dag("fails");
            var a = dag.Task("a").Run(() => new[] { 1 });
            var b = dag.Task("b").From(a).Run(x =>
            {
                Console.WriteLine("about to fail");
                return x[5];
            });
            dag.Task("c").From(b).Run(x => x);
            """);
        var result = await scripts.RunAsync("fails");
        Assert.Equal(RunState.Failed, result.State);
        var b = result.Task("b");
        Assert.Equal((TaskState.Failed, 1, 6), (b.State, b.Attempts, b.Error!.Location!.Line));
        Assert.Equal(["about to fail"], b.Log);
        Assert.Equal(TaskState.UpstreamFailed, result.Task("c").State);
        Assert.Contains("gave no output", Assert.Throws<InvalidOperationException>(() => result.Output<int>("b")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => result.Task("d"));
        Assert.Throws<JsonException>(() => result.Output<int>("a"));
    }

    [Fact]
    public async Task Retries_follow_at_once_unless_asked_otherwise()
    {
        await using var scripts = await TemporaryScripts.LoadAsync(
            """
            var dag = Dag("flaky").Retry(3, Backoff.Fixed(1.Hours()));
            dag.Task("t").From(dag.Context).Run(run => run.Attempt < 3 ? throw new Exception("not yet") : run.Attempt);
            """);
        var result = await scripts.RunAsync("flaky");
        Assert.Equal((3, 3), (result.Task("t").Attempts, result.Output<int>("t")));
    }

    [Fact]
    public async Task Kept_waits_follow_the_clock_of_the_test()
    {
        await using var scripts = await TemporaryScripts.LoadAsync(
            """
            var dag = Dag("flaky").Retry(1, Backoff.Fixed(3.Hours()));
            dag.Task("t").From(dag.Context).Run(run => run.Attempt < 2 ? throw new Exception("not yet") : run.Time.GetUtcNow());
            """);
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.Parse("2026-11-01T00:00:00Z", CultureInfo.InvariantCulture));
        var running = scripts.RunAsync("flaky", with: world => world.Time(clock).KeepRetryWaits());
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!running.IsCompleted)
        {
            deadline.Token.ThrowIfCancellationRequested();
            clock.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }

        var result = await running;
        Assert.Equal(2, result.Task("t").Attempts);
        Assert.True(result.Output<DateTimeOffset>("t") >= DateTimeOffset.Parse("2026-11-01T03:00:00Z", CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_condition_that_does_not_hold_skips_and_is_told()
    {
        await using var scripts = await TemporaryScripts.LoadAsync(
            """
            var dag = Dag("skips").Paused();
            var rows = dag.Task("rows").Run(() => new int[0]);
            dag.Task("load").From(rows).OnlyIf(rows => rows.Length > 0).Run(rows => rows.Sum());
            """);
        var result = await scripts.RunAsync("skips"); // though it is paused: who asks means it
        Assert.Equal(RunState.Success, result.State);
        Assert.Equal((TaskState.Skipped, "rows => rows.Length > 0"), (result.Task("load").State, result.Task("load").Reason));
    }

    [Fact]
    public async Task A_large_output_is_read_back_whole()
    {
        await using var scripts = await TemporaryScripts.LoadAsync(
            """
            var dag = Dag("large");
            var text = dag.Task("text").Run(() => new string('x', 1_000_000));
            dag.Task("length").From(text).Run(text => text.Length);
            """);
        var result = await scripts.RunAsync("large");
        Assert.Equal(1_000_000, result.Output<int>("length"));
        Assert.Equal(1_000_000, result.Output<string>("text").Length);
    }

    [Fact]
    public async Task A_cancelled_run_ends_cancelled()
    {
        await using var scripts = await TemporaryScripts.LoadAsync(
            """
            var dag = Dag("endless");
            var t = dag.Task("t").From(dag.Context).Run(async run => await Task.Delay(Timeout.Infinite, run.Cancellation));
            dag.Task("after").After(t).Run(() => 1);
            """);
        using var cancellation = new CancellationTokenSource();
        var running = scripts.RunAsync("endless", cancellation: cancellation.Token);
        await cancellation.CancelAsync();
        var result = await running;
        Assert.Equal(RunState.Cancelled, result.State);
        Assert.All(result.Tasks, t => Assert.Equal(TaskState.Cancelled, t.State));
    }

    [Fact]
    public async Task A_connection_may_have_real_settings()
    {
        await using var scripts = await TemporaryScripts.LoadAsync(
            """
            var db = Connection<Database>("db");
            var dag = Dag("counts");
            dag.Task("t").From(db).Run(async db =>
            {
                await db.Execute($"create table t (n integer)");
                await db.Execute($"insert into t values ({7})");
                return (await db.Query<int>($"select n from t")).Single();
            });
            """);
        using var folder = new TemporaryScripts();
        var result = await scripts.RunAsync("counts", with: world => world.Connection("db", "sqlite", ("path", Path.Combine(folder.Folder, "test.db"))));
        Assert.True(result.State == RunState.Success, result.ToString());
        Assert.Equal(7, result.Output<int>("t"));
        var missing = await scripts.RunAsync("counts");
        Assert.Contains("There is no connection 'db'", missing.Task("t").Error!.Message, StringComparison.Ordinal);
    }
}
