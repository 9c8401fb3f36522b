using System.Text;
using Wizart.Flow.Execution;
using Wizart.Flow.Runtime.Tests.Scripts;

namespace Wizart.Flow.Runtime.Tests.Contract;

/// <summary>What attempts tell while they run.</summary>
public abstract partial class RunnerContract
{
    [Fact]
    public async Task Log_lines_keep_their_order_levels_and_sources()
    {
        await Run("""
            run =>
            {
                run.Log("one");
                Console.WriteLine("two");
                run.Log("three\nfour", LogLevel.Error);
                Console.Error.WriteLine("five");
                Console.Write("si");
                run.Log("seven", LogLevel.Debug);
                Console.WriteLine("x");
                Console.WriteLine("Привет, мир 👋");
                Console.Write("the last line has no end");
            }
            """);

        Assert.Equal(
            [
                (LogLevel.Information, LogSource.Task, "one"),
                (LogLevel.Information, LogSource.Output, "two"),
                (LogLevel.Error, LogSource.Task, "three"),
                (LogLevel.Error, LogSource.Task, "four"),
                (LogLevel.Warning, LogSource.Error, "five"),
                (LogLevel.Debug, LogSource.Task, "seven"),
                (LogLevel.Information, LogSource.Output, "six"),
                (LogLevel.Information, LogSource.Output, "Привет, мир 👋"),
                (LogLevel.Information, LogSource.Output, "the last line has no end"),
            ],
            Told.Logs.Select(l => (l.Level, l.Source, l.Text)));
    }

    [Fact]
    public async Task What_threads_and_tasks_of_a_body_print_is_its_log()
    {
        await Run("""
            async run =>
            {
                await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => Console.WriteLine("task " + i))));
                var thread = new Thread(() => Console.WriteLine("thread"));
                thread.Start();
                thread.Join();
                TaskContext.Current.Log("ambient");
            }
            """);

        Assert.Equal(22, Told.Lines.Length);
        Assert.Contains("task 13", Told.Lines);
        Assert.Equal(["thread", "ambient"], Told.Lines[^2..]);
    }

    [Fact]
    public async Task Long_lines_are_split_and_odd_characters_survive()
    {
        await Run("""
            run =>
            {
                Console.WriteLine(new string('x', 150_000));
                run.Log("nul:\0 lone:\ud800");
                Console.WriteLine();
            }
            """);

        Assert.Equal([65536, 65536, 150_000 - 2 * 65536], Told.Lines.Take(3).Select(l => l.Length));
        Assert.StartsWith("nul:\u2400 lone:", Told.Lines[3]);
        Assert.Equal("", Told.Lines[4]);
    }

    [Fact]
    public async Task A_log_over_its_limit_is_cut_and_says_so()
    {
        var order = Orders.Body("""
            run =>
            {
                for (var i = 0; i < 100_000; i++) Console.WriteLine("line " + i);
                run.Log("the end");
                return "went on";
            }
            """) with { LogLimitBytes = 100_000 };

        Assert.Equal("\"went on\"", Value(await Run(order)));
        Assert.InRange(Told.Lines.Length, 1000, 5000);
        Assert.StartsWith("The log of this attempt has reached its limit of 0.1 MB", Told.Lines[^1]);
        Assert.Equal(Enumerable.Range(0, Told.Lines.Length - 1).Select(i => $"line {i}"), Told.Lines[..^1]);
    }

    [Fact]
    public async Task Progress_metrics_and_artifacts_are_told()
    {
        var outcome = await Run("""
            run =>
            {
                run.Progress(0.25, "a quarter");
                run.Progress(7);
                run.Metric("rows", 12.5, ("country", "by"));
                var artifact = run.Artifact("folder/report.csv", "a;b\n1;2\n");
                using var again = new StreamReader(run.Open(artifact));
                var path = Path.GetTempFileName();
                File.WriteAllText(path, "from a file");
                run.ArtifactFile(path, "copy.txt");
                File.Delete(path);
                return again.ReadToEnd();
            }
            """);

        Assert.Equal("\"a;b\\n1;2\\n\"", Value(outcome));
        Assert.Equal([(0.25, "a quarter"), (1.0, null)], Told.Events.OfType<AttemptEvent.Progress>().Select(p => (p.Share, p.Text)));
        var metric = Told.Events.OfType<AttemptEvent.Metric>().Single();
        Assert.Equal(("rows", 12.5, "by"), (metric.Name, metric.Value, metric.Tags["country"]));
        var kept = Told.Events.OfType<AttemptEvent.ArtifactKept>().Select(k => k.Artifact).ToArray();
        Assert.Equal([("report.csv", "text/csv", 8), ("copy.txt", "text/plain", 11)], kept.Select(a => (a.Name, a.ContentType, a.Size)));
        Assert.Equal("from a file", File.ReadAllText(Path.Combine(ArtifactRoot, kept[1].Hash[..2], kept[1].Hash), Encoding.UTF8));
    }

