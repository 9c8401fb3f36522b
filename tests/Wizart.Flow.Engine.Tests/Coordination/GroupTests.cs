using System.Globalization;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage.InMemory;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;
using static Wizart.Flow.Engine.Tests.Coordination.EngineWorld;

namespace Wizart.Flow.Engine.Tests.Coordination;

/// <summary>Mapped groups, groups that are retried as one, and teardowns.</summary>
public sealed class GroupTests
{
    [Fact]
    public async Task Tasks_of_a_mapped_group_get_what_the_same_element_gave_and_come_together_after_it()
    {
        await using var world = new EngineWorld();
        var got = new System.Collections.Concurrent.ConcurrentDictionary<string, string>();
        world.Body = (order, _) =>
        {
            got[$"{order.TaskId}[{order.MapIndex}]"] = string.Join(" ", order.Outputs.Values.Select(o => o.Json.ToString()).Append(order.Element?.Json.ToString()).Append(string.Join(",", order.MappedOutputs.Values.SelectMany(l => l).Select(v => v.Json.ToString()))).Where(t => !string.IsNullOrEmpty(t)));
            return Task.FromResult<AttemptOutcome>(order.TaskId == "t0"
                ? Success("[10, 20, 30]") with { Count = 3 }
                : Success(string.Create(CultureInfo.InvariantCulture, $"\"{order.TaskId}/{order.MapIndex}\"")));
        };
        await world.StartAsync(Mapped());
        var run = await world.EndAsync((await world.TriggerAsync("dag")).Id);

        Assert.Equal(RunState.Success, run.Run.State);
        Assert.Equal("20", got["t1[1]"]);
        Assert.Equal("\"t1/1\"", got["t2[1]"].Split(' ')[0]);
        Assert.Equal("\"t2/0\",\"t2/1\",\"t2/2\"", got["t3[-1]"]);
        Assert.Equal(8, run.Instances.Count(i => i.State == TaskState.Success && (i.MapIndex >= 0 || i.TaskIndex is 0 or 3)));
    }

    [Fact]
    public async Task One_element_that_fails_leaves_the_others_alone()
    {
        await using var world = new EngineWorld();
        world.Body = (order, _) => Task.FromResult<AttemptOutcome>(
            order.TaskId == "t0" ? Success("[1, 2, 3]") with { Count = 3 } : order is { TaskId: "t1", MapIndex: 1 } ? Failure() : Success("1"));
        await world.StartAsync(Mapped());
        var run = await world.EndAsync((await world.TriggerAsync("dag")).Id);
        Assert.Equal(RunState.Failed, run.Run.State);
        Assert.Equal(
            [TaskState.Success, TaskState.UpstreamFailed, TaskState.Success],
            run.Instances.Where(i => i is { TaskIndex: 2, MapIndex: >= 0 }).OrderBy(i => i.MapIndex).Select(i => i.State));
        Assert.Equal(TaskState.UpstreamFailed, StateOf(run, 3));
    }

    [Fact]
    public async Task An_empty_list_skips_the_group()
    {
        await using var world = new EngineWorld();
        world.Body = (order, _) => Task.FromResult<AttemptOutcome>(order.TaskId == "t0" ? Success("[]") with { Count = 0 } : Success("1"));
        await world.StartAsync(Mapped());
        var run = await world.EndAsync((await world.TriggerAsync("dag")).Id);
        Assert.Equal(RunState.Success, run.Run.State);
        Assert.Equal([TaskState.Success, TaskState.Skipped, TaskState.Skipped, TaskState.Skipped], run.Instances.OrderBy(i => i.TaskIndex).Select(i => i.State));
    }

    [Fact]
    public async Task A_branch_in_a_mapped_group_chooses_for_its_element()
    {
        // 0 → group(1 branch → 2 big | 3 small → 4 join NoneFailed) → 5
        var join = EachTask(4, 0, 2, 3) with { TriggerRule = TriggerRule.NoneFailedMinOneSuccess };
        var model = DagOf(
            "dag", TaskOf(0), EachTask(1, 0, 0) with { Kind = TaskKind.Branch }, EachTask(2, 0, 1), EachTask(3, 0, 1), join,
            TaskOf(5) with { Upstream = [4], Inputs = [] }) with
        { Groups = [List(0)] };
        await using var world = new EngineWorld();
        world.Body = (order, _) => Task.FromResult<AttemptOutcome>(order.TaskId switch
        {
            "t0" => Success("[1, 2]") with { Count = 2 },
            "t1" => Success("1") with { Chosen = [order.MapIndex == 0 ? "t2" : "t3"] },
            _ => Success("1"),
        });
        await world.StartAsync(model);
        var run = await world.EndAsync((await world.TriggerAsync("dag")).Id);
        Assert.Equal(RunState.Success, run.Run.State);
        TaskState At(int task, int map) => run.Instances.Single(i => i.TaskIndex == task && i.MapIndex == map).State;
        Assert.Equal([TaskState.Success, TaskState.Skipped, TaskState.Skipped, TaskState.Success], [At(2, 0), At(2, 1), At(3, 0), At(3, 1)]);
        Assert.Equal([TaskState.Success, TaskState.Success], [At(4, 0), At(4, 1)]);
    }

