using Wizart.Flow.Engine.Clearing;
using Wizart.Flow.Engine.Commands;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Engine.Storage.InMemory;
using Wizart.Flow.Engine.Tests.Coordination;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;
using static Wizart.Flow.Engine.Tests.Coordination.EngineWorld;

namespace Wizart.Flow.Engine.Tests.Clearing;

public sealed class ClearingTests
{
    private static readonly ReworkRequest Dag = new("dag") { Selection = new InstanceSelection { Downstream = true } };

    [Fact]
    public async Task A_failed_task_is_cleared_with_what_waits_for_it_and_its_run_goes_on_to_success()
    {
        await using var world = await new EngineWorld().StartAsync(DagOf("dag", TaskOf(0), TaskOf(1, 0), TaskOf(2, 1)));
        var isBroken = true;
        world.Body = (order, _) => Task.FromResult<AttemptOutcome>(order.TaskId == "t1" && isBroken ? Failure() : Success($"\"{order.Attempt}\""));
        var id = (await world.TriggerAsync("dag")).Id;
        Assert.Equal(RunState.Failed, (await world.EndAsync(id)).Run.State);

        isBroken = false;
        var report = await ClearAsync(world, Dag with { RunId = id, Selection = Pick("t1") });
        Assert.Equal([("t1", "failed", "begins anew"), ("t2", "upstream_failed", "begins anew")], report.Touched.Select(t => (t.TaskId!, t.State, t.Effect)));

        var run = await world.UntilAsync(id, r => r.Run.State == RunState.Success);
        Assert.Equal((1, null), (run.Run.Restarts, run.Run.Reason));
        Assert.Equal([1, 2, 1], run.Instances.Select(i => i.Attempt));
        Assert.Equal("\"2\"", world.Orders.Last().Outputs["t1"].Json.ToString());
        Assert.Equal([AttemptResult.Failed, AttemptResult.Success], (await Queries(world).AttemptsAsync(id, 1, -1, default)).Select(a => a.Result));
        Assert.Equal(("ann", "clear", $"dag/{id}"), (await Queries(world).AuditAsync(new AuditFilter(Count: 1), default)).Select(a => (a.Actor, a.Action, a.Target)).Single());
    }

    [Fact]
    public async Task Retries_are_counted_anew_from_the_clear()
    {
        await using var world = await new EngineWorld().StartAsync(DagOf("dag", TaskOf(0) with { Retry = new RetryModel(1, Backoff.None) }));
        world.Body = (_, _) => Task.FromResult<AttemptOutcome>(Failure());
        var id = (await world.TriggerAsync("dag")).Id;
        await world.EndAsync(id);
        await ClearAsync(world, Dag with { RunId = id });
        var run = await world.UntilAsync(id, r => r.Run is { State: RunState.Failed, Restarts: 1 });
        Assert.Equal((4, 2), (run.Instances[0].Attempt, run.Instances[0].AttemptsBefore));
        Assert.Equal([2, 2, 4, 4], world.Orders.Select(o => o.MaxAttempts));
    }

    [Fact]
    public async Task One_of_forty_elements_is_cleared_alone()
    {
        await using var world = await new EngineWorld().StartAsync(Mapped());
        var isBroken = true;
        world.Body = (order, _) => Task.FromResult<AttemptOutcome>(order switch
        {
            { TaskId: "t0" } => List(40),
            { TaskId: "t1", MapIndex: 17 } when isBroken => Failure(),
            _ => Success($"{order.MapIndex}"),
        });
        var id = (await world.TriggerAsync("dag")).Id;
        Assert.Equal(RunState.Failed, (await world.EndAsync(id)).Run.State);
        var before = world.Orders.Count;

        isBroken = false;
        await ClearAsync(world, Dag with { RunId = id, Selection = new InstanceSelection { Tasks = [new TaskPick("t1", 17)], Downstream = true } });
        var run = await world.UntilAsync(id, r => r.Run.State == RunState.Success);
        Assert.Equal([("t1", 17, 2), ("t2", -1, 1)], world.Orders.Skip(before).Select(o => (o.TaskId, o.MapIndex, o.Attempt)));
        Assert.Equal(40, world.Orders.Last().MappedOutputs["t1"].Count);
        Assert.Equal(TaskState.Success, StateOf(run, 1));
    }