    [Fact]
    public async Task Progress_that_is_no_number_is_none() =>
        Assert.Equal("1", Value(await Run("run => { run.Progress(double.NaN); return 1; }")));

    [Theory]
    [InlineData("\"share\", 0.0 / 0", "Metric 'share' is NaN, which no series can hold.")]
    [InlineData("\"share\", -1.0 / 0", "Metric 'share' is -Infinity, which no series can hold.")]
    [InlineData("\"a share\", 1", "'a share' can't be the name of a metric")]
    [InlineData("\"share\", 1, (\"a b\", \"c\")", "Metric 'share': 'a b' can't be the name of a tag")]
    [InlineData("\"share\", 1, (\"a\", \"b\"), (\"a\", \"c\")", "Metric 'share': A tag is given twice")]
    public async Task A_metric_that_can_not_be_is_refused_where_it_is_told(string arguments, string why)
    {
        var outcome = Assert.IsType<AttemptOutcome.Failed>(await Run($"run => {{ run.Metric({arguments}); return 1; }}"));
        Assert.StartsWith(why, outcome.Error.Message, StringComparison.Ordinal);
        Assert.NotNull(outcome.Error.Location);
        Assert.Empty(Told.Events.OfType<AttemptEvent.Metric>());
    }

    [Fact]
    public async Task A_trend_is_read_from_the_order_and_empty_where_there_is_nothing()
    {
        var order = Orders.For("""
            var dag = Dag("d");
            dag.Task("t").From(Trend("p95", 3, ("kind", "a")), Trend("p95"))
                .Run((a, all) => $"{a.Count} {a.Last} {a.Points[0].Tags["kind"]} {a.At(a.Points[0].LogicalDate).Change(120)} {all.IsEmpty} {all.Name}");
            """);
        var trend = new Model.TrendModel { Name = "p95", Last = 3, Tags = new Dictionary<string, string> { ["kind"] = "a" } };
        TrendPoint[] points = [.. new[] { 100.0, 110 }.Select((v, i) => new TrendPoint(Orders.Day.AddDays(i - 5), v, 7, Orders.Day, trend.Tags))];
        Assert.Equal("\"2 110 a 20 True p95\"", Value(await Run(order with { Trends = new Dictionary<string, IReadOnlyList<TrendPoint>> { [trend.Key] = points } })));
    }

    [Fact]
    public async Task State_goes_from_attempt_to_attempt_even_of_failures()
    {
        const string Script = """
            var dag = Dag("d");
            dag.Task("t").From(dag.Context).Run(run =>
            {
                var page = run.State.Get("page", 1);
                run.State.Set("page", page + 1);
                if (page < 3) throw new Exception("again");
                return page;
            });
            dag.Task("none").Run(() => 1);
            """;
        var order = Orders.For(Script) with { State = new Dictionary<string, JsonPayload> { ["other"] = JsonPayload.Parse("\"kept\"") } };

        var first = await Run(order);
        Assert.Equal("2", first.State!["page"].ToString());
        Assert.Equal("\"kept\"", first.State["other"].ToString());
        var third = await Run(order with { Attempt = 3, State = (await Run(order with { Attempt = 2, State = first.State })).State! });

        Assert.Equal("3", Value(third));
        Assert.Null((await Run(Orders.For(Script, "none", 1))).State);
    }

    [Fact]
    public async Task A_body_sees_its_run()
    {
        var order = Orders.Body("run => $\"{run.DagId} {run.TaskId} {run.MapIndex} {run.Attempt}/{run.MaxAttempts} {run.RunKind} {run.LogicalDate:O} {run.RunId > 0}\"");
        Assert.Equal(
            "\"d t 4 2/3 Backfill 2026-11-01T00:00:00.0000000+00:00 True\"",
            Value(await Run(order with { Attempt = 2, RunKind = RunKind.Backfill, MapIndex = 4 })));
    }

    [Fact]
    public async Task A_listener_that_throws_is_heard_by_whoever_runs_the_attempt()
    {
        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(
            Orders.Body("run => { run.Log(\"x\"); return 1; }"),
            e =>
            {
                if (e is AttemptEvent.Log) throw new InvalidOperationException("the store is full");
            },
            Control));
        Assert.Equal("the store is full", thrown.Message);
        Assert.Equal("1", Value(await Run("_ => 1")));
    }
}
