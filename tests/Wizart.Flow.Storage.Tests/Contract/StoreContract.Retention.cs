using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Execution;

namespace Wizart.Flow.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    private static readonly DateTimeOffset Cutoff = Sample.Noon.AddDays(30);

    [Fact]
    public async Task Old_runs_go_with_all_that_belongs_to_them()
    {
        var dag = await PublishAsync("etl");
        var old = await EndedAsync(dag, Cutoff.AddMicroseconds(-1));
        var young = await EndedAsync(dag, Cutoff);
        var running = await RunningAsync(dag);
        var queued = await InsertAsync(Sample.Run(dag, -1000));
        foreach (var run in new[] { old, young }) await FillAsync(dag, run, "aa" + run.Id);

        Assert.Equal(1, await Retention.RemoveRunsAsync(Cutoff, 100, Cancellation));

        var left = await Queries.RunsAsync(new RunFilter("etl"), Cancellation);
        Assert.Equal([queued.Id, running.Id, young.Id], left.Select(run => run.Id));
        Assert.Null(await Store.LoadRunAsync(old.Id, Cancellation));
        Assert.Empty(await Queries.TasksAsync(old.Id, Cancellation));
        Assert.Empty(await Queries.AttemptsAsync(old.Id, 0, -1, Cancellation));
        Assert.Empty(await Queries.LogAsync(Sample.Key(old), 1, 10, Cancellation));
        Assert.Empty(await Queries.ArtifactsAsync(old.Id, Cancellation));
        Assert.Null(await Queries.OutputAsync(old.Id, 0, -1, Cancellation));
        Assert.Single(await Queries.TasksAsync(young.Id, Cancellation));
        Assert.Equal(3, (await Queries.LogAsync(Sample.Key(young), 1, 10, Cancellation)).Count);
        Assert.Single(await Queries.ArtifactsAsync(young.Id, Cancellation));
        Assert.NotNull(await Queries.OutputAsync(young.Id, 0, -1, Cancellation));
        Assert.True((await InsertAsync(Sample.Run(dag))).Id > queued.Id);
    }

    [Fact]
    public async Task No_more_runs_go_than_the_limit_and_the_oldest_go_first()
    {
        var dag = await PublishAsync("etl");
        var third = await EndedAsync(dag, Sample.Noon.AddDays(3));
        await EndedAsync(dag, Sample.Noon.AddDays(1));
        await EndedAsync(dag, Sample.Noon.AddDays(2));

        Assert.Equal(2, await Retention.RemoveRunsAsync(Cutoff, 2, Cancellation));
        Assert.Equal(third.Id, Assert.Single(await Queries.RunsAsync(new RunFilter("etl"), Cancellation)).Id);
        Assert.Equal(1, await Retention.RemoveRunsAsync(Cutoff, 2, Cancellation));
        Assert.Equal(0, await Retention.RemoveRunsAsync(Cutoff, 2, Cancellation));
    }

    [Fact]
    public async Task The_run_that_a_schedule_goes_on_from_stays()
    {
        var dag = await PublishAsync("etl");
        await EndedAsync(dag, Sample.Noon, RunKind.Scheduled, day: 1);
        var newest = await EndedAsync(dag, Sample.Noon, RunKind.Scheduled, day: 2);
        await EndedAsync(dag, Sample.Noon, RunKind.Backfill, day: 3);

        Assert.Equal(2, await Retention.RemoveRunsAsync(Cutoff, 100, Cancellation));
        Assert.Equal(0, await Retention.RemoveRunsAsync(Cutoff, 100, Cancellation));

        Assert.Equal(newest.Interval.End, (await Store.NewestScheduledAsync(Cancellation))["etl"]);
    }

    [Fact]
    public async Task A_removed_slot_is_free_again()
    {
        var dag = await PublishAsync("etl");
        await EndedAsync(dag, Sample.Noon, RunKind.Backfill);
        await Retention.RemoveRunsAsync(Cutoff, 100, Cancellation);
        await InsertAsync(Sample.Run(dag, 0, RunKind.Backfill));
    }

    [Fact]
    public async Task Old_logs_go_and_the_runs_stay()
    {
        var dag = await PublishAsync("etl");
        var old = await EndedAsync(dag, Sample.Noon);
        var young = await EndedAsync(dag, Cutoff);
        var running = await RunningAsync(dag);
        foreach (var run in new[] { old, young, running })
            await WriteAsync(w => w.Logs.AddRange([Sample.Lines(Sample.Key(run), 1, 5), Sample.Lines(Sample.Key(run), 6, 5), Sample.Lines(Sample.Key(run, 1), 1, 5)]));

        Assert.Equal(2, await Retention.RemoveLogsAsync(Cutoff, 2, Cancellation));
        Assert.Equal(1, await Retention.RemoveLogsAsync(Cutoff, 2, Cancellation));
        Assert.Equal(0, await Retention.RemoveLogsAsync(Cutoff, 2, Cancellation));

        Assert.Empty(await Queries.LogAsync(Sample.Key(old), 1, 10, Cancellation));
        Assert.Equal(10, (await Queries.LogAsync(Sample.Key(young), 1, 10, Cancellation)).Count);
        Assert.Equal(10, (await Queries.LogAsync(Sample.Key(running), 1, 10, Cancellation)).Count);
        Assert.NotNull(await Queries.RunAsync(old.Id, Cancellation));
    }

    [Fact]
    public async Task A_content_hash_is_reported_when_no_row_names_it_any_more()
    {
        var dag = await PublishAsync("etl");
        var old = await EndedAsync(dag, Sample.Noon);
        var older = await EndedAsync(dag, Sample.Noon);
        var running = await RunningAsync(dag);
        await WriteAsync(w => w.Artifacts.AddRange(
        [
            Kept(old, "only_old"), Kept(old, "shared_with_running"), Kept(older, "shared_by_old"), Kept(old, "shared_by_old"),
            Kept(old, "also_an_output"), Kept(running, "shared_with_running"), Kept(running, "only_running"),
        ]));
        await WriteAsync(w => w.Runs.Add(Changes(
            running, dag, outputs: [new TaskOutput(0, -1, new TaskValue(null, Sample.Artifact("also_an_output")))])));

        var unnamed = await Retention.RemoveArtifactsAsync(Cutoff, 100, Cancellation);

        Assert.Equal(["only_old", "shared_by_old"], unnamed.Order(StringComparer.Ordinal));
        Assert.Empty(await Queries.ArtifactsAsync(old.Id, Cancellation));
        Assert.Equal(2, (await Queries.ArtifactsAsync(running.Id, Cancellation)).Count);
        Assert.Empty(await Retention.RemoveArtifactsAsync(Cutoff, 100, Cancellation));
        Assert.NotNull(await Queries.RunAsync(old.Id, Cancellation));
    }

    [Fact]
    public async Task No_more_artifacts_are_forgotten_than_the_limit()
    {
        var dag = await PublishAsync("etl");
        var old = await EndedAsync(dag, Sample.Noon);
        await WriteAsync(w => w.Artifacts.AddRange([Kept(old, "1"), Kept(old, "2"), Kept(old, "3")]));
        Assert.Equal(2, (await Retention.RemoveArtifactsAsync(Cutoff, 2, Cancellation)).Count);
        Assert.Single(await Queries.ArtifactsAsync(old.Id, Cancellation));
    }

    [Fact]
    public async Task Hashes_that_went_with_a_run_are_reported_afterwards()
    {
        var dag = await PublishAsync("etl");
        var old = await EndedAsync(dag, Sample.Noon);
        var young = await EndedAsync(dag, Cutoff);
        await FillAsync(dag, old, "gone");
        await WriteAsync(w => w.Artifacts.AddRange([Kept(old, "shared"), Kept(young, "shared")]));
        await Retention.RemoveRunsAsync(Cutoff, 100, Cancellation);

        Assert.Equal(["gone", "gone_output"], (await Retention.RemoveArtifactsAsync(DateTimeOffset.MinValue, 100, Cancellation)).Order(StringComparer.Ordinal));
        Assert.Empty(await Retention.RemoveArtifactsAsync(DateTimeOffset.MinValue, 100, Cancellation));
        Assert.Single(await Queries.ArtifactsAsync(young.Id, Cancellation));
    }

    private static KeptArtifact Kept(DagRun run, string hash) => new(Sample.Key(run), Sample.Noon, Sample.Artifact(hash));

    /// <summary>Something of everything that belongs to a run.</summary>
    private Task FillAsync(StoredDag dag, DagRun run, string hash) => WriteAsync(w =>
    {
        w.Runs.Add(Changes(
            run, dag, [new TaskInstance { TaskIndex = 0, State = InstanceState.Success, Attempt = 1 }], [Attempt(run, 1)],
            [new TaskOutput(0, -1, new TaskValue(null, Sample.Artifact(hash + "_output")))]));
        w.Logs.Add(Sample.Lines(Sample.Key(run), 1, 3));
        w.Progress.Add(new ProgressUpdate(Sample.Key(run), 1, null));
        w.Metrics.Add(new MetricPoint(Sample.Key(run), dag.Id, Sample.Noon, "rows", 1, new Dictionary<string, string> { ["a"] = "b" }));
        w.Artifacts.Add(Kept(run, hash));
    });
}
