using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Tests.Coordination;
using static Wizart.Flow.Engine.Tests.Coordination.EngineWorld;

namespace Wizart.Flow.Engine.Tests.Limits;

public sealed class OverlapTests
{
    private readonly HeldBodies _bodies = new();

    [Fact]
    public async Task By_default_a_due_run_waits_for_its_turn()
    {
        await using var world = await StartAsync(Overlap.Queue);
        var runs = await TwoDueAsync(world, runs => runs.Length == 2);
        Assert.Equal([RunState.Running, RunState.Queued], runs.Select(run => run.State));
        _bodies.End(runs[0].Id, "t0");
        await _bodies.BegunAsync(runs[1].Id, "t0");
    }

    [Fact]
    public async Task A_skipped_run_is_stored_as_cancelled_with_its_reason_and_the_one_after_it_takes_place()
    {
        await using var world = await StartAsync(Overlap.Skip);
        var runs = await TwoDueAsync(world, runs => runs.Length == 2 && runs[1].State.IsFinal());
        Assert.Equal((RunState.Cancelled, "skipped: it was due while another run of its DAG was running"), (runs[1].State, runs[1].Reason));
        Assert.NotNull(runs[1].EndedAt);

        _bodies.End(runs[0].Id, "t0");
        Assert.Equal(RunState.Success, (await world.EndAsync(runs[0].Id)).Run.State);
        world.Time.Advance(TimeSpan.FromHours(1));
        var third = (await world.ScheduledAsync("a", all => all.Length == 3))[2];
        await _bodies.BegunAsync(third.Id, "t0");
    }

    [Fact]
    public async Task Runs_by_hand_are_not_skipped()
    {
        await using var world = await StartAsync(Overlap.Skip);
        var runs = await TwoDueAsync(world, runs => runs.Length == 2 && runs[1].State.IsFinal());
        var manual = (await world.TriggerAsync("a")).Id;
        Assert.Equal(RunState.Queued, (await world.Store.LoadRunAsync(manual, CancellationToken.None))!.Run.State);
        _bodies.End(runs[0].Id, "t0");
        await _bodies.BegunAsync(manual, "t0");
    }

    [Fact]
    public async Task A_due_run_cancels_the_running_one_and_begins_when_that_has_ended()
    {
        await using var world = await StartAsync(Overlap.CancelRunning);
        var runs = await TwoDueAsync(world, runs => runs.Length == 2);
        await _bodies.BegunAsync(runs[1].Id, "t0");
        var first = (await world.EndAsync(runs[0].Id)).Run;
        Assert.Equal((RunState.Cancelled, "cancelled for the next scheduled run, which is due"), (first.State, first.Reason));
    }

    [Fact]
    public async Task A_run_by_hand_is_waited_for_and_not_cancelled()
    {
        await using var world = await StartAsync(Overlap.CancelRunning);
        var manual = (await world.TriggerAsync("a")).Id;
        await _bodies.BegunAsync(manual, "t0");
        world.Time.Advance(TimeSpan.FromHours(1));
        var due = (await world.ScheduledAsync("a", runs => runs.Length == 1))[0];
        Assert.Equal(RunState.Queued, due.State);
        Assert.Contains((manual, "t0", -1), _bodies.Running);
        _bodies.End(manual, "t0");
        await _bodies.BegunAsync(due.Id, "t0");
    }

    [Fact]
    public async Task What_depends_on_its_past_looks_through_a_skipped_run()
    {
        await using var world = await StartAsync(Overlap.Skip, dependsOnPast: true);
        var runs = await TwoDueAsync(world, runs => runs.Length == 2 && runs[1].State.IsFinal());
        _bodies.End(runs[0].Id, "t0");
        await world.EndAsync(runs[0].Id);
        world.Time.Advance(TimeSpan.FromHours(1));
        var third = (await world.ScheduledAsync("a", all => all.Length == 3))[2];
        await _bodies.BegunAsync(third.Id, "t0");
    }

    private async Task<EngineWorld> StartAsync(Overlap overlap, bool dependsOnPast = false) =>
        await new EngineWorld { Body = (o, c) => _bodies.RunAsync(o, c) }.StartAsync(
            DagOf("a", TaskOf(0) with { DependsOnPast = dependsOnPast }).Hourly() with { MaxActiveRuns = 1, Overlap = overlap });

    private async Task<DagRun[]> TwoDueAsync(EngineWorld world, Func<DagRun[], bool> holds)
    {
        world.Time.Advance(TimeSpan.FromHours(1));
        var first = (await world.ScheduledAsync("a", runs => runs.Length == 1))[0];
        await _bodies.BegunAsync(first.Id, "t0");
        world.Time.Advance(TimeSpan.FromHours(1));
        return await world.ScheduledAsync("a", holds);
    }
}
