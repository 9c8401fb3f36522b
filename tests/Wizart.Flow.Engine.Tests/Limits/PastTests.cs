using Wizart.Flow.Engine.Backfills;
using Wizart.Flow.Engine.Commands;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage.InMemory;
using Wizart.Flow.Engine.Tests.Coordination;
using Wizart.Flow.Model;
using static Wizart.Flow.Engine.Tests.Coordination.EngineWorld;

namespace Wizart.Flow.Engine.Tests.Limits;

public sealed class PastTests
{
    private readonly HeldBodies _bodies = new();

    [Fact]
    public async Task A_task_waits_for_the_same_task_of_the_run_before_and_others_do_not()
    {
        await using var world = await StartAsync(DagOf("a", TaskOf(0) with { DependsOnPast = true }, TaskOf(1)).Hourly());
        var (first, second) = await TwoRunsAsync(world);
        await _bodies.BegunAsync(second, "t1");
        Assert.DoesNotContain((second, "t0", -1), _bodies.Running);
        var why = Assert.Single(await world.Engine.Why.OfAsync(second, CancellationToken.None));
        Assert.Equal($"depends on its past: in run {first} of 2026-11-10 12:00, 't0' is running", why.Reason);

        _bodies.End(first, "t0");
        await _bodies.BegunAsync(second, "t0");
    }

    [Fact]
    public async Task Skipped_is_as_good_as_done_and_failed_is_not()
    {
        await using var world = await StartAsync(DagOf("a", TaskOf(0) with { DependsOnPast = true }, TaskOf(1) with { DependsOnPast = true }).Hourly());
        var (first, second) = await TwoRunsAsync(world);
        _bodies.End(first, "t0", new Execution.AttemptOutcome.Skipped("nothing to do"));
        await _bodies.BegunAsync(second, "t0");
        await _bodies.BegunAsync(first, "t1");
        _bodies.End(first, "t1", Failure());
        await world.EndAsync(first);
        await world.Engine.Coordinator.WhenStoredAsync();
        Assert.DoesNotContain((second, "t1", -1), _bodies.Running);
        var why = Assert.Single(await world.Engine.Why.OfAsync(second, CancellationToken.None));
        Assert.Equal($"depends on its past: in run {first} of 2026-11-10 12:00, 't1' is failed; clear it there, or mark it as success", why.Reason);
    }

    [Fact]
    public async Task The_wait_survives_a_restart()
    {
        var store = new InMemoryFlowStore();
        var model = DagOf("a", TaskOf(0) with { DependsOnPast = true, Retry = new RetryModel(1, Backoff.None) }).Hourly();
        await using var world = await new EngineWorld(store) { Body = (o, c) => _bodies.RunAsync(o, c) }.StartAsync(model);
        var (first, second) = await TwoRunsAsync(world);

        var bodies = new HeldBodies();
        await using var again = await new EngineWorld(store, world.Time) { Body = (o, c) => bodies.RunAsync(o, c) }.StartAsync();
        await bodies.BegunAsync(first, "t0");
        Assert.Equal([(first, "t0", -1)], bodies.Running);
        bodies.End(first, "t0");
        await bodies.BegunAsync(second, "t0");
    }

    [Fact]
    public async Task A_mapped_task_waits_for_all_elements_of_the_run_before()
    {
        var mapped = TaskOf(0) with { DependsOnPast = true, ForEach = new InputModel(InputKind.Element, "", new TypeModel("int[]")), ElementCount = 2 };
        await using var world = await StartAsync(DagOf("a", mapped).Hourly());
        world.Time.Advance(TimeSpan.FromHours(1));
        var first = (await world.ScheduledAsync("a", runs => runs.Length == 1))[0].Id;
        await _bodies.BegunAsync(first, "t0", 0);
        await _bodies.BegunAsync(first, "t0", 1);
        world.Time.Advance(TimeSpan.FromHours(1));
        var second = (await world.ScheduledAsync("a", runs => runs.Length == 2 && runs[1].State == RunState.Running))[1].Id;
        _bodies.End((first, "t0", 0));
        await world.UntilAsync(first, run => run.Instances.Any(i => i is { MapIndex: 0, State: TaskState.Success }));
        Assert.Equal([(first, "t0", 1)], _bodies.Running);
        _bodies.End((first, "t0", 1));
        await _bodies.BegunAsync(second, "t0", 1);
    }

    [Fact]
    public async Task A_backfill_backwards_is_refused_where_a_task_depends_on_its_past()
    {
        await using var world = await StartAsync(DagOf("a", TaskOf(0) with { DependsOnPast = true }).Hourly());
        var request = new BackfillRequest("a", world.Time.GetUtcNow().AddDays(-1), world.Time.GetUtcNow()) { Backwards = true };
        var error = await Assert.ThrowsAsync<FlowCommandException>(() => world.Engine.BackfillCommands.CreateAsync(request, "ann"));
        Assert.Contains("'t0' depends on its past", error.Message, StringComparison.Ordinal);
    }

    private async Task<EngineWorld> StartAsync(DagModel dag) =>
        await new EngineWorld(slots: 16) { Body = (o, c) => _bodies.RunAsync(o, c) }.StartAsync(dag);

    /// <summary>Two runs of the schedule; the first has begun its first task.</summary>
    private async Task<(long First, long Second)> TwoRunsAsync(EngineWorld world)
    {
        world.Time.Advance(TimeSpan.FromHours(1));
        var first = (await world.ScheduledAsync("a", runs => runs.Length == 1))[0].Id;
        await _bodies.BegunAsync(first, "t0");
        world.Time.Advance(TimeSpan.FromHours(1));
        var runs = await world.ScheduledAsync("a", runs => runs.Length == 2 && runs[1].State == RunState.Running);
        return (first, runs[1].Id);
    }
}
