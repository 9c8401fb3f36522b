using System.Collections.Concurrent;
using Wizart.Flow.Engine.Commands;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage.InMemory;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;
using static Wizart.Flow.Engine.Tests.Coordination.EngineWorld;

namespace Wizart.Flow.Engine.Tests.Coordination;

public sealed class RunsTests
{
    [Fact]
    public async Task A_chain_runs_in_order_and_data_flows_along_it()
    {
        await using var world = await new EngineWorld().StartAsync(DagOf("dag", TaskOf(0), TaskOf(1, 0), TaskOf(2, 1)));
        var run = await world.EndAsync((await world.TriggerAsync("dag")).Id);

        Assert.Equal(RunState.Success, run.Run.State);
        Assert.Equal(["t0", "t1", "t2"], world.Orders.Select(o => o.TaskId));
        Assert.Equal("\"t1\"", world.Orders.Last().Outputs["t1"].Json.ToString());
        Assert.All(run.Instances, i => Assert.Equal(1, i.Attempt));
    }

    [Fact]
    public async Task What_a_body_prints_is_stored_with_its_end()
    {
        await using var world = await new EngineWorld().StartAsync(DagOf("dag", TaskOf(0)));
        var run = await world.EndAsync((await world.TriggerAsync("dag")).Id);
        var lines = await ((InMemoryFlowStore)world.Store).Queries.LogAsync(new(run.Run.Id, 0, -1, 1), 1, 10, CancellationToken.None);
        Assert.Equal("t0 runs", Assert.Single(lines).Line.Text);
    }

    [Fact]
    public async Task A_failed_attempt_is_tried_again_when_its_wait_is_over()
    {
        var task = TaskOf(0) with { Retry = new RetryModel(1, Backoff.Fixed(TimeSpan.FromMinutes(1))) };
        await using var world = await new EngineWorld().StartAsync(DagOf("dag", task));
        world.Body = (order, _) => Task.FromResult<AttemptOutcome>(order.Attempt == 1 ? Failure() : Success("1"));

        var id = (await world.TriggerAsync("dag")).Id;
        await world.UntilAsync(id, r => StateOf(r, 0) == TaskState.UpForRetry);
        world.Time.Advance(TimeSpan.FromSeconds(59));
        Assert.Single(world.Orders);
        world.Time.Advance(TimeSpan.FromSeconds(1));

        var run = await world.EndAsync(id);
        Assert.Equal(RunState.Success, run.Run.State);
        Assert.Equal(2, run.Instances[0].Attempt);
    }

    [Fact]
    public async Task A_failure_fails_the_run_and_what_is_downstream()
    {
        await using var world = await new EngineWorld().StartAsync(DagOf("dag", TaskOf(0), TaskOf(1, 0), TaskOf(2)));
        world.Body = (order, _) => Task.FromResult<AttemptOutcome>(order.TaskId == "t0" ? Failure() : Success("1"));
        var run = await world.EndAsync((await world.TriggerAsync("dag")).Id);

        Assert.Equal((RunState.Failed, "task 't0' failed"), (run.Run.State, run.Run.Reason));
        Assert.Equal([TaskState.Failed, TaskState.UpstreamFailed, TaskState.Success], Enumerable.Range(0, 3).Select(i => StateOf(run, i)));
    }

