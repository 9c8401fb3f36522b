using Wizart.Flow.Engine.Clearing;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage.InMemory;
using Wizart.Flow.Engine.Tests.Coordination;
using Wizart.Flow.Engine.Tests.Runs;
using Wizart.Flow.Model;
using static Wizart.Flow.Engine.Tests.Backfills.BackfillWorld;
using static Wizart.Flow.Engine.Tests.Coordination.EngineWorld;

namespace Wizart.Flow.Engine.Tests.Backfills;

/// <summary>Backfills for some tasks only.</summary>
public sealed class PartialRunTests
{
    /// <summary>extract → load → tell, and extract → chart.</summary>
    private static readonly DagModel Dag = Daily with
    {
        Tasks = [TaskOf(0), TaskOf(1, 0), TaskOf(2, 1), TaskOf(3, 0)],
    };

    [Fact]
    public async Task Only_the_named_task_and_what_it_waits_for_runs()
    {
        await using var world = await new EngineWorld().StartAsync(Dag);
        var end = await world.CompletedAsync(await world.BackfillAsync(Days(3, 4) with { Tasks = ["t1"] }));

        Assert.Equal(2, end.Runs[RunState.Success]);
        Assert.Equal(["t0", "t0", "t1", "t1"], world.Orders.Select(order => order.TaskId).Order());
        foreach (var run in await world.RunsAsync())
        {
            var instances = (await world.Store.LoadRunAsync(run.Id, CancellationToken.None))!.Instances.OrderBy(i => i.TaskIndex).ToArray();
            Assert.Equal([TaskState.Success, TaskState.Success, TaskState.Removed, TaskState.Removed], instances.Select(i => i.State));
            Assert.All(instances[2..], i => Assert.Equal("the run is for other tasks only", i.Reason));
        }
    }

    [Fact]
    public async Task A_cleared_run_leaves_out_the_same_tasks()
    {
        await using var world = await new EngineWorld().StartAsync(Dag);
        await world.CompletedAsync(await world.BackfillAsync(Days(3, 3) with { Tasks = ["t3"] }));
        var run = Assert.Single(await world.RunsAsync());

        var report = await world.Engine.Reworks.ClearAsync(
            new ReworkRequest("daily") { RunId = run.Id, Selection = new InstanceSelection() }, "ann", ((InMemoryFlowStore)world.Store).Queries);
        Assert.Equal(["t0", "t3"], report.Touched.Select(touched => touched.TaskId).Order());
        await world.UntilAsync(run.Id, r => r.Run is { State: RunState.Success, Restarts: 1 });
        Assert.Equal(["t0", "t0", "t3", "t3"], world.Orders.Select(order => order.TaskId).Order());
    }

    [Fact]
    public void A_group_stands_for_its_tasks()
    {
        var dag = SomeDag.Of(SomeDag.Task(0), SomeDag.Task(1, 0) with { Group = 1 }, SomeDag.Task(2)) with
        {
            Groups = [new GroupModel { Id = "outer" }, new GroupModel { Id = "outer.inner", Parent = 0 }],
        };
        Assert.Equal([0, 1], TaskScope.Of(dag, ["outer"])!.Order());
        Assert.Equal([0, 1], TaskScope.Of(dag, ["outer.inner"])!.Order());
        Assert.Null(TaskScope.Of(dag, []));
        Assert.Empty(TaskScope.Of(dag, ["gone"])!);
    }

    [Fact]
    public void A_teardown_belongs_to_its_setup_with_what_it_takes_but_not_with_what_it_only_comes_after()
    {
        // 0 setup → 1 work → 2 teardown, which also takes what 3 made, and comes after 4.
        var dag = SomeDag.Of(
            SomeDag.Task(0), SomeDag.Task(1, 0), SomeDag.Task(2, 0, 1, 3, 4) with { TeardownOf = 0, After = [0, 1, 4] }, SomeDag.Task(3), SomeDag.Task(4, 0));
        Assert.Equal([0, 1, 2, 3], TaskScope.Of(dag, ["t1"])!.Order());
    }
}
