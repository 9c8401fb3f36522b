using System.Text.Json;
using Wizart.Flow.Engine.Commands;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Engine.Storage.InMemory;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;
using static Wizart.Flow.Engine.Tests.Coordination.EngineWorld;

namespace Wizart.Flow.Engine.Tests.Coordination;

/// <summary>Sensors, triggers and approvals: what waits without a slot.</summary>
public sealed class WaitTests
{
    private static readonly Dictionary<string, JsonElement> Nothing = [];

    [Fact]
    public async Task A_sensor_looks_again_and_again_in_one_attempt_and_holds_no_slot_between()
    {
        var looks = 0;
        await using var world = new EngineWorld(slots: 1);
        world.Body = (order, _) => Task.FromResult<AttemptOutcome>(
            order is { DagId: "dag", TaskId: "t0" } && ++looks < 3 ? new AttemptOutcome.Deferred() : Success("1"));
        await world.StartAsync(DagOf("dag", Sensor(0), TaskOf(1) with { Upstream = [0], Inputs = [] }), DagOf("other", TaskOf(0)));
        var id = (await world.TriggerAsync("dag")).Id;
        await world.UntilAsync(id, r => StateOf(r, 0) == TaskState.Deferred);
        Assert.Equal(RunState.Success, (await world.EndAsync((await world.TriggerAsync("other")).Id)).Run.State); // the one slot is free

        world.Time.Advance(TimeSpan.FromMinutes(1));
        await world.UntilAsync(id, r => r.Instances[0].Wait?.Looks == 2 && StateOf(r, 0) == TaskState.Deferred);
        Assert.Equal(1, (await world.Engine.Why.OfAsync(id, CancellationToken.None)).Count(w => w.Reason.Contains("next look", StringComparison.Ordinal)));
        world.Time.Advance(TimeSpan.FromMinutes(1));
        var run = await world.EndAsync(id);

        Assert.Equal((RunState.Success, 3), (run.Run.State, looks));
        Assert.Equal(1, run.Instances[0].Attempt);
        Assert.Single(await world.Queries.AttemptsAsync(id, 0, -1, CancellationToken.None));
        var lines = await world.Queries.LogAsync(new AttemptKey(id, 0, -1, 1), 1, 100, CancellationToken.None);
        Assert.Equal(3, lines.Count); // each look's line is kept
    }