    [Fact]
    public async Task A_group_is_retried_as_one_and_what_follows_waits_until_it_is_done()
    {
        // group(0 → 1, 2) → 3; task 1 fails in the first round.
        var model = DagOf("dag", GroupTask(0, 0), GroupTask(1, 0, 0), GroupTask(2, 0), TaskOf(3) with { Upstream = [1, 2], Inputs = [] })
            with
        { Groups = [new GroupModel { Id = "g", Retry = 2 }] };
        await using var world = new EngineWorld(slots: 1);
        var tries = 0;
        world.Body = (order, _) => Task.FromResult<AttemptOutcome>(order.TaskId == "t1" && ++tries < 3 ? Failure("no") : Success("1"));
        await world.StartAsync(model);
        var run = await world.EndAsync((await world.TriggerAsync("dag")).Id);

        Assert.Equal(RunState.Success, run.Run.State);
        Assert.Equal([3, 3, 3, 1], run.Instances.OrderBy(i => i.TaskIndex).Select(i => i.Attempt));
        Assert.Equal([2, 2, 2, 0], run.Instances.OrderBy(i => i.TaskIndex).Select(i => i.Round));
        Assert.Equal("t3", world.Orders.Last().TaskId);
    }

    [Fact]
    public async Task A_group_that_keeps_failing_fails_and_then_what_follows_is_told()
    {
        var model = DagOf(
            "dag", GroupTask(0, 0) with { Retry = new RetryModel(1, Backoff.None) }, TaskOf(1) with { Upstream = [0], Inputs = [] },
            TaskOf(2) with { Upstream = [0], Inputs = [], TriggerRule = TriggerRule.OneFailed }) with
        { Groups = [new GroupModel { Id = "g", Retry = 1 }] };
        await using var world = new EngineWorld();
        world.Body = (order, _) => Task.FromResult<AttemptOutcome>(order.TaskId == "t0" ? Failure("no") : Success("1"));
        await world.StartAsync(model);
        var run = await world.EndAsync((await world.TriggerAsync("dag")).Id);
        Assert.Equal([TaskState.Failed, TaskState.UpstreamFailed, TaskState.Success], run.Instances.OrderBy(i => i.TaskIndex).Select(i => i.State));
        Assert.Equal(4, run.Instances.Single(i => i.TaskIndex == 0).Attempt); // two rounds of two attempts
        Assert.Equal(RunState.Failed, run.Run.State);
    }

    [Fact]
    public async Task A_mapped_group_is_retried_element_by_element_also_across_a_restart()
    {
        var store = new InMemoryFlowStore();
        var model = Mapped() with { Groups = [List(0) with { Retry = 1 }] };
        var failedOnce = 0;
        Func<AttemptOrder, AttemptControl, Task<AttemptOutcome>> body = (order, _) => Task.FromResult<AttemptOutcome>(
            order.TaskId == "t0" ? Success("[1, 2, 3]") with { Count = 3 }
            : order is { TaskId: "t2", MapIndex: 1 } && Interlocked.Exchange(ref failedOnce, 1) == 0 ? Failure() : Success("1"));
        await using var first = new EngineWorld(store);
        first.Body = (order, control) => order is { TaskId: "t2", MapIndex: 2 } ? new TaskCompletionSource<AttemptOutcome>().Task : body(order, control);
        await first.StartAsync(model);
        var id = (await first.TriggerAsync("dag")).Id;
        await first.UntilAsync(id, r => r.Instances.Count(i => i is { TaskIndex: 2, MapIndex: 0 or 1, State: TaskState.Success }) == 2
            && r.Instances.Any(i => i is { TaskIndex: 2, MapIndex: 2, State: TaskState.Running }));

        await using var second = new EngineWorld(store, first.Time) { Body = body };
        await second.StartAsync();
        var run = await second.EndAsync(id);
        Assert.Equal(RunState.Success, run.Run.State);
        int Attempts(int task, int map) => run.Instances.Single(i => i.TaskIndex == task && i.MapIndex == map).Attempt;
        Assert.Equal([1, 2, 2], [Attempts(1, 0), Attempts(1, 1), Attempts(1, 2)]); // the third was lost with its daemon, which failed its element
        Assert.Equal([1, 2, 2], [Attempts(2, 0), Attempts(2, 1), Attempts(2, 2)]);
        Assert.Equal(1, Attempts(3, -1));
    }

