using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Execution;

namespace Wizart.Flow.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task Log_lines_come_back_as_they_were_written()
    {
        var run = await RunningAsync(await PublishAsync("etl"));
        var lines = new[]
        {
            new LogLine(Sample.Noon, LogLevel.Debug, LogSource.Task, ""),
            new LogLine(Sample.Noon.AddMicroseconds(1), LogLevel.Error, LogSource.Error, "Привет, \"мир\" \\ \t\n 🚀 \u0001"),
            new LogLine(Sample.Noon, LogLevel.Warning, LogSource.System, new string('x', 100_000)),
        };
        await WriteAsync(w => w.Logs.Add(new LogChunk(Sample.Key(run), 1, lines)));

        var read = await Queries.LogAsync(Sample.Key(run), 1, 100, Cancellation);

        Assert.Equal([1, 2, 3], read.Select(line => line.Number));
        Assert.Equal(lines, read.Select(line => line.Line));
    }

    [Theory]
    [InlineData(1, 100, 1, 30)]
    [InlineData(0, 1, 1, 1)]
    [InlineData(10, 1, 10, 10)]
    [InlineData(10, 2, 10, 11)]
    [InlineData(11, 10, 11, 20)]
    [InlineData(15, 12, 15, 26)]
    [InlineData(25, int.MaxValue, 25, 30)]
    [InlineData(31, 5, 0, -1)]
    [InlineData(5, 0, 0, -1)]
    public async Task A_range_of_lines_crosses_batches(int from, int count, int first, int last)
    {
        var run = await RunningAsync(await PublishAsync("etl"));
        var key = Sample.Key(run);
        await WriteAsync(w => w.Logs.AddRange([Sample.Lines(key, 21, 10), Sample.Lines(key, 1, 10)]));
        await WriteAsync(w => w.Logs.Add(Sample.Lines(key, 11, 10)));
        await WriteAsync(w => w.Logs.Add(Sample.Lines(key with { Attempt = 2 }, 1, 50)));

        var read = await Queries.LogAsync(key, from, count, Cancellation);

        Assert.Equal(Enumerable.Range(first, last - first + 1), read.Select(line => line.Number));
        Assert.All(read, line => Assert.Equal($"line {line.Number}", line.Line.Text));
    }

    [Fact]
    public async Task Lines_written_twice_are_there_once()
    {
        var run = await RunningAsync(await PublishAsync("etl"));
        var key = Sample.Key(run);
        await WriteAsync(w => w.Logs.AddRange([Sample.Lines(key, 1, 5), Sample.Lines(key, 1, 5)]));
        await WriteAsync(w => w.Logs.AddRange([Sample.Lines(key, 1, 5), Sample.Lines(key, 4, 5)]));

        var read = await Queries.LogAsync(key, 1, 100, Cancellation);

        Assert.Equal(Enumerable.Range(1, 8), read.Select(line => line.Number));
    }

    [Fact]
    public async Task Late_news_of_a_run_that_is_gone_leaves_nothing_and_costs_nothing()
    {
        var dag = await PublishAsync("etl");
        var run = await RunningAsync(dag);
        var gone = Sample.Key(run) with { RunId = 4711 };
        await WriteAsync(w =>
        {
            w.Runs.Add(Changes(run, dag, [new TaskInstance { TaskIndex = 0, State = InstanceState.Running, Attempt = 1 }]));
            w.Logs.Add(Sample.Lines(gone, 1, 5));
            w.Progress.Add(new ProgressUpdate(gone, 0.5, null));
            w.Metrics.Add(new MetricPoint(gone, "etl", Sample.Noon, "rows", 1, new Dictionary<string, string>()));
            w.Artifacts.Add(new KeptArtifact(gone, Sample.Noon, Sample.Artifact("ff")));
        });

        Assert.Single((await Store.LoadRunAsync(run.Id, Cancellation))!.Instances);
        Assert.Empty(await Queries.LogAsync(gone, 1, 100, Cancellation));
        Assert.Empty(await Queries.ArtifactsAsync(gone.RunId, Cancellation));
    }

    [Fact]
    public async Task The_last_progress_of_the_newest_attempt_counts()
    {
        var dag = await PublishAsync("etl");
        var run = await RunningAsync(dag);
        var instance = new TaskInstance { TaskIndex = 0, State = InstanceState.Running, Attempt = 2 };
        await WriteAsync(w =>
        {
            w.Runs.Add(Changes(run, dag, [instance, new TaskInstance { TaskIndex = 1, State = InstanceState.Running, Attempt = 1 }]));
            w.Progress.Add(new ProgressUpdate(Sample.Key(run, 0, 2), 0.1, "загрузка"));
            w.Progress.Add(new ProgressUpdate(Sample.Key(run, 0, 2), 0.25, null));
            w.Progress.Add(new ProgressUpdate(Sample.Key(run, 0, 1), 0.9, "late"));
            w.Progress.Add(new ProgressUpdate(Sample.Key(run, 1, 1), double.NaN, "?"));
        });
        await WriteAsync(w => w.Progress.Add(new ProgressUpdate(Sample.Key(run, 0, 1), 0.9, "late")));

        var views = await Queries.TasksAsync(run.Id, Cancellation);
        Assert.Equal((0.25, null), (views[0].Progress, views[0].ProgressText));
        Assert.Equal((null, "?"), (views[1].Progress, views[1].ProgressText));

        instance.Attempt = 3;
        await WriteAsync(w => w.Runs.Add(Changes(run with { Revision = 1 }, dag, [instance])));
        Assert.Null((await Queries.TasksAsync(run.Id, Cancellation))[0].Progress);
    }

    [Fact]
    public async Task Artifacts_are_kept_once_and_come_in_the_order_of_time()
    {
        var run = await RunningAsync(await PublishAsync("etl"));
        var late = new KeptArtifact(Sample.Key(run), Sample.Noon.AddSeconds(1), Sample.Artifact("02", "отчёт.csv"));
        var early = new KeptArtifact(Sample.Key(run, 1), Sample.Noon, Sample.Artifact("01"));
        var sameContent = late with { Artifact = late.Artifact with { Name = "other.csv" }, Time = Sample.Noon.AddSeconds(2) };
        await WriteAsync(w => w.Artifacts.AddRange([late, early, late]));
        await WriteAsync(w => w.Artifacts.AddRange([late, sameContent]));

        Assert.Equal([early, late, sameContent], await Queries.ArtifactsAsync(run.Id, Cancellation));
    }
}