    [Fact]
    public async Task A_sensor_gives_up_after_its_timeout_and_is_not_tried_again()
    {
        await using var world = new EngineWorld();
        world.Body = (_, _) => Task.FromResult<AttemptOutcome>(new AttemptOutcome.Deferred());
        var sensor = Sensor(0, timeout: TimeSpan.FromSeconds(90)) with { Retry = new RetryModel(3, Backoff.None) };
        await world.StartAsync(DagOf("dag", sensor));
        var id = (await world.TriggerAsync("dag")).Id;
        await world.UntilAsync(id, r => r.Instances[0].Wait?.Looks == 1);
        world.Time.Advance(TimeSpan.FromMinutes(1));
        await world.UntilAsync(id, r => r.Instances[0].Wait?.Looks == 2 && StateOf(r, 0) == TaskState.Deferred);
        world.Time.Advance(TimeSpan.FromSeconds(30));
        var run = await world.EndAsync(id);

        Assert.Equal((RunState.Failed, TaskState.Failed), (run.Run.State, StateOf(run, 0)));
        Assert.Equal(1, run.Instances[0].Attempt);
        Assert.Contains("waited for 00:01:30", run.Instances[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sensor_that_may_be_skipped_is_skipped_and_what_follows_with_it()
    {
        await using var world = new EngineWorld();
        world.Body = (_, _) => Task.FromResult<AttemptOutcome>(new AttemptOutcome.Deferred());
        var sensor = Sensor(0, timeout: TimeSpan.FromSeconds(10));
        await world.StartAsync(DagOf("dag", sensor with { Wait = sensor.Wait! with { OnTimeout = OnTimeout.Skip } }, TaskOf(1, 0)));
        var id = (await world.TriggerAsync("dag")).Id;
        await world.UntilAsync(id, r => r.Instances[0].Wait?.Looks == 1);
        world.Time.Advance(TimeSpan.FromSeconds(10));
        var run = await world.EndAsync(id);
        Assert.Equal((RunState.Success, TaskState.Skipped, TaskState.Skipped), (run.Run.State, StateOf(run, 0), StateOf(run, 1)));
    }

    [Fact]
    public async Task A_condition_that_throws_is_a_failed_attempt_and_the_timeout_counts_on_from_the_first_look()
    {
        var looks = 0;
        await using var world = new EngineWorld();
        world.Body = (_, _) => Task.FromResult<AttemptOutcome>(++looks == 2 ? Failure("no route") : new AttemptOutcome.Deferred());
        await world.StartAsync(DagOf("dag", Sensor(0, TimeSpan.FromSeconds(150)) with { Retry = new RetryModel(1, Backoff.Fixed(TimeSpan.FromMinutes(1))) }));
        var id = (await world.TriggerAsync("dag")).Id;
        await world.UntilAsync(id, r => r.Instances[0].Wait?.Looks == 1);
        world.Time.Advance(TimeSpan.FromMinutes(1));
        await world.UntilAsync(id, r => StateOf(r, 0) == TaskState.UpForRetry);
        world.Time.Advance(TimeSpan.FromMinutes(1));
        await world.UntilAsync(id, r => r.Instances[0] is { Attempt: 2, State: TaskState.Deferred });
        world.Time.Advance(TimeSpan.FromSeconds(30));
        var run = await world.EndAsync(id);

        Assert.Equal((TaskState.Failed, 2), (StateOf(run, 0), run.Instances[0].Attempt));
        Assert.Equal([AttemptResult.Failed, AttemptResult.Failed], (await world.Queries.AttemptsAsync(id, 0, -1, CancellationToken.None)).Select(a => a.Result));
    }

    [Fact]
    public async Task A_sensor_goes_on_after_a_restart_and_a_look_that_was_lost_costs_no_retry()
    {
        var store = new InMemoryFlowStore();
        await using var first = new EngineWorld(store);
        first.Body = (_, _) => Task.FromResult<AttemptOutcome>(new AttemptOutcome.Deferred());
        await first.StartAsync(DagOf("dag", Sensor(0)));
        var id = (await first.TriggerAsync("dag")).Id;
        await first.UntilAsync(id, r => StateOf(r, 0) == TaskState.Deferred);
        first.Body = (_, _) => new TaskCompletionSource<AttemptOutcome>().Task;
        first.Time.Advance(TimeSpan.FromMinutes(1));
        await first.UntilAsync(id, r => StateOf(r, 0) == TaskState.Running); // and is lost in this look

        await using var second = await new EngineWorld(store, first.Time).StartAsync();
        second.Time.Advance(TimeSpan.FromSeconds(1));
        var run = await second.EndAsync(id);
        Assert.Equal((RunState.Success, 1), (run.Run.State, run.Instances[0].Attempt));
    }

    [Fact]
    public async Task A_task_waits_for_the_other_dags_run_of_the_same_date_and_is_woken_by_its_end()
    {
        await using var world = new EngineWorld();
        var gate = new TaskCompletionSource<AttemptOutcome>();
        world.Body = (order, _) => order.DagId == "upstream" ? gate.Task : Task.FromResult<AttemptOutcome>(Success("1"));
        await world.StartAsync(DagOf("dag", WaitForRun(0, "upstream"), TaskOf(1) with { Upstream = [0], Inputs = [] }), DagOf("upstream", TaskOf(0)));
        var id = (await world.TriggerAsync("dag")).Id;
        var waiting = await world.UntilAsync(id, r => ReasonOf(r).Contains("there is not yet", StringComparison.Ordinal));
        var other = await world.TriggerAsync("upstream");
        Assert.Equal(waiting.Run.LogicalDate, other.LogicalDate);
        gate.SetResult(Success("1"));
        var run = await world.EndAsync(id);
        Assert.Equal((RunState.Success, TaskState.Success), (run.Run.State, StateOf(run, 1)));
        Assert.Equal(["t0", "t1"], world.Orders.Select(o => o.TaskId)); // the waiting itself needed no process
    }

    [Fact]
    public async Task A_task_waits_on_while_the_other_run_failed_and_says_so()
    {
        await using var world = new EngineWorld();
        world.Body = (_, _) => Task.FromResult<AttemptOutcome>(Failure());
        await world.StartAsync(DagOf("dag", WaitForRun(0, "upstream")), DagOf("upstream", TaskOf(0)));
        await world.EndAsync((await world.TriggerAsync("upstream")).Id);
        var id = (await world.TriggerAsync("dag")).Id;
        await world.UntilAsync(id, r => ReasonOf(r).Contains("which is failed", StringComparison.Ordinal));
        var why = Assert.Single(await world.Engine.Why.OfAsync(id, CancellationToken.None));
        Assert.Contains("gives up at", why.Reason, StringComparison.Ordinal);
        await world.Engine.Commands.CancelAsync(id, "test");
        Assert.Equal(TaskState.Cancelled, StateOf(await world.EndAsync(id), 0));
    }

    [Fact]
    public async Task One_task_of_the_other_run_is_enough_and_a_skipped_one_skips()
    {
        await using var world = new EngineWorld();
        var gate = new TaskCompletionSource<AttemptOutcome>();
        world.Body = (order, _) => order.TaskId switch
        {
            "t1" => gate.Task,
            "t2" => Task.FromResult<AttemptOutcome>(new AttemptOutcome.Skipped("nothing new")),
            _ => Task.FromResult<AttemptOutcome>(Success("1")),
        };
        await world.StartAsync(DagOf("upstream", TaskOf(0), TaskOf(1), TaskOf(2)), DagOf("dag", WaitForRun(0, "upstream", "t0"), WaitForRun(1, "upstream", "t2"), WaitForRun(2, "upstream", "nix")));
        await world.TriggerAsync("upstream");
        var run = await world.EndAsync((await world.TriggerAsync("dag")).Id); // though the other run goes on
        Assert.Equal([TaskState.Success, TaskState.Skipped, TaskState.Failed], run.Instances.OrderBy(i => i.TaskIndex).Select(i => i.State));
        Assert.Contains("has no task 'nix'", run.Instances.Single(i => i.TaskIndex == 2).Reason, StringComparison.Ordinal);
        gate.SetResult(Success("1"));
    }

    [Fact]
    public async Task A_trigger_starts_one_run_with_its_params_and_goes_on()
    {
        await using var world = new EngineWorld();
        var param = new ParamModel { Name = "brand", Type = new TypeModel("string"), ValueKind = ParamValueKind.Text };
        await world.StartAsync(
            DagOf("dag", Trigger(0, "child", wait: false) with { Wait = TriggerModel("child", false) with { Params = new Dictionary<string, JsonElement> { ["brand"] = JsonSerializer.SerializeToElement("oak") } } }),
            DagOf("child", TaskOf(0)) with { Params = [param] });
        var run = await world.EndAsync((await world.TriggerAsync("dag")).Id);
        Assert.Equal(RunState.Success, run.Run.State);
        var child = Assert.Single(await world.Queries.RunsAsync(new RunFilter("child"), CancellationToken.None));
        Assert.Equal((run.Run.Id, $"dag/{run.Run.Id}/t0", "\"oak\""), (child.TriggeredBy, child.CreatedBy, child.Params["brand"].ToString()));
        var output = (await world.Store.LoadOutputsAsync(run.Run.Id, [0], CancellationToken.None))[0].Json.ToString();
        Assert.Contains($"{child.Id}", output, StringComparison.Ordinal);
        await world.EndAsync(child.Id);
    }

    [Theory]
    [InlineData(true, RunState.Success)]
    [InlineData(false, RunState.Failed)]
    public async Task A_trigger_that_waits_ends_as_its_run_does(bool succeeds, RunState expected)
    {
        await using var world = new EngineWorld(slots: 1); // the waiting task holds no slot, or the child could not run
        world.Body = (order, _) => Task.FromResult<AttemptOutcome>(succeeds || order.DagId == "dag" ? Success("1") : Failure("no oak"));
        await world.StartAsync(DagOf("dag", Trigger(0, "child", wait: true), TaskOf(1) with { Upstream = [0], Inputs = [] }), DagOf("child", TaskOf(0)));
        var run = await world.EndAsync((await world.TriggerAsync("dag")).Id);
        Assert.Equal(expected, run.Run.State);
        Assert.Equal(succeeds ? TaskState.Success : TaskState.UpstreamFailed, StateOf(run, 1));
        if (!succeeds) Assert.Contains("is failed: task 't0' failed", run.Instances.Single(i => i.TaskIndex == 0).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_retry_of_a_trigger_starts_a_run_and_a_restart_starts_none()
    {
        var store = new InMemoryFlowStore();
        var gate = new TaskCompletionSource<AttemptOutcome>();
        await using var first = new EngineWorld(store);
        first.Body = (order, _) => Task.FromResult<AttemptOutcome>(Failure());
        await first.StartAsync(DagOf("dag", Trigger(0, "child", wait: true) with { Retry = new RetryModel(1, Backoff.Fixed(TimeSpan.FromMinutes(1))) }), DagOf("child", TaskOf(0)));
        var id = (await first.TriggerAsync("dag")).Id;
        await first.UntilAsync(id, r => StateOf(r, 0) == TaskState.UpForRetry);
        first.Body = (_, _) => gate.Task;
        first.Time.Advance(TimeSpan.FromMinutes(1));
        await first.UntilAsync(id, r => r.Instances[0] is { State: TaskState.Deferred, Wait.RunId: > 0 });

        await using var second = await new EngineWorld(store, first.Time).StartAsync();
        var run = await second.EndAsync(id); // its child's attempt was lost, which fails it
        Assert.Equal(RunState.Failed, run.Run.State);
        Assert.Equal(2, (await store.Queries.RunsAsync(new RunFilter("child"), CancellationToken.None)).Count);
    }

    [Fact]
    public async Task A_trigger_of_what_is_not_there_says_so()
    {
        await using var world = new EngineWorld();
        var required = new ParamModel { Name = "brand", Type = new TypeModel("string"), ValueKind = ParamValueKind.Text, Required = true };
        await world.StartAsync(
            DagOf("dag", Trigger(0, "chlid", wait: false), Trigger(1, "gone", wait: false), Trigger(2, "child", wait: false)),
            DagOf("gone", TaskOf(0)), DagOf("child", TaskOf(0)) with { Params = [required] });
        await world.Engine.Publisher.RemoveAsync("gone.csx", CancellationToken.None);
        var run = await world.EndAsync((await world.TriggerAsync("dag")).Id);
        var reasons = run.Instances.OrderBy(i => i.TaskIndex).Select(i => i.Reason!).ToArray();
        Assert.StartsWith("There is no DAG 'chlid' to start", reasons[0], StringComparison.Ordinal);
        Assert.Contains("Restore gone.csx", reasons[1], StringComparison.Ordinal);
        Assert.Contains("Param 'brand' (string) must be given", reasons[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trigger_of_a_paused_dag_waits_and_says_so()
    {
        await using var world = new EngineWorld();
        await world.StartAsync(DagOf("dag", Trigger(0, "child", wait: true)), DagOf("child", TaskOf(0)));
        await world.Engine.Commands.PauseAsync("child", paused: true, "test");
        var id = (await world.TriggerAsync("dag")).Id;
        await world.UntilAsync(id, r => ReasonOf(r).Contains("its DAG is paused", StringComparison.Ordinal));
        await world.Engine.Commands.PauseAsync("child", paused: false, "test");
        Assert.Equal(RunState.Success, (await world.EndAsync(id)).Run.State);
    }

    [Fact]
    public async Task Two_dags_that_wait_for_each_other_are_refused_and_those_that_start_each_other_are_cut()
    {
        await using var world = new EngineWorld();
        await world.StartAsync(
            DagOf("a", Trigger(0, "b", wait: true)), DagOf("b", Trigger(0, "a", wait: true)),
            DagOf("ping", Trigger(0, "pong", wait: false)), DagOf("pong", Trigger(0, "ping", wait: false)));
        var waiting = await world.EndAsync((await world.TriggerAsync("a")).Id);
        Assert.Equal(RunState.Failed, waiting.Run.State);
        var refused = (await world.Queries.RunsAsync(new RunFilter("b"), CancellationToken.None)).Single();
        Assert.Contains("would never end", (await world.Store.LoadRunAsync(refused.Id, CancellationToken.None))!.Instances[0].Reason, StringComparison.Ordinal);

        var failed = new TaskCompletionSource<DagRun>();
        world.Engine.Coordinator.RunEnded += run =>
        {
            if (run.State == RunState.Failed) failed.TrySetResult(run);
        };
        await world.TriggerAsync("ping");
        var last = await failed.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Contains("start each other", (await world.Store.LoadRunAsync(last.Id, CancellationToken.None))!.Instances[0].Reason, StringComparison.Ordinal);
        Assert.Equal(50, (await world.Queries.RunsAsync(new RunFilter(Count: 1000), CancellationToken.None)).Count(r => r.DagId.StartsWith('p')));
    }

    [Fact]
    public async Task An_approval_waits_for_a_person_who_may_set_values()
    {
        await using var world = new EngineWorld();
        await world.StartAsync(DagOf("dag", Approval(0), TaskOf(1, 0)));
        var id = (await world.TriggerAsync("dag")).Id;
        await world.UntilAsync(id, r => StateOf(r, 0) == TaskState.Deferred);
        var asked = Assert.Single(await world.Queries.ApprovalsAsync("dag", 10, CancellationToken.None));
        Assert.Equal(("Publish?", 1), (asked.Instance.Wait!.Form!.Title, asked.Instance.Wait.Form.Fields.Count));

        var wrong = await Assert.ThrowsAsync<FlowCommandException>(() => world.Engine.Approvals.DecideAsync(
            id, "t0", -1, new Answer(true, null, new Dictionary<string, JsonElement> { ["percent"] = JsonSerializer.SerializeToElement(500), ["nix"] = default }), "anna"));
        Assert.Contains("The form has no value 'nix'", wrong.Message, StringComparison.Ordinal);
        Assert.Contains("percent", wrong.Message, StringComparison.Ordinal);

        await world.Engine.Approvals.DecideAsync(
            id, "t0", -1, new Answer(true, "fine", new Dictionary<string, JsonElement> { ["percent"] = JsonSerializer.SerializeToElement(20) }), "anna");
        var run = await world.EndAsync(id);
        Assert.Equal(RunState.Success, run.Run.State);
        var decision = JsonSerializer.Deserialize<Decision>(
            (await world.Store.LoadOutputsAsync(id, [0], CancellationToken.None))[0].Json!.Value.Utf8.Span, Values.ValueJson.Options)!;
        Assert.Equal(("anna", "fine", 20), (decision.By, decision.Comment, decision.Get<int>("percent")));
        var late = await Assert.ThrowsAsync<FlowCommandException>(() => world.Engine.Approvals.DecideAsync(id, "t0", -1, new Answer(true, null, Nothing), "bob"));
        Assert.Contains("it is success", late.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_skips_with_who_and_why_and_no_answer_fails_in_time()
    {
        await using var world = new EngineWorld();
        await world.StartAsync(DagOf("dag", Approval(0), TaskOf(1, 0)));
        var refused = (await world.TriggerAsync("dag")).Id;
        await world.UntilAsync(refused, r => StateOf(r, 0) == TaskState.Deferred);
        await world.Engine.Approvals.DecideAsync(refused, "t0", -1, new Answer(false, "not today", Nothing), "anna");
        var run = await world.EndAsync(refused);
        Assert.Equal((RunState.Success, TaskState.Skipped), (run.Run.State, StateOf(run, 1)));
        Assert.Equal("refused by anna: not today", run.Instances.Single(i => i.TaskIndex == 0).Reason);

        var forgotten = (await world.TriggerAsync("dag")).Id;
        await world.UntilAsync(forgotten, r => StateOf(r, 0) == TaskState.Deferred);
        world.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(RunState.Failed, (await world.EndAsync(forgotten)).Run.State);
    }

    [Fact]
    public async Task A_thousand_waiting_runs_hold_nothing_up_and_all_end()
    {
        await using var world = new EngineWorld(slots: 2);
        world.Body = (_, _) => Task.FromResult<AttemptOutcome>(Success("1"));
        await world.StartAsync(DagOf("dag", Approval(0)) with { MaxActiveRuns = 1_000 }, DagOf("other", TaskOf(0)));
        var ids = new List<long>();
        for (var i = 0; i < 300; i++) ids.Add((await world.TriggerAsync("dag")).Id);
        Assert.Equal(RunState.Success, (await world.EndAsync((await world.TriggerAsync("other")).Id)).Run.State);
        Assert.Equal(300, (await world.Queries.ApprovalsAsync(null, 1000, CancellationToken.None)).Count);
        await Task.WhenAll(ids.Select(id => world.Engine.Approvals.DecideAsync(id, "t0", -1, new Answer(true, null, Nothing), "anna")));
        foreach (var id in ids) Assert.Equal(RunState.Success, (await world.EndAsync(id)).Run.State);
    }

    [Fact]
    public async Task A_task_waits_for_an_update_of_an_asset_that_is_not_older_than_its_interval()
    {
        await using var world = new EngineWorld();
        var maker = DagOf("maker", TaskOf(0) with { Into = ["wizart://prices"] }) with { Assets = [new AssetModel { Uri = "wizart://prices" }] };
        var waits = new WaitModel { Kind = WaitKind.Asset, Asset = "wizart://prices", Timeout = WaitModel.DefaultTimeout };
        await world.StartAsync(maker, DagOf("dag", TaskOf(0) with { Kind = TaskKind.Sensor, Wait = waits }, TaskOf(1) with { Upstream = [0], Inputs = [] }));
        await world.EndAsync((await world.TriggerAsync("maker")).Id);
        world.Time.Advance(TimeSpan.FromSeconds(1));
        var id = (await world.TriggerAsync("dag")).Id;
        await world.UntilAsync(id, r => ReasonOf(r).Contains("the latest is of", StringComparison.Ordinal)); // an older one does not count
        await world.TriggerAsync("maker");
        Assert.Equal(RunState.Success, (await world.EndAsync(id)).Run.State); // woken, without the clock
    }

    private static string ReasonOf(StoredRun run) => run.Instances.Select(i => i.Reason).FirstOrDefault() ?? "";

    private static TaskModel Sensor(int index, TimeSpan? timeout = null) => TaskOf(index) with
    {
        Kind = TaskKind.Sensor,
        Wait = new WaitModel { Kind = WaitKind.Condition, HasBody = true, Timeout = timeout ?? WaitModel.DefaultTimeout },
    };

    private static TaskModel WaitForRun(int index, string dagId, string? task = null) => TaskOf(index) with
    {
        Kind = TaskKind.Sensor,
        Wait = new WaitModel { Kind = WaitKind.DagRun, DagId = dagId, TaskId = task, Timeout = WaitModel.DefaultTimeout },
    };

    private static TaskModel Trigger(int index, string dagId, bool wait) => TaskOf(index) with { Kind = TaskKind.TriggerDag, Wait = TriggerModel(dagId, wait) };

    private static WaitModel TriggerModel(string dagId, bool wait) => new() { Kind = WaitKind.Triggered, DagId = dagId, UntilEnd = wait };

    private static TaskModel Approval(int index) => TaskOf(index) with
    {
        Kind = TaskKind.Approval,
        Wait = new WaitModel
        {
            Kind = WaitKind.Approval,
            Timeout = TimeSpan.FromDays(1),
            Form = new FormModel
            {
                Title = "Publish?",
                Fields =
                [
                    new ParamModel
                    {
                        Name = "percent", Type = new TypeModel("int"), ValueKind = ParamValueKind.Integer,
                        Minimum = JsonSerializer.SerializeToElement(0), Maximum = JsonSerializer.SerializeToElement(100),
                    },
                ],
            },
        },
    };
}
