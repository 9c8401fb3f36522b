using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage.InMemory;
using Wizart.Flow.Engine.Tests.Coordination;
using Wizart.Flow.Execution;
using static Wizart.Flow.Engine.Tests.Coordination.EngineWorld;

namespace Wizart.Flow.Engine.Tests.Limits;

public sealed class PauseAfterTests
{
    private AttemptOutcome _outcome = Failure();

    [Fact]
    public async Task Failures_in_a_row_pause_the_dag_and_unpausing_begins_the_count_anew()
    {
        await using var world = await StartAsync();
        await RunAsync(world, 1, RunState.Failed);
        Assert.False(IsPaused(world));
        await RunAsync(world, 2, RunState.Failed);
        Assert.True(IsPaused(world));
        var runs = await world.ScheduledAsync("a");
        Assert.Equal($"2 scheduled runs in a row failed, the last one is run {runs[1].Id}", world.Engine.Catalog.Find("a")!.PauseReason);
        var audit = await ((InMemoryFlowStore)world.Store).Queries.AuditAsync(new AuditFilter(Count: 1), CancellationToken.None);
        Assert.Equal(("scheduler", "pause", "a"), (audit[0].Actor, audit[0].Action, audit[0].Target));

        await world.Engine.Commands.PauseAsync("a", paused: false, "ann");
        Assert.Null(world.Engine.Catalog.Find("a")!.PauseReason);
        await RunAsync(world, 3, RunState.Failed);
        Assert.False(IsPaused(world));
        await RunAsync(world, 4, RunState.Failed);
        Assert.True(IsPaused(world));
        world.Time.Advance(TimeSpan.FromHours(2));
        Assert.Equal(4, (await world.ScheduledAsync("a")).Length);
    }

    [Fact]
    public async Task A_success_between_breaks_the_row_and_runs_by_hand_do_not_count()
    {
        await using var world = await StartAsync();
        await RunAsync(world, 1, RunState.Failed);
        _outcome = Success("1");
        await RunAsync(world, 2, RunState.Success);
        _outcome = Failure();
        await RunAsync(world, 3, RunState.Failed);
        await world.EndAsync((await world.TriggerAsync("a")).Id);
        Assert.False(IsPaused(world));
        await RunAsync(world, 4, RunState.Failed);
        Assert.True(IsPaused(world));
    }

    [Fact]
    public async Task The_pause_and_its_reason_survive_a_restart()
    {
        await using var world = await StartAsync();
        await RunAsync(world, 1, RunState.Failed);
        await RunAsync(world, 2, RunState.Failed);
        await using var again = await new EngineWorld(world.Store, world.Time).StartAsync();
        Assert.True(IsPaused(again));
        Assert.NotNull(again.Engine.Catalog.Find("a")!.PauseReason);
    }

    private async Task<EngineWorld> StartAsync() => await new EngineWorld { Body = (_, _) => Task.FromResult(_outcome) }.StartAsync(
        DagOf("a", TaskOf(0)).Hourly() with { PauseAfter = 2 });

    private static bool IsPaused(EngineWorld world) => world.Engine.Catalog.Find("a")!.IsPaused;

    private static async Task RunAsync(EngineWorld world, int count, RunState ends)
    {
        world.Time.Advance(TimeSpan.FromHours(1));
        var runs = await world.ScheduledAsync("a", all => all.Length == count && all[^1].State.IsFinal());
        Assert.Equal(ends, runs[^1].State);
        await world.Engine.Coordinator.WhenStoredAsync(); // what follows from a commit is done before the next one begins
    }
}