    [Theory]
    [InlineData("success")]
    [InlineData("failure")]
    [InlineData("cancel")]
    [InlineData("fail fast")]
    [InlineData("timeout")]
    public async Task A_teardown_runs_whatever_happened(string what)
    {
        // 0 setup → 1 work → 2 more; 3 teardown of 0 after 2; 4 is something else that runs
        var gate = new TaskCompletionSource<AttemptOutcome>();
        var model = DagOf(
            "dag", TaskOf(0), TaskOf(1, 0), TaskOf(2, 1), TaskOf(3) with { Upstream = [0, 2], Inputs = [], TeardownOf = 0, Retry = new RetryModel(1, Backoff.None) }, TaskOf(4))
            with
        { FailFast = what == "fail fast", Timeout = what == "timeout" ? TimeSpan.FromHours(1) : null };
        await using var world = new EngineWorld();
        var torn = 0;
        world.Body = async (order, control) =>
        {
            if (order.TaskId == "t3") return ++torn == 1 ? Failure("busy") : Success("1"); // retried even while the run is being ended
            if (order.TaskId == "t4" && what == "fail fast") return await Stopped(control);
            if (order.TaskId != "t1") return Success("1");
            if (what is "failure" or "fail fast") return Failure();
            return what is "success" ? Success("1") : await Stopped(control);
        };
        await world.StartAsync(model);
        var id = (await world.TriggerAsync("dag")).Id;
        await world.UntilAsync(id, r => StateOf(r, 1) is not (TaskState.None or TaskState.Queued));
        if (what == "cancel") await world.Engine.Commands.CancelAsync(id, "test");
        if (what == "timeout") world.Time.Advance(TimeSpan.FromHours(1));
        var run = await world.EndAsync(id);
        Assert.Equal((TaskState.Success, 2), (StateOf(run, 3), torn));
        Assert.Equal(what switch { "success" => RunState.Success, "cancel" => RunState.Cancelled, _ => RunState.Failed }, run.Run.State);
    }

    [Fact]
    public async Task Without_its_setup_there_is_nothing_to_tear_down()
    {
        await using var world = new EngineWorld();
        world.Body = (order, _) => Task.FromResult<AttemptOutcome>(order.TaskId == "t0" ? Failure() : Success("1"));
        await world.StartAsync(DagOf("dag", TaskOf(0), TaskOf(1) with { Upstream = [0], Inputs = [], TeardownOf = 0 }));
        var run = await world.EndAsync((await world.TriggerAsync("dag")).Id);
        Assert.Equal((RunState.Failed, TaskState.UpstreamFailed), (run.Run.State, StateOf(run, 1)));

        world.Body = async (_, control) => await Stopped(control);
        var id = (await world.TriggerAsync("dag")).Id;
        await world.UntilAsync(id, r => StateOf(r, 0) == TaskState.Running);
        await world.Engine.Commands.CancelAsync(id, "test");
        run = await world.EndAsync(id);
        Assert.Equal(RunState.Cancelled, run.Run.State);
        Assert.DoesNotContain("t1", world.Orders.Select(o => o.TaskId));
    }

    private static async Task<AttemptOutcome> Stopped(AttemptControl control)
    {
        var stopped = new TaskCompletionSource();
        await using (control.Stopping.Register(() => stopped.TrySetResult())) await stopped.Task;
        return new AttemptOutcome.Cancelled(control.Reason ?? "stopped");
    }

    /// <summary>0 gives a list → group(1 → 2) for each → 3 takes all.</summary>
    private static DagModel Mapped() => DagOf(
        "dag", TaskOf(0), EachTask(1, 0, 0), EachTask(2, 0, 1) with { Inputs = [new InputModel(InputKind.Output, "t1", new TypeModel("string"))] },
        TaskOf(3) with { Upstream = [2], Inputs = [new InputModel(InputKind.MappedOutput, "t2", new TypeModel("string[]"))] }) with
    { Groups = [List(0)] };

    private static GroupModel List(int source) => new() { Id = "g", ForEach = new InputModel(InputKind.Output, $"t{source}", new TypeModel("int[]")) };

    private static TaskModel GroupTask(int index, int group, params int[] upstream) => new()
    {
        Id = $"t{index}",
        Index = index,
        Group = group,
        Upstream = upstream,
    };

    private static TaskModel EachTask(int index, int group, params int[] upstream) => GroupTask(index, group, upstream) with
    {
        ForEach = new InputModel(InputKind.Output, "t0", new TypeModel("int[]")),
        Inputs = [new InputModel(InputKind.Element, "t0", new TypeModel("int"))],
    };
}
