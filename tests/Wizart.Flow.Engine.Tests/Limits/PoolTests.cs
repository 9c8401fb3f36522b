using Wizart.Flow.Engine.Commands;
using Wizart.Flow.Engine.Limits;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage.InMemory;
using Wizart.Flow.Engine.Tests.Coordination;
using Wizart.Flow.Model;
using static Wizart.Flow.Engine.Tests.Coordination.EngineWorld;

namespace Wizart.Flow.Engine.Tests.Limits;

public sealed class PoolTests
{
    private readonly HeldBodies _bodies = new();

    [Fact]
    public async Task Tasks_of_all_dags_share_the_slots_and_the_next_begins_when_one_ends()
    {
        await using var world = await StartAsync(
            DagOf("a", TaskOf(0).InPool("gpu")).WithPool("gpu", 1), DagOf("b", TaskOf(0).InPool("gpu")).WithPool("gpu", 1));
        var first = (await world.TriggerAsync("a")).Id;
        await _bodies.BegunAsync(first, "t0");
        var second = (await world.TriggerAsync("b")).Id;
        await world.Engine.Coordinator.WhenStoredAsync();

        var waiting = (await world.Store.LoadRunAsync(second, CancellationToken.None))!;
        Assert.Equal(TaskState.Queued, StateOf(waiting, 0));
        var why = Assert.Single(await world.Engine.Why.OfAsync(second, CancellationToken.None));
        Assert.Equal($"waits for pool 'gpu': 1 of 1 slots are taken by a/t0 (run {first})", why.Reason);
        var pool = Assert.Single(await world.Engine.Pools.ListAsync(CancellationToken.None));
        Assert.Equal(("gpu", 1, 1, 1), (pool.Pool.Name, pool.Pool.Slots, pool.Used, pool.Waiting));

        _bodies.End(first, "t0");
        await _bodies.BegunAsync(second, "t0");
        _bodies.End(second, "t0");
        Assert.Equal(RunState.Success, (await world.EndAsync(second)).Run.State);
        pool = Assert.Single(await world.Engine.Pools.ListAsync(CancellationToken.None));
        Assert.Equal((0, 0), (pool.Used, pool.Waiting));
    }

    [Fact]
    public async Task A_full_pool_holds_up_nobody_else_however_many_wait_for_it()
    {
        TaskModel[] tasks = [.. Enumerable.Range(0, 500).Select(i => TaskOf(i).InPool("gpu") with { Priority = 9 }), TaskOf(500)];
        await using var world = await StartAsync(DagOf("a", tasks).WithPool("gpu", 1));
        var id = (await world.TriggerAsync("a")).Id;
        await _bodies.BegunAsync(id, "t500");
        await _bodies.BegunAsync(id, "t0");
        Assert.Equal(2, _bodies.Running.Count);
    }

    [Fact]
    public async Task Who_waits_for_a_pool_does_not_count_as_active_in_its_run_and_who_runs_does()
    {
        var limited = DagOf("a", TaskOf(0).InPool("gpu"), TaskOf(1).InPool("gpu"), TaskOf(2), TaskOf(3)).WithPool("gpu", 2) with { MaxActiveTasks = 2 };
        await using var world = await StartAsync(limited, DagOf("b", TaskOf(0).InPool("gpu", 2)).WithPool("gpu", 2));
        var other = (await world.TriggerAsync("b")).Id;
        await _bodies.BegunAsync(other, "t0");
        var id = (await world.TriggerAsync("a")).Id;
        await _bodies.BegunAsync(id, "t2");
        await _bodies.BegunAsync(id, "t3");

        _bodies.End(other, "t0"); // the pool has room, the run has not
        await world.EndAsync(other);
        Assert.Equal(["t2", "t3"], _bodies.Running.Select(r => r.Task).Order());
        var why = await world.Engine.Why.OfAsync(id, CancellationToken.None);
        Assert.All(why, reason => Assert.Equal("2 tasks of the run are active, its limit", reason.Reason));
        _bodies.End(id, "t2");
        await _bodies.BegunAsync(id, "t0");
        _bodies.End(id, "t3");
        await _bodies.BegunAsync(id, "t1");
    }

    [Fact]
    public async Task Who_needs_more_slots_than_are_free_lets_others_pass_but_not_for_ever()
    {
        TaskModel[] tasks =
        [
            TaskOf(0).InPool("gpu") with { Priority = 9 }, TaskOf(1).InPool("gpu", 2) with { Priority = 5 },
            .. Enumerable.Range(2, 20).Select(i => TaskOf(i).InPool("gpu")),
        ];
        await using var world = await StartAsync(DagOf("a", tasks).WithPool("gpu", 2));
        var id = (await world.TriggerAsync("a")).Id;
        await _bodies.BegunAsync(id, "t0");
        await _bodies.BegunAsync(id, "t2"); // beside t0 there is no room for t1
        _bodies.End(id, "t2");
        await _bodies.BegunAsync(id, "t3");
        _bodies.End(id, "t3");
        await world.UntilAsync(id, run => StateOf(run, 3) == TaskState.Success);
        Assert.Equal(["t0"], _bodies.Running.Select(r => r.Task)); // what is free is kept for t1 now
        _bodies.End(id, "t0");
        await _bodies.BegunAsync(id, "t1");
        Assert.Equal(["t1"], _bodies.Running.Select(r => r.Task));
    }