    [Fact]
    public async Task Only_failed_elements_are_selected_with_what_they_kept_from_running()
    {
        await using var world = await new EngineWorld().StartAsync(Mapped());
        world.Body = (order, _) => Task.FromResult<AttemptOutcome>(order.TaskId == "t0" ? List(5) : order.MapIndex % 2 == 1 ? Failure() : Success("1"));
        var id = (await world.TriggerAsync("dag")).Id;
        await world.EndAsync(id);
        var report = await ClearAsync(world, Dag with { RunId = id, DryRun = true, Selection = new InstanceSelection { OnlyFailed = true } });
        Assert.Equal([("t1", -1), ("t1", 1), ("t1", 3), ("t2", -1)], report.Touched.Select(t => (t.TaskId!, t.MapIndex)));
        Assert.Equal(RunState.Failed, (await world.EndAsync(id)).Run.State); // nothing was changed
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(0)]
    public async Task A_list_that_is_made_anew_may_have_another_length(int second)
    {
        await using var world = await new EngineWorld().StartAsync(Mapped());
        var count = 4;
        world.Body = (order, _) => Task.FromResult<AttemptOutcome>(order.TaskId == "t0" ? List(count) : Success(order.Element?.Json?.ToString() ?? "0"));
        var id = (await world.TriggerAsync("dag")).Id;
        await world.EndAsync(id);

        count = second;
        await ClearAsync(world, Dag with { RunId = id, Selection = Pick("t0") });
        var run = await world.UntilAsync(id, r => r.Run is { State: RunState.Success, Restarts: 1 });
        var elements = run.Instances.Where(i => i.TaskIndex == 1 && i.MapIndex >= 0).ToArray();
        Assert.Equal(second, elements.Count(e => e.State == TaskState.Success));
        Assert.Equal(Math.Max(0, 4 - second), elements.Count(e => e.State == TaskState.Removed));
        // The elements are those of the new list, not of the one that was cut before.
        Assert.Equal(Enumerable.Range(0, second).Select(i => $"{(second * 100) + i}"), (await world.Store.LoadMappedOutputsAsync(id, 1, null, default)).Select(o => o.Value.Json.ToString()));
        Assert.Equal(second > 0 ? 2 : 1, (await Queries(world).AttemptsAsync(id, 1, 0, default)).Count);
    }

