using Wizart.Flow.Engine.Coordination;
using Wizart.Flow.Engine.Runs;
using static Wizart.Flow.Engine.Tests.Coordination.EngineWorld;

namespace Wizart.Flow.Engine.Tests.Coordination;

public sealed class RunFeedTests
{
    [Fact]
    public async Task Who_looked_first_and_listens_later_misses_nothing()
    {
        await using var world = await new EngineWorld().StartAsync(DagOf("dag", TaskOf(0)));
        var feed = world.Engine.Feed;
        var seen = feed.Changes;
        using var end = feed.Listen(e => e is FlowEvent.RunChanged { Run.State: RunState.Success });
        var run = await world.TriggerAsync("dag");
        await end.Events.ReadAsync(TestContext.Current.CancellationToken);

        using var late = feed.Listen(e => e is FlowEvent.RunChanged changed && changed.Run.Id == run.Id, seen);
        var states = new List<RunState>();
        while (late.Events.TryRead(out var happened)) states.Add(((FlowEvent.RunChanged)happened).Run.State);
        Assert.Equal(RunState.Success, states[^1]);
        Assert.True(states.Count > 1, "Also what came before the end.");

        using var now = feed.Listen(e => e is FlowEvent.RunChanged, feed.Changes);
        Assert.False(now.Events.TryRead(out _), "What was seen is not told again.");
    }

    [Fact]
    public async Task How_far_an_attempt_is_is_told()
    {
        await using var world = await new EngineWorld { Progress = 0.4 }.StartAsync(DagOf("dag", TaskOf(0)));
        using var feed = world.Engine.Feed.Listen(e => e is FlowEvent.ProgressStored);
        var run = await world.TriggerAsync("dag");
        var told = Assert.IsType<FlowEvent.ProgressStored>(await feed.Events.ReadAsync(TestContext.Current.CancellationToken));
        Assert.Equal(run.Id, told.Key.RunId);
    }
}