    [Fact]
    public async Task Slots_come_back_when_an_attempt_fails_or_its_run_is_cancelled()
    {
        var retried = TaskOf(0).InPool("gpu") with { Retry = new RetryModel(1, Backoff.Fixed(TimeSpan.FromHours(1))) };
        await using var world = await StartAsync(DagOf("a", retried).WithPool("gpu", 1), DagOf("b", TaskOf(0).InPool("gpu")).WithPool("gpu", 1));
        var first = (await world.TriggerAsync("a")).Id;
        await _bodies.BegunAsync(first, "t0");
        var second = (await world.TriggerAsync("b")).Id;
        _bodies.End(first, "t0", Failure());
        await _bodies.BegunAsync(second, "t0"); // while the first waits for its retry
        world.Time.Advance(TimeSpan.FromHours(1));
        await world.UntilAsync(first, run => StateOf(run, 0) == TaskState.Queued);
        await world.Engine.Commands.CancelAsync(second, "ann");
        await _bodies.BegunAsync(first, "t0");
    }

    [Fact]
    public async Task After_a_crash_no_slot_is_left_behind()
    {
        var store = new InMemoryFlowStore();
        var model = DagOf("a", TaskOf(0).InPool("gpu") with { Retry = new RetryModel(1, Backoff.None) }, TaskOf(1).InPool("gpu")).WithPool("gpu", 1);
        await using var first = await new EngineWorld(store) { Body = (o, c) => _bodies.RunAsync(o, c) }.StartAsync(model);
        var id = (await first.TriggerAsync("a")).Id;
        await _bodies.BegunAsync(id, "t0");

        await using var second = await new EngineWorld(store, first.Time).StartAsync();
        Assert.Equal(RunState.Success, (await second.EndAsync(id)).Run.State);
        Assert.Empty(await store.HoldersAsync(LimitKey.OfPool("gpu"), CancellationToken.None));
    }

    [Fact]
    public async Task A_person_may_set_another_size_which_counts_until_it_is_reset()
    {
        var model = DagOf("a", [.. Enumerable.Range(0, 4).Select(i => TaskOf(i).InPool("gpu"))]).WithPool("gpu", 1);
        await using var world = await StartAsync(model);
        var id = (await world.TriggerAsync("a")).Id;
        await _bodies.BegunAsync(id, "t0");

        await world.Engine.Pools.SetAsync("gpu", 3, "ann");
        await _bodies.BegunAsync(id, "t1");
        await _bodies.BegunAsync(id, "t2");
        await world.PublishAsync(model with { Tags = ["changed"] });
        Assert.Equal((3, 1), await SizeAsync(world));
        await world.Engine.Pools.ResetAsync("gpu", "ann");
        Assert.Equal((1, 1), await SizeAsync(world));

        _bodies.End(id, "t0");
        await world.UntilAsync(id, run => StateOf(run, 0) == TaskState.Success);
        Assert.Equal(["t1", "t2"], _bodies.Running.Select(r => r.Task).Order()); // more than one run still: nobody begins
    }

    [Fact]
    public async Task A_pool_that_grows_in_its_script_lets_in_who_waits()
    {
        var model = DagOf("a", TaskOf(0).InPool("gpu"), TaskOf(1).InPool("gpu"));
        await using var world = await StartAsync(model.WithPool("gpu", 1));
        var id = (await world.TriggerAsync("a")).Id;
        await _bodies.BegunAsync(id, "t0");
        await world.PublishAsync(model.WithPool("gpu", 2));
        await _bodies.BegunAsync(id, "t1");
    }

    [Theory]
    [InlineData("gpu", 0, Refusal.Invalid)]
    [InlineData("gpu", -1, Refusal.Invalid)]
    [InlineData("cpu", 1, Refusal.NotFound)]
    public async Task A_pool_that_is_not_there_or_a_size_without_sense_is_refused(string pool, int slots, Refusal refusal)
    {
        await using var world = await StartAsync(DagOf("a", TaskOf(0).InPool("gpu")).WithPool("gpu", 1));
        var error = await Assert.ThrowsAsync<FlowCommandException>(() => world.Engine.Pools.SetAsync(pool, slots, "ann"));
        Assert.Equal(refusal, error.Refusal);
    }

