using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Engine.Storage.InMemory;
using Wizart.Flow.Model;
using static Wizart.Flow.Engine.Tests.Coordination.EngineWorld;

namespace Wizart.Flow.Engine.Tests.Coordination;

/// <summary>A store that refuses for a while, or breaks off after a commit, costs time and nothing else.</summary>
public sealed class FaultyStoreTests
{
    private static readonly DagModel Diamonds = DagOf(
        "dag",
        [.. Enumerable.Range(0, 20).Select(i => (i < 4 ? TaskOf(i) : TaskOf(i, i - 4, i - 3)) with { Retry = new RetryModel(50, Backoff.None) })]);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Every_run_ends_with_every_task_succeeded_once(int seed)
    {
        var random = new System.Random(seed);
        var healthy = false;
        var store = new InMemoryFlowStore();
        var faulty = new FaultyStore(store, () => healthy ? Fault.None : random.Next(4) switch { 0 => Fault.Refused, 1 => Fault.StoredUntold, _ => Fault.None });
        await using var world = new EngineWorld(faulty);
        world.Time.AutoAdvanceAmount = TimeSpan.FromMilliseconds(20);
        healthy = true;
        await world.StartAsync(Diamonds);
        var runs = new List<DagRun>();
        for (var i = 0; i < 5; i++) runs.Add(await world.TriggerAsync("dag"));
        healthy = false;

        using var clock = new CancellationTokenSource();
        var ticking = TickAsync(world, clock.Token);
        foreach (var run in runs)
        {
            var ended = await world.EndAsync(run.Id);
            Assert.Equal(RunState.Success, ended.Run.State);
            foreach (var instance in ended.Instances)
            {
                var attempts = await store.Queries.AttemptsAsync(run.Id, instance.TaskIndex, -1, CancellationToken.None);
                Assert.Single(attempts, a => a.Result == AttemptResult.Success);
                Assert.Equal(instance.Attempt, attempts.Count);
            }
        }

        await clock.CancelAsync();
        await ticking;
    }

    [Fact]
    public async Task Somebody_who_asks_is_told_at_once_that_the_store_refuses()
    {
        var fault = Fault.None;
        await using var world = await new EngineWorld(new FaultyStore(new InMemoryFlowStore(), () => fault)).StartAsync(DagOf("dag", TaskOf(0)));
        fault = Fault.Refused;
        await Assert.ThrowsAsync<StoreException>(() => world.TriggerAsync("dag"));
        fault = Fault.None;
        Assert.Equal(RunState.Success, (await world.EndAsync((await world.TriggerAsync("dag")).Id)).Run.State);
    }

    /// <summary>Lets the fake clock go on, so that waits between tries end; yields rather than sleeps.</summary>
    private static async Task TickAsync(EngineWorld world, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            world.Time.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Yield();
        }
    }
}
