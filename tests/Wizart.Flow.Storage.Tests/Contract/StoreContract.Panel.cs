using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;

namespace Wizart.Flow.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task The_newest_runs_of_many_dags_come_in_one_read()
    {
        var dags = new List<StoredDag>();
        for (var i = 0; i < 130; i++) dags.Add(await PublishAsync($"dag_{i:000}"));
        var last = new Dictionary<string, long>();
        await DoAsync(async t =>
        {
            foreach (var dag in dags)
                for (var day = 0; day < 3; day++) last[dag.Id] = (await t.InsertRunAsync(Sample.Run(dag, day)))!.Id;
        });

        var newest = await Queries.NewestRunsAsync([.. dags.Select(d => d.Id), "nobody", "dag_000"], 2, Cancellation);

        Assert.Equal(130, newest.Count);
        Assert.All(dags, dag => Assert.Equal([last[dag.Id], last[dag.Id] - 1], newest[dag.Id].Select(r => r.Id)));
        Assert.Empty(newest["nobody"]);
        Assert.Empty(await Queries.NewestRunsAsync([], 2, Cancellation));
    }

    [Fact]
    public async Task Runs_of_a_span_are_those_under_way_at_some_time_of_it()
    {
        var dag = await PublishAsync("etl");
        var early = await SpanAsync(dag, 1, Sample.Noon, Sample.Noon.AddHours(1));
        var over = await SpanAsync(dag, 2, Sample.Noon, Sample.Noon.AddHours(5));
        var inside = await SpanAsync(dag, 3, Sample.Noon.AddHours(3), Sample.Noon.AddHours(4));
        var still = await SpanAsync(dag, 4, Sample.Noon.AddHours(2), null);
        await SpanAsync(dag, 5, Sample.Noon.AddHours(9), Sample.Noon.AddHours(10));
        await InsertAsync(Sample.Run(dag, 6));

        async Task<IEnumerable<long>> Ids(double from, double to, int count = 10) =>
            (await Queries.RunsWithinAsync(Sample.Noon.AddHours(from), Sample.Noon.AddHours(to), count, Cancellation)).Select(r => r.Id);
        Assert.Equal([inside.Id, still.Id, over.Id], await Ids(2, 6));
        Assert.Equal([inside.Id], await Ids(2, 6, 1));
        Assert.Equal([over.Id, early.Id], await Ids(0, 2));
    }

    [Fact]
    public async Task Cells_tell_where_the_tasks_of_several_runs_stand_and_not_their_elements()
    {
        var dag = await PublishAsync("etl");
        var one = await RunningAsync(dag, 1);
        var two = await RunningAsync(dag, 2);
        await WriteInstancesAsync(one, dag, new TaskInstance { TaskIndex = 0, State = TaskState.Success, Attempt = 2, StartedAt = Sample.Noon, EndedAt = Sample.Noon.AddSeconds(3) });
        await WriteInstancesAsync(
            two, dag,
            new TaskInstance { TaskIndex = 1, State = TaskState.Running, Elements = 2 },
            new TaskInstance { TaskIndex = 1, MapIndex = 0, State = TaskState.Success },
            new TaskInstance { TaskIndex = 1, MapIndex = 1, State = TaskState.Queued });

        var cells = await Queries.CellsAsync([two.Id, one.Id], Cancellation);

        Assert.Equal([(one.Id, 0, TaskState.Success), (two.Id, 1, TaskState.Running)], cells.Select(c => (c.RunId, c.TaskIndex, c.State)));
        Assert.Equal((2, Sample.Noon, Sample.Noon.AddSeconds(3)), (cells[0].Attempt, cells[0].StartedAt, cells[0].EndedAt));
        Assert.Equal((null, 2), (cells[0].Elements, cells[1].Elements));
        Assert.Empty(await Queries.CellsAsync([], Cancellation));
    }

    [Fact]
    public async Task Failures_of_several_runs_come_newest_first_with_their_errors()
    {
        var dag = await PublishAsync("etl");
        var one = await RunningAsync(dag, 1);
        var two = await RunningAsync(dag, 2);
        await WriteInstancesAsync(one, dag, new TaskInstance { TaskIndex = 0, State = TaskState.Failed, Attempt = 1, EndedAt = Sample.Noon, Reason = "first" });
        await WriteInstancesAsync(
            two, dag,
            new TaskInstance { TaskIndex = 0, State = TaskState.Success },
            new TaskInstance { TaskIndex = 1, MapIndex = 7, State = TaskState.Failed, Attempt = 1, EndedAt = Sample.Noon.AddHours(1), Reason = "second" });

        var failures = await Queries.FailuresAsync([one.Id, two.Id], 10, Cancellation);

        Assert.Equal([(two.Id, 7, "second"), (one.Id, -1, "first")], failures.Select(f => (f.RunId, f.View.Instance.MapIndex, f.View.Instance.Reason!)));
        Assert.Equal("task_1", failures[0].View.TaskId);
        Assert.Single(await Queries.FailuresAsync([one.Id, two.Id], 1, Cancellation));
        Assert.Empty(await Queries.FailuresAsync([], 10, Cancellation));
    }

    [Fact]
    public async Task The_next_run_of_a_dag_is_known_and_its_dated_runs_are_in_order()
    {
        var etl = await PublishAsync("etl");
        var other = await PublishAsync("other");
        var first = await InsertAsync(Sample.Run(etl, 3));
        await InsertAsync(Sample.Run(other, 3));
        var second = await InsertAsync(Sample.Run(etl, 1));

        Assert.Equal(second.Id, await Queries.NextRunAsync("etl", first.Id, Cancellation));
        Assert.Null(await Queries.NextRunAsync("etl", second.Id, Cancellation));
        Assert.Equal(
            [(second.Id, Sample.Noon.AddDays(1)), (first.Id, Sample.Noon.AddDays(3))],
            (await Queries.DatedRunsAsync("etl", Sample.Noon, Sample.Noon.AddDays(4), Cancellation)).Select(r => (r.RunId, r.LogicalDate)));
        Assert.Single(await Queries.DatedRunsAsync("etl", Sample.Noon.AddDays(1), Sample.Noon.AddDays(3), Cancellation));
    }

    private Task<DagRun> SpanAsync(StoredDag dag, int day, DateTimeOffset started, DateTimeOffset? ended) => InsertAsync(
        Sample.Run(dag, day) with { StartedAt = started, EndedAt = ended, State = ended is null ? RunState.Running : RunState.Success });

    private Task WriteInstancesAsync(DagRun run, StoredDag dag, params TaskInstance[] instances) => WriteAsync(w => w.Runs.Add(Changes(run, dag, instances)));
}
