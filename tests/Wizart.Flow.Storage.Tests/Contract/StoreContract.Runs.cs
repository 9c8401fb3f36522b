using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Execution;

namespace Wizart.Flow.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task A_run_comes_back_as_it_was_stored()
    {
        var dag = await PublishAsync("etl");
        var given = Sample.Run(dag) with
        {
            Kind = RunKind.Asset,
            LogicalDate = DateTimeOffset.MinValue,
            Interval = new DataInterval(
                new DateTimeOffset(1969, 12, 31, 23, 59, 59, TimeSpan.Zero).AddMicroseconds(999_999),
                new DateTimeOffset(9999, 12, 31, 23, 59, 59, TimeSpan.Zero).AddMicroseconds(999_999)),
            RunAfter = Sample.Noon.ToOffset(TimeSpan.FromHours(3)),
            State = RunState.Failed,
            Reason = "",
            Params = new Dictionary<string, JsonPayload> { ["имя"] = JsonPayload.Parse("""{"a":[1,2.50,"щ\u0000"]}""") },
            OnlyTasks = ["load", "prepare.scale"],
            CreatedBy = "Ольга 🚀",
            StartedAt = Sample.Noon.AddMicroseconds(1),
            EndedAt = Sample.Noon.AddMicroseconds(2),
            EndingAs = RunState.Cancelled,
            Revision = 7,
        };

        var stored = await InsertAsync(given);

        Assert.True(stored.Id > 0);
        var loaded = (await Store.LoadRunAsync(stored.Id, Cancellation))!.Run;
        Assert.Equal(given with { Id = stored.Id, Params = loaded.Params, OnlyTasks = loaded.OnlyTasks }, loaded);
        Assert.Equal(given.Params, loaded.Params);
        Assert.Equal(given.OnlyTasks, loaded.OnlyTasks);
        var queried = await Queries.RunAsync(stored.Id, Cancellation);
        Assert.Equal(loaded with { Params = queried!.Params, OnlyTasks = queried.OnlyTasks }, queried);
    }

    [Fact]
    public async Task A_run_that_is_not_there_is_null()
    {
        Assert.Null(await Store.LoadRunAsync(4711, Cancellation));
        Assert.Null(await Queries.RunAsync(4711, Cancellation));
        Assert.Empty(await Queries.TasksAsync(4711, Cancellation));
    }

    [Theory]
    [InlineData(RunKind.Scheduled)]
    [InlineData(RunKind.Backfill)]
    public async Task A_slot_of_a_schedule_has_one_run_of_each_kind(RunKind kind)
    {
        var dag = await PublishAsync("etl");
        var other = await PublishAsync("other");
        var first = await InsertAsync(Sample.Run(dag, 0, kind));

        Assert.Null(await DoAsync(t => t.InsertRunAsync(Sample.Run(dag, 0, kind))));

        await InsertAsync(Sample.Run(dag, 1, kind));
        await InsertAsync(Sample.Run(other, 0, kind));
        await WriteAsync(w => w.Runs.Add(Changes(first with { State = RunState.Success, EndedAt = Sample.Noon }, dag)));
        await InsertAsync(Sample.Run(dag, 0, kind == RunKind.Scheduled ? RunKind.Backfill : RunKind.Scheduled));
        var runs = await Queries.RunsAsync(new RunFilter("etl"), Cancellation);
        Assert.Equal(3, runs.Count);
        Assert.Equal(first.Id, runs[^1].Id);
    }

    [Fact]
    public async Task A_double_insert_leaves_the_transaction_usable()
    {
        var dag = await PublishAsync("etl");
        await DoAsync(async t =>
        {
            Assert.NotNull(await t.InsertRunAsync(Sample.Run(dag, 0, RunKind.Scheduled)));
            Assert.Null(await t.InsertRunAsync(Sample.Run(dag, 0, RunKind.Scheduled)));
            Assert.NotNull(await t.InsertRunAsync(Sample.Run(dag, 1, RunKind.Scheduled)));
        });
        Assert.Equal(2, (await Store.UnfinishedRunsAsync(Cancellation)).Count);
    }

    [Theory]
    [InlineData(RunKind.Manual)]
    [InlineData(RunKind.Asset)]
    public async Task Runs_that_no_schedule_made_may_share_a_logical_date(RunKind kind)
    {
        var dag = await PublishAsync("etl");
        var first = await InsertAsync(Sample.Run(dag, 0, kind));
        var second = await InsertAsync(Sample.Run(dag, 0, kind));
        Assert.NotEqual(first.Id, second.Id);
    }

    [Fact]
    public async Task Without_a_commit_nothing_happened()
    {
        var dag = await PublishAsync("etl");
        var running = await RunningAsync(dag);
        await using (var transaction = await Store.BeginAsync(Cancellation))
        {
            await transaction.InsertRunAsync(Sample.Run(dag, 1, RunKind.Scheduled));
            await transaction.SaveDagAsync(dag with { IsPaused = true });
            await transaction.SaveVariableAsync("limit", "1");
            await transaction.AuditAsync(new AuditEntry(Sample.Noon, "anna", "pause", "etl", null));
            var writes = new StoreWrites();
            writes.Runs.Add(Changes(running, dag, [new TaskInstance { TaskIndex = 0, State = InstanceState.Queued }]));
            writes.Logs.Add(Sample.Lines(Sample.Key(running), 1, 1));
            await transaction.WriteAsync(writes);
        }

        Assert.Single(await Store.UnfinishedRunsAsync(Cancellation));
        Assert.False((await Store.LoadDagsAsync(Cancellation)).Single().IsPaused);
        Assert.Empty(await Store.LoadVariablesAsync(["limit"], Cancellation));
        Assert.Empty(await Queries.AuditAsync(new AuditFilter(Count: 10), Cancellation));
        Assert.Empty(await Queries.LogAsync(Sample.Key(running), 1, 10, Cancellation));
        var loaded = await Store.LoadRunAsync(running.Id, Cancellation);
        Assert.Empty(loaded!.Instances);
        Assert.Equal(running.Revision, loaded.Run.Revision);
        Assert.Empty(await WriteAsync(w => w.Runs.Add(Changes(running, dag))));
    }

    [Fact]
    public async Task What_is_not_committed_is_not_seen()
    {
        var dag = await PublishAsync("etl");
        await using var transaction = await Store.BeginAsync(Cancellation);
        var run = await transaction.InsertRunAsync(Sample.Run(dag));

        Assert.Null(await Store.LoadRunAsync(run!.Id, Cancellation));
        Assert.Empty(await Store.UnfinishedRunsAsync(Cancellation));

        await transaction.CommitAsync();
        Assert.NotNull(await Store.LoadRunAsync(run.Id, Cancellation));
    }

    [Fact]
    public async Task Unfinished_runs_are_the_queued_and_the_running()
    {
        var dag = await PublishAsync("etl");
        var queued = await InsertAsync(Sample.Run(dag));
        var running = await RunningAsync(dag);
        await EndedAsync(dag, Sample.Noon);

        var unfinished = await Store.UnfinishedRunsAsync(Cancellation);

        Assert.Equal([queued.Id, running.Id], unfinished.Select(run => run.Id));
    }

    [Fact]
    public async Task The_newest_slot_is_that_of_scheduled_runs_only()
    {
        var etl = await PublishAsync("etl");
        var other = await PublishAsync("other");
        await PublishAsync("never_ran");
        await InsertAsync(Sample.Run(etl, 5, RunKind.Scheduled));
        await InsertAsync(Sample.Run(etl, 3, RunKind.Scheduled));
        await InsertAsync(Sample.Run(etl, 9, RunKind.Backfill));
        await InsertAsync(Sample.Run(other, 9, RunKind.Manual));

        var newest = await Store.NewestScheduledAsync(Cancellation);

        Assert.Equal(Sample.Noon.AddDays(6), Assert.Single(newest).Value);
        Assert.True(newest.ContainsKey("etl"));
    }
}