    [Fact]
    public async Task A_running_task_is_stopped_and_begins_anew_and_what_it_gave_does_not_count()
    {
        var begun = new TaskCompletionSource();
        await using var world = await new EngineWorld().StartAsync(DagOf("dag", TaskOf(0), TaskOf(1, 0)));
        world.Body = async (order, control) =>
        {
            if (order is not { TaskId: "t0", Attempt: 1 }) return Success($"\"{order.Attempt}\"");
            begun.SetResult();
            await Stopped(control);
            return Success("\"too late\"");
        };
        var id = (await world.TriggerAsync("dag")).Id;
        await begun.Task;
        var report = await ClearAsync(world, Dag with { RunId = id, Selection = Pick("t0") });
        Assert.Equal("is stopped and begins anew", report.Touched[0].Effect);

        var run = await world.EndAsync(id);
        Assert.Equal((RunState.Success, 0), (run.Run.State, run.Run.Restarts));
        Assert.Equal("\"2\"", world.Orders.Last().Outputs["t0"].Json.ToString());
        Assert.Contains("cleared by ann", (await Queries(world).AttemptsAsync(id, 0, -1, default))[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cleared_run_waits_for_its_turn_and_outlives_a_restart()
    {
        var store = new InMemoryFlowStore();
        await using var first = await new EngineWorld(store).StartAsync(DagOf("dag", TaskOf(0), TaskOf(1, 0)));
        var id = (await first.TriggerAsync("dag")).Id;
        await first.EndAsync(id);
        await first.Engine.Commands.PauseAsync("dag", paused: true, "ann");
        await ClearAsync(first, Dag with { RunId = id, Selection = Pick("t1") });
        Assert.Equal(RunState.Queued, (await store.LoadRunAsync(id, default))!.Run.State);

        await using var second = await new EngineWorld(store, first.Time).StartAsync();
        await second.Engine.Commands.PauseAsync("dag", paused: false, "ann");
        var run = await second.UntilAsync(id, r => r.Run.State == RunState.Success);
        Assert.Equal(["t1"], second.Orders.Select(o => o.TaskId)); // what was done stays done
        Assert.Equal([1, 2], run.Instances.Select(i => i.Attempt));
    }

    [Fact]
    public async Task A_skip_by_a_branch_holds_until_the_branch_is_cleared()
    {
        await using var world = await new EngineWorld().StartAsync(DagOf("dag", TaskOf(0), TaskOf(1, 0), TaskOf(2, 0)));
        var chosen = "t1";
        world.Body = (order, _) => Task.FromResult<AttemptOutcome>(order.TaskId == "t0" ? Success("1") with { Chosen = [chosen] } : Success("1"));
        var id = (await world.TriggerAsync("dag")).Id;
        await world.EndAsync(id);

        chosen = "t2";
        await ClearAsync(world, Dag with { RunId = id, Selection = Pick("t2") });
        var run = await world.UntilAsync(id, r => r.Run is { State: RunState.Success, Restarts: 1 });
        Assert.Equal([TaskState.Success, TaskState.Success, TaskState.Skipped], Enumerable.Range(0, 3).Select(i => StateOf(run, i)));

        await ClearAsync(world, Dag with { RunId = id, Selection = Pick("t0") });
        run = await world.UntilAsync(id, r => r.Run is { State: RunState.Success, Restarts: 2 });
        Assert.Equal([TaskState.Success, TaskState.Skipped, TaskState.Success], Enumerable.Range(0, 3).Select(i => StateOf(run, i)));
    }

    [Fact]
    public async Task Runs_of_a_range_and_earlier_and_later_ones_are_cleared_one_by_one()
    {
        await using var world = await new EngineWorld().StartAsync(DagOf("dag", TaskOf(0)));
        var runs = new List<DagRun>();
        for (var day = 0; day < 5; day++)
        {
            runs.Add(await world.Engine.Commands.TriggerAsync("dag", new Dictionary<string, System.Text.Json.JsonElement>(), new DateTimeOffset(2026, 11, 1 + day, 0, 0, 0, TimeSpan.Zero), "ann"));
            await world.EndAsync(runs[^1].Id);
        }

        long[] Touched(ReworkReport report) => [.. report.Touched.Select(t => t.RunId).Order()];
        var dry = Dag with { RunId = runs[2].Id, DryRun = true };
        Assert.Equal(runs.Take(3).Select(r => r.Id), Touched(await ClearAsync(world, dry with { Past = true })));
        Assert.Equal(runs.Skip(2).Select(r => r.Id), Touched(await ClearAsync(world, dry with { Future = true })));
        var report = await ClearAsync(world, Dag with { From = runs[1].LogicalDate, To = runs[3].LogicalDate });
        Assert.Equal((3, 3L), (report.Runs, report.Instances));
        foreach (var run in runs.Skip(1).Take(3)) await world.UntilAsync(run.Id, r => r.Run is { State: RunState.Success, Restarts: 1 });
        Assert.Equal(0, (await world.Store.LoadRunAsync(runs[0].Id, default))!.Run.Restarts);
    }

    [Fact]
    public async Task A_run_goes_on_with_the_newest_version()
    {
        await using var world = await new EngineWorld().StartAsync(DagOf("dag", TaskOf(0), TaskOf(1, 0), TaskOf(2, 1)));
        var id = (await world.TriggerAsync("dag")).Id;
        await world.EndAsync(id);

        // t1 is gone, "new" comes first, t2 waits for it.
        var fresh = TaskOf(0) with { Id = "new" };
        var last = TaskOf(2, 0, 1) with { Id = "t2", Inputs = [] };
        await world.PublishAsync(DagOf("dag", fresh, TaskOf(1) with { Id = "t0" }, last));
        await ClearAsync(world, Dag with { RunId = id, OnNewest = true, Selection = Pick("t2") });
        var run = await world.UntilAsync(id, r => r.Run is { State: RunState.Success, Restarts: 1 });

        Assert.Equal(["new", "t2"], world.Orders.Skip(3).Select(o => o.TaskId));
        Assert.Equal(2, world.Orders.Last().Attempt);
        var views = await Queries(world).TasksAsync(id, default);
        Assert.Equal(
            [("new", TaskState.Success), ("t0", TaskState.Success), ("t2", TaskState.Success), ("t1", TaskState.Removed)],
            views.OrderBy(v => v.Instance.TaskIndex).Select(v => (v.TaskId!, v.Instance.State)));
        var attempts = await Queries(world).AttemptsAsync(id, 2, -1, default);
        Assert.NotNull(attempts[0].VersionId);
        Assert.Null(attempts[1].VersionId);
        Assert.NotEqual(attempts[0].VersionId, run.Run.VersionId);
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused_with_a_reason()
    {
        var begun = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        await using var world = await new EngineWorld().StartAsync(DagOf("dag", TaskOf(0)));
        var id = (await world.TriggerAsync("dag")).Id;
        await world.EndAsync(id);
        await RefusedAsync(Refusal.NotFound, "no DAG 'dog'", Dag with { DagId = "dog", RunId = id });
        await RefusedAsync(Refusal.NotFound, "no run 4711", Dag with { RunId = 4711 });
        await RefusedAsync(Refusal.NotFound, "no task 'T0'", Dag with { RunId = id, Selection = Pick("T0") });
        await RefusedAsync(Refusal.NotFound, "no element 3", Dag with { RunId = id, Selection = new InstanceSelection { Tasks = [new TaskPick("t0", 3)] } });
        await RefusedAsync(Refusal.Conflict, "none of it failed", Dag with { RunId = id, Selection = new InstanceSelection { OnlyFailed = true } });
        await RefusedAsync(Refusal.Invalid, "begins after it ends", Dag with { From = world.Time.GetUtcNow(), To = world.Time.GetUtcNow().AddDays(-1) });

        world.Body = async (_, control) =>
        {
            begun.SetResult();
            await Stopped(control);
            await release.Task;
            return new AttemptOutcome.Cancelled(control.Reason!);
        };
        var running = (await world.TriggerAsync("dag")).Id;
        await begun.Task;
        await world.Engine.Commands.CancelAsync(running, "bob");
        await RefusedAsync(Refusal.Conflict, "is being ended", Dag with { RunId = running });
        release.SetResult();
        await world.EndAsync(running);

        async Task RefusedAsync(Refusal refusal, string part, ReworkRequest request)
        {
            var error = await Assert.ThrowsAsync<FlowCommandException>(() => ClearAsync(world, request));
            Assert.Equal(refusal, error.Refusal);
            Assert.Contains(part, error.Message, StringComparison.Ordinal);
        }
    }

    internal static InstanceSelection Pick(string task, bool downstream = true) => new() { Tasks = [new TaskPick(task)], Downstream = downstream };

    internal static IFlowQueries Queries(EngineWorld world) => ((InMemoryFlowStore)world.Store).Queries;

    internal static Task Stopped(AttemptControl control)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        control.Stopping.Register(stopped.SetResult);
        return stopped.Task;
    }

    private static Task<ReworkReport> ClearAsync(EngineWorld world, ReworkRequest request) => world.Engine.Reworks.ClearAsync(request, "ann", Queries(world));

    private static AttemptOutcome.Succeeded List(int count) =>
        Success($"[{string.Join(",", Enumerable.Range(0, count).Select(i => (count * 100) + i))}]") with { Count = count };

    /// <summary>A list, a task for each element, and one that takes all of them.</summary>
    private static DagModel Mapped() => DagOf(
        "dag",
        TaskOf(0),
        TaskOf(1, 0) with { ForEach = new InputModel(InputKind.Output, "t0", new TypeModel("int")), Inputs = [new InputModel(InputKind.Element, "", new TypeModel("int"))] },
        TaskOf(2, 1) with { Inputs = [new InputModel(InputKind.MappedOutput, "t1", new TypeModel("int"))], TriggerRule = TriggerRule.NoneFailed });
}
