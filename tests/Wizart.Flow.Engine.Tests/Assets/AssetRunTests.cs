using System.Text.Json;
using Wizart.Flow.Engine.Commands;
using Wizart.Flow.Engine.Coordination;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Engine.Storage.InMemory;
using Wizart.Flow.Engine.Tests.Coordination;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;
using static Wizart.Flow.Engine.Tests.Assets.SomeAssets;

namespace Wizart.Flow.Engine.Tests.Assets;

public sealed class AssetRunTests
{
    private static readonly JsonElement Text = JsonDocument.Parse("\"x\"").RootElement;

    [Fact]
    public async Task A_success_updates_its_assets_and_starts_a_run_of_each_dag_that_follows()
    {
        await using var world = await new EngineWorld().StartAsync(
            Maker("maker", "wizart://a", "wizart://b"), Follower("one", A), Follower("two", B), Follower("both", new AllAssets([A, B])));
        var made = await world.EndAsync((await world.TriggerAsync("maker")).Id);

        foreach (var dag in new[] { "one", "two", "both" })
        {
            var run = await world.EndAsync(Assert.Single(await RunsAsync(world, dag)).Id);
            Assert.Equal((RunKind.Asset, RunState.Success, "assets"), (run.Run.Kind, run.Run.State, run.Run.CreatedBy));
            Assert.Equal(made.Run.Interval, run.Run.Interval);
            var events = await world.Store.RunAssetEventsAsync(run.Run.Id, 10, TestContext.Current.CancellationToken);
            Assert.All(events, e => Assert.Equal((made.Run.Id, "maker", "t0", "maker/t0", "\"t0\""), (e.RunId, e.DagId, e.TaskId, e.By, e.Value!.Json.ToString())));
            Assert.Equal(dag == "both" ? 2 : 1, events.Count);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_fails_or_is_skipped_updates_nothing(bool skipped)
    {
        await using var world = new EngineWorld
        {
            Body = (_, _) => Task.FromResult<AttemptOutcome>(skipped ? new AttemptOutcome.Skipped("nothing new") : EngineWorld.Failure()),
        };
        await world.StartAsync(Maker("maker", "wizart://a"), Follower("follower", A));
        await world.EndAsync((await world.TriggerAsync("maker")).Id);
        await world.Engine.Coordinator.WhenStoredAsync();
        Assert.Empty(await RunsAsync(world, "follower"));
        Assert.Null((await world.Store.AssetsAsync(["wizart://a"], TestContext.Current.CancellationToken))[0].Latest);
    }

    [Fact]
    public async Task All_assets_must_be_updated_since_the_last_run()
    {
        await using var world = await new EngineWorld().StartAsync(Maker("a", "wizart://a"), Maker("b", "wizart://b"), Follower("both", new AllAssets([A, B])));
        await world.EndAsync((await world.TriggerAsync("a")).Id);
        await world.EndAsync((await world.TriggerAsync("a")).Id);
        Assert.Empty(await RunsAsync(world, "both"));
        var waiting = Assert.Single(await world.Engine.Assets.WaitingAsync("both", TestContext.Current.CancellationToken));
        Assert.False(waiting.Holds);
        Assert.Equal([2L, null], waiting.Assets.Select(a => a.Updates?.Count));

        await world.EndAsync((await world.TriggerAsync("b")).Id);
        var first = Assert.Single(await RunsAsync(world, "both"));
        Assert.Equal(3, (await world.Store.RunAssetEventsAsync(first.Id, 10, TestContext.Current.CancellationToken)).Count);

        await world.EndAsync((await world.TriggerAsync("b")).Id);
        Assert.Single(await RunsAsync(world, "both"));
        await world.EndAsync((await world.TriggerAsync("a")).Id);
        Assert.Equal(2, (await RunsAsync(world, "both")).Count);
    }

    [Fact]
    public async Task A_mapped_task_updates_once_with_the_list_when_all_its_elements_are_done()
    {
        var maker = EngineWorld.DagOf(
            "maker",
            EngineWorld.TaskOf(0) with
            {
                ForEach = new InputModel(InputKind.Element, "", new TypeModel("int[]")),
                ElementCount = 3,
                Output = new TypeModel("int"),
                Into = ["wizart://a"],
            }) with
        { Assets = [AssetOf("wizart://a")] };
        await using var world = new EngineWorld(slots: 1)
        {
            Body = (order, _) => Task.FromResult<AttemptOutcome>(order.DagId == "maker" && order.MapIndex == 1
                ? new AttemptOutcome.Skipped("not this")
                : EngineWorld.Success($"{order.MapIndex}")),
        };
        await world.StartAsync(maker, Follower("follower", A));
        await world.EndAsync((await world.TriggerAsync("maker")).Id);
        var run = Assert.Single(await RunsAsync(world, "follower"));
        var update = Assert.Single(await world.Store.RunAssetEventsAsync(run.Id, 10, TestContext.Current.CancellationToken));
        Assert.Equal("[0,2]", update.Value!.Json.ToString());
    }

    [Fact]
    public async Task A_body_is_given_the_latest_value_and_the_updates_that_started_its_run()
    {
        var follower = Follower("follower", A) with
        {
            Tasks =
            [
                EngineWorld.TaskOf(0) with
                {
                    Inputs = [new InputModel(InputKind.Asset, "wizart://a", new TypeModel("string")), new InputModel(InputKind.AssetEvents, "", new TypeModel("AssetEvents"))],
                },
            ],
        };
        await using var world = await new EngineWorld().StartAsync(follower);
        await world.Engine.Assets.UpdateAsync("wizart://a", Text, JsonDocument.Parse("""{"why":1}""").RootElement, "anna");
        await world.EndAsync(Assert.Single(await RunsAsync(world, "follower")).Id);

        var order = Assert.Single(world.Orders);
        Assert.Equal("\"x\"", order.Assets["wizart://a"].Value!.Json.ToString());
        var started = Assert.Single(order.AssetEvents);
        Assert.Equal(("wizart://a", "anna", """{"why":1}""", null), (started.Uri, started.By, started.Extra.ToString(), started.RunId));
    }

    [Fact]
    public async Task An_asset_without_a_value_fails_the_task_that_takes_it_and_says_who_makes_it()
    {
        var taker = EngineWorld.DagOf("taker", EngineWorld.TaskOf(0) with { Inputs = [new InputModel(InputKind.Asset, "wizart://a", new TypeModel("string"))] }) with
        {
            Assets = [AssetOf("wizart://a")],
        };
        await using var world = await new EngineWorld().StartAsync(Maker("maker", "wizart://a"), taker);
        var run = await world.EndAsync((await world.TriggerAsync("taker")).Id);
        Assert.Equal(RunState.Failed, run.Run.State);
        Assert.Contains("Asset 'wizart://a' was never updated", run.Instances[0].Reason);
        Assert.Contains("made by 'maker/t0'", run.Instances[0].Reason);
    }

    [Fact]
    public async Task A_paused_dag_notes_updates_and_gets_one_run_when_it_goes_on()
    {
        await using var world = await new EngineWorld().StartAsync(Follower("follower", A));
        await world.Engine.Commands.PauseAsync("follower", paused: true, "test");
        foreach (var _ in new int[3]) await world.Engine.Assets.UpdateAsync("wizart://a", Text, null, "anna");
        Assert.Empty(await RunsAsync(world, "follower"));

        await world.Engine.Commands.PauseAsync("follower", paused: false, "test");
        var run = Assert.Single(await RunsAsync(world, "follower"));
        Assert.Equal(3, (await world.Store.RunAssetEventsAsync(run.Id, 10, TestContext.Current.CancellationToken)).Count);
    }

    [Fact]
    public async Task Updates_from_before_a_dag_was_published_do_not_count()
    {
        await using var world = await new EngineWorld().StartAsync(Maker("maker", "wizart://a"));
        await world.EndAsync((await world.TriggerAsync("maker")).Id);
        await world.PublishAsync(Follower("follower", A));
        Assert.Empty(await RunsAsync(world, "follower"));

        await world.Engine.Publisher.RemoveAsync("follower.csx", TestContext.Current.CancellationToken);
        await world.EndAsync((await world.TriggerAsync("maker")).Id);
        await world.PublishAsync(Follower("follower", A));
        Assert.Empty(await RunsAsync(world, "follower"));
    }

    [Fact]
    public async Task Outside_its_dates_a_dag_does_not_listen()
    {
        await using var world = new EngineWorld();
        await world.StartAsync(
            Follower("early", A) with { StartingOn = world.Time.GetUtcNow().AddDays(1) },
            Follower("late", A) with { EndingOn = world.Time.GetUtcNow() });
        await world.Engine.Assets.UpdateAsync("wizart://a", Text, null, "anna");
        Assert.Empty(await RunsAsync(world, "early"));
        Assert.Empty(await RunsAsync(world, "late"));
    }

    [Fact]
    public async Task Assets_or_the_clock_run_a_dag()
    {
        await using var world = await new EngineWorld().StartAsync(Follower("follower", A, Hourly));
        await world.Engine.Assets.UpdateAsync("wizart://a", Text, null, "anna");
        world.Time.Advance(TimeSpan.FromHours(1));
        await UntilRunsAsync(world, "follower", 2);
        Assert.Equal([RunKind.Asset, RunKind.Scheduled], (await RunsAsync(world, "follower")).Select(r => r.Kind).Order().Reverse());
    }

    [Fact]
    public async Task A_clock_that_waits_for_assets_runs_when_both_have_come()
    {
        await using var world = await new EngineWorld().StartAsync(Follower("follower", A, Hourly, AssetTiming.Waits));
        await world.Engine.Assets.UpdateAsync("wizart://a", Text, null, "anna"); // before the time
        Assert.Empty(await RunsAsync(world, "follower"));
        world.Time.Advance(TimeSpan.FromHours(1));
        await UntilRunsAsync(world, "follower", 1);

        world.Time.Advance(TimeSpan.FromMinutes(90)); // the time comes first
        await world.Engine.Coordinator.WhenStoredAsync();
        Assert.Single(await RunsAsync(world, "follower"));
        await world.Engine.Assets.UpdateAsync("wizart://a", Text, null, "anna");
        await UntilRunsAsync(world, "follower", 2);

        var runs = await RunsAsync(world, "follower");
        Assert.All(runs, r => Assert.Equal(RunKind.Scheduled, r.Kind));
        Assert.Equal([13, 12], runs.Select(r => r.Interval.Start.Hour));
        foreach (var run in runs) Assert.Single(await world.Store.RunAssetEventsAsync(run.Id, 10, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_is_waited_for_can_be_marked_and_cleared()
    {
        await using var world = await new EngineWorld().StartAsync(Follower("follower", new AllAssets([A, B])));
        var marked = await world.Engine.Assets.MarkAsync("follower", "wizart://a", updated: true, "anna");
        Assert.Equal([1L, null], marked.Assets.Select(a => a.Updates?.Count));
        var same = await world.Engine.Assets.MarkAsync("follower", "wizart://a", updated: true, "anna");
        Assert.Equal([1L, null], same.Assets.Select(a => a.Updates?.Count));
        var cleared = await world.Engine.Assets.MarkAsync("follower", "wizart://a", updated: false, "anna");
        Assert.All(cleared.Assets, a => Assert.Null(a.Updates));

        await world.Engine.Assets.MarkAsync("follower", "wizart://a", updated: true, "anna");
        await world.Engine.Assets.UpdateAsync("wizart://b", Text, null, "anna");
        var run = Assert.Single(await RunsAsync(world, "follower"));
        Assert.Single(await world.Store.RunAssetEventsAsync(run.Id, 10, TestContext.Current.CancellationToken));
        var audit = await ((InMemoryFlowStore)world.Store).Queries.AuditAsync(new AuditFilter(Count: 10), TestContext.Current.CancellationToken);
        Assert.Equal(["update asset", "mark updated", "clear update", "mark updated"], audit.Select(a => a.Action));
    }

    [Fact]
    public async Task Dags_that_start_each_other_go_on_one_run_at_a_time_until_one_is_skipped()
    {
        var left = Follower("left", A) with { Tasks = [EngineWorld.TaskOf(0) with { Output = new TypeModel("string"), Into = ["wizart://b"] }] };
        var right = Follower("right", B) with { Tasks = [EngineWorld.TaskOf(0) with { Output = new TypeModel("string"), Into = ["wizart://a"] }] };
        var done = 0;
        await using var world = new EngineWorld
        {
            Body = (_, _) => Task.FromResult<AttemptOutcome>(Interlocked.Increment(ref done) <= 10 ? EngineWorld.Success("\"on\"") : new AttemptOutcome.Skipped("enough")),
        };
        await world.StartAsync(left, right);
        await world.Engine.Assets.UpdateAsync("wizart://a", Text, null, "anna");
        await UntilRunsAsync(world, "right", 5);
        await UntilRunsAsync(world, "left", 6);
        Assert.Equal(5, (await RunsAsync(world, "right")).Count);
    }

    [Fact]
    public async Task Bad_updates_are_refused()
    {
        var model = Follower("follower", A);
        model = model with { Assets = [AssetOf("wizart://a") with { Schema = JsonDocument.Parse("""{"type":"string"}""").RootElement }, new AssetModel { Uri = "wizart://signal" }] };
        await using var world = await new EngineWorld().StartAsync(model);
        var assets = world.Engine.Assets;
        var unknown = await Assert.ThrowsAsync<FlowCommandException>(() => assets.UpdateAsync("wizart://b", Text, null, "anna"));
        Assert.Equal((Refusal.NotFound, true), (unknown.Refusal, unknown.Message.Contains("Did you mean 'wizart://a'?", StringComparison.Ordinal)));
        var none = await Assert.ThrowsAsync<FlowCommandException>(() => assets.UpdateAsync("wizart://a", null, null, "anna"));
        Assert.Contains("has a value (string): give it", none.Message);
        var wrong = await Assert.ThrowsAsync<FlowCommandException>(() => assets.UpdateAsync("wizart://a", JsonDocument.Parse("1").RootElement, null, "anna"));
        Assert.Contains("the value must be a string, and is 1", wrong.Message);
        var given = await Assert.ThrowsAsync<FlowCommandException>(() => assets.UpdateAsync("wizart://signal", Text, null, "anna"));
        Assert.Contains("has no value", given.Message);
        var dag = await Assert.ThrowsAsync<FlowCommandException>(() => assets.MarkAsync("follower", "wizart://b", true, "anna"));
        Assert.Contains("does not follow 'wizart://b'", dag.Message);
        Assert.Equal(Refusal.NotFound, (await Assert.ThrowsAsync<FlowCommandException>(() => assets.WaitingAsync("follow", default))).Refusal);
        Assert.Empty(await RunsAsync(world, "follower"));
    }

    [Fact]
    public async Task An_update_and_its_runs_are_stored_once_though_the_connection_breaks_after_the_commit()
    {
        var inner = new InMemoryFlowStore();
        var armed = false;
        var store = new FaultyStore(inner, () =>
        {
            if (!armed) return Fault.None;
            armed = false;
            return Fault.StoredUntold;
        });
        await using var world = new EngineWorld(store);
        world.Body = (order, _) =>
        {
            armed = order.DagId == "maker";
            return Task.FromResult<AttemptOutcome>(EngineWorld.Success("\"x\""));
        };
        await world.StartAsync(Maker("maker", "wizart://a"), Follower("follower", A));
        var made = await world.TriggerAsync("maker");
        var run = Assert.Single(await UntilEndedAsync(inner, world, "follower"));
        Assert.Equal(RunState.Success, (await inner.LoadRunAsync(made.Id, default))!.Run.State);
        Assert.Single(await inner.RunAssetEventsAsync(run.Id, 10, default));
        var asset = (await inner.AssetsAsync(["wizart://a"], default))[0];
        Assert.Single(await inner.AssetEventsAsync(asset.Id, null, 10, default));
    }

    private static async Task<IReadOnlyList<DagRun>> UntilEndedAsync(InMemoryFlowStore store, EngineWorld world, string dagId)
    {
        using var feed = world.Engine.Feed.Listen(_ => true);
        while (true)
        {
            var runs = await store.Queries.RunsAsync(new RunFilter(dagId), TestContext.Current.CancellationToken);
            if (runs.Count > 0 && runs.All(r => r.State.IsFinal())) return runs;
            world.Time.Advance(TimeSpan.FromSeconds(1)); // what could not be stored is tried again after a while
            using var soon = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            soon.CancelAfter(50);
            try
            {
                await feed.Events.ReadAsync(soon.Token);
            }
            catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
            {
                // Looked again.
            }
        }
    }

    private static Task<IReadOnlyList<DagRun>> RunsAsync(EngineWorld world, string dagId) =>
        ((InMemoryFlowStore)world.Store).Queries.RunsAsync(new RunFilter(dagId, Count: 1000), TestContext.Current.CancellationToken);

    private static async Task UntilRunsAsync(EngineWorld world, string dagId, int count)
    {
        using var feed = world.Engine.Feed.Listen(e => e is FlowEvent.RunChanged);
        while (await RunsAsync(world, dagId) is var runs && (runs.Count < count || !runs.All(r => r.State.IsFinal())))
            await feed.Events.ReadAsync(TestContext.Current.CancellationToken);
    }
}