    [Fact]
    public async Task An_attempt_that_lasts_too_long_is_stopped_by_the_clock()
    {
        var begun = new TaskCompletionSource();
        await using var world = await new EngineWorld().StartAsync(DagOf("dag", TaskOf(0) with { Timeout = TimeSpan.FromMinutes(5) }));
        world.Body = async (_, control) =>
        {
            begun.SetResult();
            await Stopped(control);
            Assert.Equal(StopKind.Timeout, control.Kind);
            return Failure(control.Reason!);
        };
        var id = (await world.TriggerAsync("dag")).Id;
        await begun.Task;
        world.Time.Advance(TimeSpan.FromMinutes(5));

        var run = await world.EndAsync(id);
        Assert.Equal(RunState.Failed, run.Run.State);
        Assert.Contains("00:05:00", run.Instances[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_lasts_too_long_is_failed_and_its_tasks_are_stopped()
    {
        var begun = new TaskCompletionSource();
        await using var world = await new EngineWorld().StartAsync(DagOf("dag", TaskOf(0), TaskOf(1, 0)) with { Timeout = TimeSpan.FromHours(1) });
        world.Body = async (_, control) =>
        {
            begun.SetResult();
            await Stopped(control);
            return new AttemptOutcome.Cancelled(control.Reason!);
        };
        var id = (await world.TriggerAsync("dag")).Id;
        await begun.Task;
        world.Time.Advance(TimeSpan.FromHours(1));

        var run = await world.EndAsync(id);
        Assert.Equal(RunState.Failed, run.Run.State);
        Assert.Equal([TaskState.Cancelled, TaskState.Cancelled], [StateOf(run, 0), StateOf(run, 1)]);
    }

    [Fact]
    public async Task A_cancelled_run_ends_once_nothing_of_it_runs_any_more()
    {
        var begun = new TaskCompletionSource();
        await using var world = await new EngineWorld().StartAsync(DagOf("dag", TaskOf(0), TaskOf(1, 0)));
        world.Body = async (_, control) =>
        {
            begun.SetResult();
            await Stopped(control);
            return new AttemptOutcome.Cancelled(control.Reason!);
        };
        var id = (await world.TriggerAsync("dag")).Id;
        await begun.Task;
        await world.Engine.Commands.CancelAsync(id, "ann");

        var run = await world.EndAsync(id);
        Assert.Equal((RunState.Cancelled, "cancelled by ann"), (run.Run.State, run.Run.Reason));
        var again = await Assert.ThrowsAsync<FlowCommandException>(() => world.Engine.Commands.CancelAsync(id, "ann"));
        Assert.Equal(Refusal.Conflict, again.Refusal);
    }

    [Fact]
    public async Task No_more_runs_are_running_than_the_limit_and_all_get_their_turn()
    {
        var running = new ConcurrentDictionary<long, int>();
        var most = 0;
        await using var world = await new EngineWorld(slots: 8).StartAsync(DagOf("dag", TaskOf(0)) with { MaxActiveRuns = 2 });
        world.Body = async (order, _) =>
        {
            running[order.RunId] = 1;
            most = Math.Max(most, running.Count);
            await Task.Yield();
            running.TryRemove(order.RunId, out var _);
            return Success("1");
        };
        var runs = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => world.TriggerAsync("dag")));
        foreach (var run in runs) Assert.Equal(RunState.Success, (await world.EndAsync(run.Id)).Run.State);
        Assert.InRange(most, 1, 2);
    }

    [Fact]
    public async Task Ten_thousand_independent_tasks_all_run_once()
    {
        await using var world = await new EngineWorld().StartAsync(DagOf("dag", [.. Enumerable.Range(0, 10_000).Select(i => TaskOf(i))]));
        var run = await world.EndAsync((await world.TriggerAsync("dag")).Id);
        Assert.Equal(RunState.Success, run.Run.State);
        Assert.Equal(10_000, world.Orders.DistinctBy(o => o.TaskId).Count());
        Assert.Equal(10_000, world.Orders.Count);
    }

    [Fact]
    public async Task A_paused_dag_keeps_its_runs_queued_until_it_goes_on()
    {
        await using var world = await new EngineWorld().StartAsync(DagOf("dag", TaskOf(0)));
        await world.Engine.Commands.PauseAsync("dag", paused: true, "ann");
        var id = (await world.TriggerAsync("dag")).Id;
        Assert.Equal(RunState.Queued, (await world.Store.LoadRunAsync(id, CancellationToken.None))!.Run.State);
        await world.Engine.Commands.PauseAsync("dag", paused: false, "ann");
        Assert.Equal(RunState.Success, (await world.EndAsync(id)).Run.State);
    }

    private static Task Stopped(AttemptControl control)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        control.Stopping.Register(stopped.SetResult);
        return stopped.Task;
    }
}