    [Fact]
    public async Task Of_two_sizes_the_smallest_counts_and_the_second_script_is_warned()
    {
        await using var world = await StartAsync(DagOf("a", TaskOf(0).InPool("gpu")).WithPool("gpu", 3));
        var other = DagOf("b", TaskOf(0).InPool("gpu")).WithPool("gpu", 2);
        var found = await world.Engine.Publisher.PublishAsync(Update("b.csx", "b", other), CancellationToken.None);
        Assert.Equal((FlowCodes.PoolSizesDiffer, DiagnosticSeverity.Warning), (Assert.Single(found).Code, found[0].Severity));
        Assert.Equal((2, 2), await SizeAsync(world));
        await world.Engine.Publisher.RemoveAsync("b.csx", CancellationToken.None);
        Assert.Equal((3, 3), await SizeAsync(world));
    }

    [Fact]
    public async Task Who_needs_more_than_a_shrunk_pool_has_waits_and_is_told_so_and_others_go_on()
    {
        await using var world = await StartAsync(
            DagOf("a", TaskOf(0).InPool("gpu", 2) with { Priority = 1 }, TaskOf(1).InPool("gpu")).WithPool("gpu", 2));
        await world.Engine.Pools.SetAsync("gpu", 1, "ann");
        var id = (await world.TriggerAsync("a")).Id;
        await _bodies.BegunAsync(id, "t1");
        _bodies.End(id, "t1");
        await world.UntilAsync(id, run => StateOf(run, 1) == TaskState.Success);
        var why = Assert.Single(await world.Engine.Why.OfAsync(id, CancellationToken.None));
        Assert.Equal("needs 2 slots of pool 'gpu', which has 1: flow pools set gpu 2", why.Reason);
        await world.Engine.Pools.SetAsync("gpu", 2, "ann");
        await _bodies.BegunAsync(id, "t0");
    }

    [Fact]
    public async Task MaxActive_counts_the_instances_of_all_runs()
    {
        var limited = TaskOf(0) with { MaxActive = 2 };
        await using var world = await StartAsync(DagOf("a", limited, TaskOf(1)));
        var runs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => world.TriggerAsync("a")));
        foreach (var run in runs) await _bodies.BegunAsync(run.Id, "t1");
        await _bodies.BegunAsync("t0", 2);
        Assert.Equal(2, _bodies.Running.Count(r => r.Task == "t0"));
        var running = _bodies.Running.Where(r => r.Task == "t0").Select(r => r.Run).Order().ToArray();
        var waiting = runs.Select(r => r.Id).Except(running).Min();
        var why = Assert.Single(await world.Engine.Why.OfAsync(waiting, CancellationToken.None));
        Assert.Equal($"2 of 't0' may run at once in all runs of its DAG, and so many do: a/t0 (run {running[0]}), a/t0 (run {running[1]})", why.Reason);
        _bodies.End(running[0], "t0");
        await _bodies.BegunAsync(waiting, "t0");
    }

    [Fact]
    public async Task An_instance_that_two_limits_hold_takes_neither_before_both_have_room()
    {
        var both = TaskOf(0).InPool("gpu") with { MaxActive = 1 };
        await using var world = await StartAsync(DagOf("a", both).WithPool("gpu", 2), DagOf("b", TaskOf(0).InPool("gpu")).WithPool("gpu", 2));
        var first = (await world.TriggerAsync("a")).Id;
        await _bodies.BegunAsync(first, "t0");
        var second = (await world.TriggerAsync("a")).Id;
        var other = (await world.TriggerAsync("b")).Id;
        await _bodies.BegunAsync(other, "t0"); // the second waits for its own limit and leaves the slot to others
        _bodies.End(first, "t0");
        await _bodies.BegunAsync(second, "t0");
    }

    [Fact]
    public async Task A_task_in_a_queue_that_the_node_does_not_serve_waits_and_is_told_so()
    {
        await using var world = new EngineWorld(queues: ["default"]) { Body = (o, c) => _bodies.RunAsync(o, c) };
        await world.StartAsync();
        var model = DagOf("a", TaskOf(0) with { Queue = "gpu" }, TaskOf(1));
        var found = await world.Engine.Publisher.PublishAsync(Update("a.csx", "a", model), CancellationToken.None);
        Assert.Equal(FlowCodes.UnservedQueue, Assert.Single(found).Code);
        var id = (await world.TriggerAsync("a")).Id;
        await _bodies.BegunAsync(id, "t1");
        var why = Assert.Single(await world.Engine.Why.OfAsync(id, CancellationToken.None));
        Assert.Equal("waits for a node that serves queue 'gpu': this one, node, serves default (setting Flow:Queues)", why.Reason);
    }

    private async Task<EngineWorld> StartAsync(params DagModel[] dags) =>
        await new EngineWorld(slots: 16) { Body = (o, c) => _bodies.RunAsync(o, c) }.StartAsync(dags);

    private static async Task<(int Slots, int Declared)> SizeAsync(EngineWorld world)
    {
        var pool = Assert.Single(await world.Store.PoolsAsync(CancellationToken.None));
        return (pool.Slots, pool.Declared);
    }
}
