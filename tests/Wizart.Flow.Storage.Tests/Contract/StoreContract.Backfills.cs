using Wizart.Flow.Engine.Backfills;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Execution;

namespace Wizart.Flow.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task A_backfill_comes_back_as_it_was_stored()
    {
        var dag = await PublishAsync("etl");
        var given = Some(dag) with
        {
            Reprocess = Reprocess.Failed,
            MaxActive = 3,
            Backwards = true,
            Params = new Dictionary<string, JsonPayload> { ["год"] = JsonPayload.Parse("2026") },
            Tasks = ["load", "prepare.scale"],
            Position = Sample.Noon.AddDays(4),
            Created = 5_000_000_000,
            Skipped = 7,
            EndedAt = Sample.Noon.AddMicroseconds(1),
            State = BackfillState.Cancelled,
            Revision = 12,
        };
        var stored = (await DoAsync(t => t.InsertBackfillAsync(given)))!;

        var loaded = (await Store.LoadBackfillAsync(stored.Id, Cancellation))!;
        Assert.True(stored.Id > 0);
        Assert.Equal(given with { Id = stored.Id, Params = loaded.Params, Tasks = loaded.Tasks }, loaded);
        Assert.Equal(given.Params, loaded.Params);
        Assert.Equal(given.Tasks, loaded.Tasks);
        Assert.Null(await Store.LoadBackfillAsync(4711, Cancellation));
    }

    [Fact]
    public async Task A_dag_has_one_unfinished_backfill_at_a_time()
    {
        var dag = await PublishAsync("etl");
        var first = (await DoAsync(t => t.InsertBackfillAsync(Some(dag))))!;
        Assert.Null(await DoAsync(t => t.InsertBackfillAsync(Some(dag))));
        var other = await PublishAsync("other");
        Assert.NotNull(await DoAsync(t => t.InsertBackfillAsync(Some(other))));

        Assert.True(await DoAsync(t => t.SaveBackfillAsync(first with { State = BackfillState.Paused, Revision = 1 })));
        Assert.Null(await DoAsync(t => t.InsertBackfillAsync(Some(dag))));
        Assert.True(await DoAsync(t => t.SaveBackfillAsync(first with { State = BackfillState.Completed, Revision = 2 })));
        var second = (await DoAsync(t => t.InsertBackfillAsync(Some(dag))))!;

        var all = await Store.BackfillsAsync(new BackfillFilter("etl"), Cancellation);
        Assert.Equal([second.Id, first.Id], all.Select(b => b.Id));
        Assert.Equal([second.Id], (await Store.BackfillsAsync(new BackfillFilter("etl", Unfinished: true), Cancellation)).Select(b => b.Id));
        Assert.Equal([first.Id], (await Store.BackfillsAsync(new BackfillFilter("etl", BeforeId: second.Id), Cancellation)).Select(b => b.Id));
        Assert.Equal(2, (await Store.BackfillsAsync(new BackfillFilter(Unfinished: true), Cancellation)).Count);
        Assert.Single(await Store.BackfillsAsync(new BackfillFilter(Count: 1), Cancellation));
    }

    [Fact]
    public async Task How_far_a_backfill_is_is_stored_over_the_revision_before_only()
    {
        var dag = await PublishAsync("etl");
        var backfill = (await DoAsync(t => t.InsertBackfillAsync(Some(dag))))!;
        var next = backfill with { Position = Sample.Noon, Created = 2, Skipped = 1, Revision = 1 };
        Assert.True(await DoAsync(t => t.SaveBackfillAsync(next)));
        Assert.False(await DoAsync(t => t.SaveBackfillAsync(next with { Created = 9 })));
        Assert.False(await DoAsync(t => t.SaveBackfillAsync(next with { Created = 9, Revision = 3 })));
        Assert.Equal(next, (await Store.LoadBackfillAsync(backfill.Id, Cancellation))! with { Params = next.Params });
    }

    [Fact]
    public async Task Each_backfill_may_have_one_run_of_an_interval()
    {
        var dag = await PublishAsync("etl");
        var first = await InsertAsync(OfBackfill(dag, 1) with { State = RunState.Success });
        Assert.Null(await DoAsync(t => t.InsertRunAsync(OfBackfill(dag, 1))));

        var second = await InsertAsync(OfBackfill(dag, 2) with { State = RunState.Failed });
        await InsertAsync(OfBackfill(dag, 2, day: 1));

        Assert.Equal((1, 2), ((await Store.LoadRunAsync(first.Id, Cancellation))!.Run.BackfillId, (await Store.LoadRunAsync(second.Id, Cancellation))!.Run.BackfillId));
        Assert.Equal(
            new Dictionary<RunState, int> { [RunState.Failed] = 1, [RunState.Queued] = 1 },
            await Store.BackfillRunsAsync(2, Cancellation));
        Assert.Empty(await Store.BackfillRunsAsync(0, Cancellation));
    }

    [Theory]
    [InlineData(RunState.Queued)]
    [InlineData(RunState.Running)]
    public async Task While_a_run_of_an_interval_is_under_way_no_other_is_stored(RunState state)
    {
        var dag = await PublishAsync("etl");
        await InsertAsync(OfBackfill(dag, 1) with { State = state });
        await InsertAsync(Sample.Run(dag, 1, RunKind.Scheduled) with { State = state });
        Assert.Null(await DoAsync(t => t.InsertRunAsync(OfBackfill(dag, 2))));
        Assert.Null(await DoAsync(t => t.InsertRunAsync(Sample.Run(dag, 0, RunKind.Scheduled))));
        Assert.Null(await DoAsync(t => t.InsertRunAsync(OfBackfill(dag, 2, day: 1))));
        Assert.NotNull(await DoAsync(t => t.InsertRunAsync(Sample.Run(dag))));
    }

    [Fact]
    public async Task Slots_are_told_with_their_newest_run_and_whether_one_is_under_way()
    {
        var dag = await PublishAsync("etl");
        await InsertAsync(Sample.Run(await PublishAsync("other"), 1, RunKind.Scheduled));
        await InsertAsync(Sample.Run(dag, 1));
        await InsertAsync(Sample.Run(dag, 2, RunKind.Scheduled) with { State = RunState.Failed });
        await InsertAsync(OfBackfill(dag, 1, day: 2) with { State = RunState.Success });
        await InsertAsync(Sample.Run(dag, 3, RunKind.Scheduled));
        await InsertAsync(OfBackfill(dag, 1, day: 0) with { State = RunState.Cancelled });

        SlotRun[] expected =
        [
            new(Sample.Noon, RunState.Cancelled, false), new(Sample.Noon.AddDays(2), RunState.Success, false),
            new(Sample.Noon.AddDays(3), RunState.Queued, true),
        ];
        Assert.Equal(expected, await Store.SlotRunsAsync("etl", Sample.Noon, Sample.Noon.AddDays(3), 10, Cancellation));
        Assert.Equal(expected[..2], await Store.SlotRunsAsync("etl", Sample.Noon, Sample.Noon.AddDays(3), 2, Cancellation));
        Assert.Equal(expected[1..2], await Store.SlotRunsAsync("etl", Sample.Noon.AddMicroseconds(1), Sample.Noon.AddDays(2), 10, Cancellation));
    }

    [Fact]
    public async Task Runs_of_a_backfill_start_beside_the_others_while_it_is_running()
    {
        var dag = await PublishAsync("etl");
        var backfill = (await DoAsync(t => t.InsertBackfillAsync(Some(dag))))!;
        var first = await InsertAsync(OfBackfill(dag, backfill.Id));
        var second = await InsertAsync(OfBackfill(dag, backfill.Id, day: 1));
        var live = await InsertAsync(Sample.Run(dag, 2));
        var waiting = await InsertAsync(Sample.Run(dag, 3));

        Assert.Equal([live.Id, first.Id, second.Id], (await DoAsync(t => t.StartRunsAsync("etl", 1, Later))).Select(r => r.Id));
        Assert.Equal(RunState.Queued, (await Store.LoadRunAsync(waiting.Id, Cancellation))!.Run.State);
        Assert.Equal([waiting.Id], (await DoAsync(t => t.StartRunsAsync("etl", 2, Later))).Select(r => r.Id));

        await InsertAsync(OfBackfill(dag, backfill.Id, day: 4));
        Assert.True(await DoAsync(t => t.SaveBackfillAsync(backfill with { State = BackfillState.Paused, Revision = 1 })));
        Assert.Empty(await DoAsync(t => t.StartRunsAsync("etl", 2, Later)));
        Assert.True(await DoAsync(t => t.SaveBackfillAsync(backfill with { State = BackfillState.Running, Revision = 2 })));
        await DoAsync(t => t.SaveDagAsync(dag with { IsPaused = true }));
        Assert.Empty(await DoAsync(t => t.StartRunsAsync("etl", 2, Later)));
        await DoAsync(t => t.SaveDagAsync(dag));
        Assert.Single(await DoAsync(t => t.StartRunsAsync("etl", 2, Later)));
    }

    [Fact]
    public async Task A_removed_run_leaves_its_interval_free()
    {
        var dag = await PublishAsync("etl");
        await InsertAsync(OfBackfill(dag, 1) with { State = RunState.Success, EndedAt = Sample.Noon });
        Assert.Equal(1, await Retention.RemoveRunsAsync(Sample.Noon.AddDays(1), 10, Cancellation));
        Assert.Empty(await Store.SlotRunsAsync("etl", Sample.Noon, Sample.Noon, 10, Cancellation));
        Assert.NotNull(await DoAsync(t => t.InsertRunAsync(OfBackfill(dag, 1))));
    }

    private static Backfill Some(StoredDag dag) => new()
    {
        DagId = dag.Id,
        VersionId = dag.Version.Id,
        From = Sample.Noon,
        To = Sample.Noon.AddDays(9),
        Total = 10,
        CreatedBy = "anna",
        CreatedAt = Sample.Noon.AddDays(30),
    };

    private static DagRun OfBackfill(StoredDag dag, long backfill, int day = 0) =>
        Sample.Run(dag, day, RunKind.Backfill) with { BackfillId = backfill };
}
