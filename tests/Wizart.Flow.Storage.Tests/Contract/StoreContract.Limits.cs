using Wizart.Flow.Engine.Limits;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;

namespace Wizart.Flow.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    private static readonly LimitKey Gpu = LimitKey.OfPool("gpu");
    private static readonly LimitKey First = LimitKey.OfTask("etl", "task_0");

    [Fact]
    public async Task Slots_are_held_from_the_claim_to_the_end()
    {
        var dag = await PublishAsync("etl");
        var run = await RunningAsync(dag);
        await DoAsync(t => t.DeclarePoolAsync("gpu", 4));
        await HoldAsync(run, dag, 0, "here", pool: "gpu", slots: 3, task: First.Name);
        run = run with { Revision = run.Revision + 1 };
        await HoldAsync(run, dag, 1, "there", pool: "gpu");
        run = run with { Revision = run.Revision + 1 };

        var uses = await DoAsync(t => t.LockLimitsAsync([Gpu, First], "here"));
        Assert.Equal([new LimitUse(Gpu, 4, 4, 1), new LimitUse(First, null, 1, 0)], uses);
        Assert.Equal(
            [new Holder(run.Id, "etl", "task_0", -1, 3), new Holder(run.Id, "etl", "task_1", -1, 1)], await Store.HoldersAsync(Gpu, Cancellation));
        Assert.Equal([new Holder(run.Id, "etl", "task_0", -1, 1)], await Store.HoldersAsync(First, Cancellation));

        var ended = Changes(run, dag, [Instance(0, InstanceState.Success), Instance(1, InstanceState.UpForRetry)]) with { Freed = [new(0, -1), new(1, -1)] };
        Assert.Empty(await WriteAsync(w => w.Runs.Add(ended)));
        uses = await DoAsync(t => t.LockLimitsAsync([Gpu, First], "here"));
        Assert.Equal([new LimitUse(Gpu, 4, 0, 0), new LimitUse(First, null, 0, 0)], uses);
    }

    [Fact]
    public async Task What_is_written_in_a_transaction_counts_in_it()
    {
        var dag = await PublishAsync("etl");
        var run = await RunningAsync(dag);
        await HoldAsync(run, dag, 0, "here", pool: "gpu");
        run = run with { Revision = run.Revision + 1 };
        var used = await DoAsync(async transaction =>
        {
            var writes = new StoreWrites();
            writes.Runs.Add(Changes(run, dag, [Instance(0, InstanceState.Success)]) with { Freed = [new(0, -1)] });
            await transaction.WriteAsync(writes);
            return (await transaction.LockLimitsAsync([Gpu], "here"))[0].Used;
        });
        Assert.Equal(0, used);
    }

    [Fact]
    public async Task Slots_of_an_instance_that_does_not_run_do_not_count()
    {
        var dag = await PublishAsync("etl");
        var run = await RunningAsync(dag);
        await HoldAsync(run, dag, 0, "here", pool: "gpu");
        run = run with { Revision = run.Revision + 1 };
        await WriteAsync(w => w.Runs.Add(Changes(run, dag, [Instance(0, InstanceState.Cancelled)]))); // nobody thought of the slots
        Assert.Equal(0, (await DoAsync(t => t.LockLimitsAsync([Gpu], "here")))[0].Used);
        Assert.Empty(await Store.HoldersAsync(Gpu, Cancellation));
    }

    [Fact]
    public async Task A_refused_claim_holds_nothing()
    {
        var dag = await PublishAsync("etl");
        var run = await RunningAsync(dag);
        var stale = Changes(run with { Revision = 7 }, dag, [Instance(0, InstanceState.Running)]) with { Held = [new(0, -1, "gpu", 1, null)] };
        Assert.Equal([run.Id], await WriteAsync(w => w.Runs.Add(stale)));
        Assert.Empty(await Store.HoldersAsync(Gpu, Cancellation));
    }

    [Fact]
    public async Task A_pool_has_what_a_person_set_until_it_is_reset()
    {
        await DoAsync(async t =>
        {
            await t.DeclarePoolAsync("gpu", 2);
            await t.DeclarePoolAsync("api", 9);
        });
        Assert.Equal(new StoredPool("gpu", 2, 5), await DoAsync(t => t.SetPoolAsync("gpu", 5)));
        await DoAsync(t => t.DeclarePoolAsync("gpu", 3));
        Assert.Equal([new StoredPool("api", 9, null), new StoredPool("gpu", 3, 5)], await Store.PoolsAsync(Cancellation));
        Assert.Equal(5, (await DoAsync(t => t.LockLimitsAsync([Gpu], "here")))[0].Size);
        Assert.Equal(3, (await DoAsync(t => t.SetPoolAsync("gpu", null)))!.Slots);
        Assert.Null(await DoAsync(t => t.SetPoolAsync("cpu", 1)));
    }

    [Fact]
    public async Task The_past_of_a_task_is_in_the_newest_scheduled_or_backfilled_run_before()
    {
        var dag = await PublishAsync("etl");
        Assert.Null(await PastAsync(dag, 5));
        var first = await InsertAsync(Sample.Run(dag, 1, RunKind.Scheduled) with { State = RunState.Running, StartedAt = Sample.Noon });
        await WriteAsync(w => w.Runs.Add(Changes(first, dag, [Instance(0, InstanceState.Skipped)])));
        await InsertAsync(Sample.Run(dag, 3) with { State = RunState.Running, StartedAt = Sample.Noon }); // by hand
        await InsertAsync(Sample.Run(dag, 4, RunKind.Scheduled) with { State = RunState.Cancelled, EndedAt = Sample.Noon }); // never began
        await InsertAsync(Sample.Run(dag, 6, RunKind.Scheduled));

        Assert.Equal(new PastTask(first.Id, first.LogicalDate, RunState.Running, InstanceState.Skipped), await PastAsync(dag, 5));
        Assert.Null(await PastAsync(dag, 1));
        Assert.Null((await Store.PastOfAsync("etl", Sample.Noon.AddDays(5), "task_1", Cancellation))!.State);
        Assert.Equal(RunState.Queued, (await PastAsync(dag, 7))!.RunState);

        var again = await InsertAsync(Sample.Run(dag, 1, RunKind.Backfill) with { State = RunState.Success, BackfillId = 1, StartedAt = Sample.Noon, EndedAt = Sample.Noon }, first);
        Assert.Equal(again.Id, (await PastAsync(dag, 5))!.RunId);
    }

    [Fact]
    public async Task Due_scheduled_runs_are_skipped_and_no_others()
    {
        var dag = await PublishAsync("etl");
        var due = await InsertAsync(Sample.Run(dag, 1, RunKind.Scheduled));
        var manual = await InsertAsync(Sample.Run(dag, 1));
        var later = await InsertAsync(Sample.Run(dag, 9, RunKind.Scheduled));
        var now = Sample.Noon.AddDays(5);
        var skipped = Assert.Single(await DoAsync(t => t.SkipDueRunsAsync("etl", now, "why")));
        Assert.Equal((due.Id, RunState.Cancelled, "why", now, due.Revision + 1), (skipped.Id, skipped.State, skipped.Reason, skipped.EndedAt, skipped.Revision));
        Assert.Equal([manual.Id, later.Id], (await Store.UnfinishedRunsAsync(Cancellation)).Select(run => run.Id));

        var paused = await PublishAsync("paused", paused: true);
        await InsertAsync(Sample.Run(paused, 1, RunKind.Scheduled));
        Assert.Empty(await DoAsync(t => t.SkipDueRunsAsync("paused", now, "why")));
    }

    [Fact]
    public async Task Overlapping_runs_are_told_apart()
    {
        var dag = await PublishAsync("etl");
        var now = Sample.Noon.AddDays(5);
        Assert.Equal(0, (await DoAsync(t => t.OverlappingRunsAsync("etl", now))).Due);
        await InsertAsync(Sample.Run(dag, 2, RunKind.Scheduled));
        await InsertAsync(Sample.Run(dag, 9, RunKind.Scheduled)); // not yet due
        var running = await RunningAsync(dag, 0, RunKind.Scheduled);
        await RunningAsync(dag, 1);
        var ending = await RunningAsync(dag, 1, RunKind.Scheduled);
        await WriteAsync(w => w.Runs.Add(Changes(ending with { EndingAs = RunState.Cancelled }, dag)));
        var found = await DoAsync(t => t.OverlappingRunsAsync("etl", now));
        Assert.Equal((1, 1), (found.Due, found.Ending));
        Assert.Equal([running.Id], found.Running);
    }

    [Fact]
    public async Task Failures_in_a_row_pause_a_dag_once()
    {
        var dag = await PublishAsync("etl");
        Assert.False(await PauseAfterAsync(2));
        await FailedAsync(dag, 1, RunState.Failed);
        Assert.False(await PauseAfterAsync(2));
        await FailedAsync(dag, 2, RunState.Success);
        await FailedAsync(dag, 3, RunState.Failed);
        Assert.False(await PauseAfterAsync(2));
        await FailedAsync(dag, 4, RunState.Cancelled);
        await FailedAsync(dag, 5, RunState.Failed);
        Assert.True(await PauseAfterAsync(2));
        Assert.False(await PauseAfterAsync(2));
        var paused = Assert.Single(await Store.LoadDagsAsync(Cancellation));
        Assert.Equal((true, "why"), (paused.IsPaused, paused.PauseReason));

        var since = Sample.Noon.AddDays(5);
        await DoAsync(t => t.SaveDagAsync(paused with { IsPaused = false, PauseReason = null, FailuresSince = since }));
        paused = Assert.Single(await Store.LoadDagsAsync(Cancellation));
        Assert.Equal((false, null, since), (paused.IsPaused, paused.PauseReason, paused.FailuresSince));
        Assert.False(await PauseAfterAsync(2));
        await FailedAsync(dag, 6, RunState.Failed);
        await FailedAsync(dag, 7, RunState.Failed);
        Assert.True(await PauseAfterAsync(2));
    }

    private static TaskInstance Instance(int task, InstanceState state, string? node = null) => new() { TaskIndex = task, State = state, Attempt = 1, Node = node };

    private async Task HoldAsync(DagRun run, StoredDag dag, int index, string node, string pool, int slots = 1, string? task = null) =>
        Assert.Empty(await WriteAsync(w => w.Runs.Add(
            Changes(run, dag, [Instance(index, InstanceState.Running, node)]) with { Held = [new(index, -1, pool, slots, task)] })));

    private Task<PastTask?> PastAsync(StoredDag dag, int day) => Store.PastOfAsync(dag.Id, Sample.Noon.AddDays(day), "task_0", Cancellation);

    private async Task<DagRun> InsertAsync(DagRun run, DagRun unfinished)
    {
        var dag = (await Store.LoadDagsAsync(Cancellation)).Single(d => d.Id == run.DagId);
        var stored = (await Store.LoadRunAsync(unfinished.Id, Cancellation))!.Run;
        await WriteAsync(w => w.Runs.Add(Changes(stored with { State = RunState.Success, EndedAt = Sample.Noon }, dag)));
        return await InsertAsync(run);
    }

    private Task<DagRun> FailedAsync(StoredDag dag, int day, RunState state) => InsertAsync(
        Sample.Run(dag, day, RunKind.Scheduled) with { State = state, StartedAt = Sample.Noon.AddDays(day), EndedAt = Sample.Noon.AddDays(day) });

    private async Task<bool> PauseAfterAsync(int failures) => await DoAsync(t => t.PauseAfterFailuresAsync("etl", failures, "why"));
}
