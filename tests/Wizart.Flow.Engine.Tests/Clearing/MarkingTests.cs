using Wizart.Flow.Engine.Clearing;
using Wizart.Flow.Engine.Commands;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Tests.Coordination;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;
using static Wizart.Flow.Engine.Tests.Clearing.ClearingTests;
using static Wizart.Flow.Engine.Tests.Coordination.EngineWorld;

namespace Wizart.Flow.Engine.Tests.Clearing;

public sealed class MarkingTests
{
    private static readonly CallbackModel[] Everything =
        [.. Enum.GetValues<CallbackEvent>().Select(e => new CallbackModel(e, new NotifierModel(NotifierKind.Log)))];

    [Fact]
    public async Task A_failed_task_marked_success_lets_what_waited_for_it_go_on()
    {
        await using var world = await BrokenAsync();
        var id = (await world.TriggerAsync("dag")).Id;
        await world.EndAsync(id);
        var report = await MarkAsync(world, id, TaskState.Success, "t0");
        Assert.Equal([("t0", "becomes success"), ("t1", "begins anew")], report.Touched.Select(t => (t.TaskId!, t.Effect)));

        var run = await world.UntilAsync(id, r => r.Run.State == RunState.Success);
        Assert.Equal(["t0", "t1"], world.Orders.Select(o => o.TaskId));
        Assert.Equal("marked success by ann: looked at it", run.Instances[0].Reason);
    }

    [Fact]
    public async Task Without_going_on_only_the_state_of_the_run_follows()
    {
        await using var world = await BrokenAsync();
        var id = (await world.TriggerAsync("dag")).Id;
        await world.EndAsync(id);
        await MarkAsync(world, id, TaskState.Success, "t0", goesOn: false);
        var run = await world.EndAsync(id);
        Assert.Equal([TaskState.Success, TaskState.UpstreamFailed], run.Instances.Select(i => i.State));
        Assert.Equal((RunState.Success, 0), (run.Run.State, run.Run.Restarts));
        Assert.Single(world.Orders);
    }

    [Fact]
    public async Task A_success_marked_failed_fails_the_run_and_callbacks_are_told()
    {
        await using var world = await new EngineWorld().StartAsync(DagOf("dag", TaskOf(0) with { Callbacks = Everything }) with { Callbacks = Everything });
        var id = (await world.TriggerAsync("dag")).Id;
        await world.EndAsync(id);
        await MarkAsync(world, id, TaskState.Failed, "t0");
        var run = await world.UntilAsync(id, r => r.Run.State == RunState.Failed);
        Assert.Equal("task 't0' failed", run.Run.Reason);
        var told = await Queries(world).DeliveriesAsync(id, default);
        Assert.Equal(
            [(null, "success"), ("t0", "success"), (null, "failed"), ("t0", "failed")],
            told.Select(d => (d.TaskId, d.State)).Chunk(2).SelectMany(some => some.OrderBy(d => d.TaskId)));
    }

    [Fact]
    public async Task A_running_task_is_stopped_and_becomes_what_it_was_marked()
    {
        var begun = new TaskCompletionSource();
        await using var world = await new EngineWorld().StartAsync(DagOf("dag", TaskOf(0), TaskOf(1) with { Upstream = [0] }));
        world.Body = async (order, control) =>
        {
            if (order.TaskId != "t0") return Success("1");
            begun.SetResult();
            await Stopped(control);
            return new AttemptOutcome.Cancelled(control.Reason!);
        };
        var id = (await world.TriggerAsync("dag")).Id;
        await begun.Task;
        await MarkAsync(world, id, TaskState.Success, "t0");
        var run = await world.EndAsync(id);
        Assert.Equal(RunState.Success, run.Run.State);
        Assert.Equal(AttemptResult.Cancelled, Assert.Single(await Queries(world).AttemptsAsync(id, 0, -1, default)).Result);
    }

    [Theory]
    [InlineData(TaskState.Success, RunState.Success, TaskState.Skipped)]
    [InlineData(TaskState.Failed, RunState.Failed, TaskState.Failed)]
    public async Task A_run_that_is_marked_ends_once_what_runs_has_stopped(TaskState mark, RunState end, TaskState running)
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
        await MarkAsync(world, id, mark);
        var run = await world.EndAsync(id);
        Assert.Equal((end, $"marked {mark.ToString().ToLowerInvariant()} by ann: looked at it"), (run.Run.State, run.Run.Reason));
        Assert.Equal([running, TaskState.Skipped], run.Instances.Select(i => i.State));
    }

    [Fact]
    public async Task A_run_is_not_marked_skipped_and_a_mark_that_changes_nothing_is_refused()
    {
        await using var world = await new EngineWorld().StartAsync(DagOf("dag", TaskOf(0)));
        var id = (await world.TriggerAsync("dag")).Id;
        await world.EndAsync(id);
        Assert.Equal(Refusal.Invalid, (await Assert.ThrowsAsync<FlowCommandException>(() => MarkAsync(world, id, TaskState.Skipped))).Refusal);
        Assert.Equal(Refusal.Conflict, (await Assert.ThrowsAsync<FlowCommandException>(() => MarkAsync(world, id, TaskState.Success, "t0"))).Refusal);
        Assert.Equal(Refusal.Conflict, (await Assert.ThrowsAsync<FlowCommandException>(() => MarkAsync(world, id, TaskState.Success))).Refusal);
    }

    [Fact]
    public async Task Notes_are_kept_and_told_with_their_author()
    {
        await using var world = await new EngineWorld().StartAsync(DagOf("dag", TaskOf(0)));
        var id = (await world.TriggerAsync("dag")).Id;
        await world.Engine.Reworks.NoteAsync("dag", id, null, "the supplier was late", "ann");
        await world.Engine.Reworks.NoteAsync("dag", id, new TaskPick("t0"), "ran twice", "bob");
        Assert.Equal(
            [(null, "the supplier was late", "ann"), ("t0", "ran twice", "bob")],
            (await Queries(world).NotesAsync(id, default)).Select(n => (n.TaskId, n.Text, n.Author)));
        var error = await Assert.ThrowsAsync<FlowCommandException>(() => world.Engine.Reworks.NoteAsync("dag", id, new TaskPick("t9"), "?", "ann"));
        Assert.Equal(Refusal.NotFound, error.Refusal);
    }

    private static async Task<EngineWorld> BrokenAsync()
    {
        var world = await new EngineWorld().StartAsync(DagOf("dag", TaskOf(0), TaskOf(1) with { Upstream = [0] }));
        world.Body = (order, _) => Task.FromResult<AttemptOutcome>(order.TaskId == "t0" ? Failure() : Success("1"));
        return world;
    }

    private static Task<ReworkReport> MarkAsync(EngineWorld world, long id, TaskState state, string? task = null, bool goesOn = true) =>
        world.Engine.Reworks.MarkAsync(
            new ReworkRequest("dag") { RunId = id, Note = "looked at it", Selection = task is null ? new InstanceSelection() : Pick(task, downstream: false) },
            state, goesOn, "ann", Queries(world));
}
