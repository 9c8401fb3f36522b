using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage.InMemory;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;
using static Wizart.Flow.Engine.Tests.Coordination.EngineWorld;

namespace Wizart.Flow.Engine.Tests.Coordination;

/// <summary>The first daemon is simply left behind, as after a kill: the second sees the store and nothing else.</summary>
public sealed class RestartTests
{
    private static readonly Backoff Minute = Backoff.Fixed(TimeSpan.FromMinutes(1));

    [Fact]
    public async Task What_ran_is_lost_and_tried_again_what_was_queued_is_queued_again()
    {
        var store = new InMemoryFlowStore();
        var retried = TaskOf(0) with { Retry = new RetryModel(1, Backoff.None) };
        var model = DagOf("dag", retried, TaskOf(1), TaskOf(2));
        await using var first = await new EngineWorld(store, slots: 1).StartAsync(model);
        first.Body = (_, _) => new TaskCompletionSource<AttemptOutcome>().Task;
        var id = (await first.TriggerAsync("dag")).Id;
        await first.UntilAsync(id, r => StateOf(r, 0) == TaskState.Running);

        await using var second = await new EngineWorld(store, first.Time).StartAsync();
        var run = await second.EndAsync(id);
        Assert.Equal(RunState.Success, run.Run.State);
        Assert.Equal(2, run.Instances.Single(i => i.TaskIndex == 0).Attempt);
        var attempts = await store.Queries.AttemptsAsync(id, 0, -1, CancellationToken.None);
        Assert.Equal([AttemptResult.Lost, AttemptResult.Success], attempts.Select(a => a.Result));
    }

    [Fact]
    public async Task A_lost_attempt_without_retries_fails_its_task()
    {
        var store = new InMemoryFlowStore();
        await using var first = await new EngineWorld(store).StartAsync(DagOf("dag", TaskOf(0)));
        first.Body = (_, _) => new TaskCompletionSource<AttemptOutcome>().Task;
        var id = (await first.TriggerAsync("dag")).Id;
        await first.UntilAsync(id, r => StateOf(r, 0) == TaskState.Running);

        await using var second = await new EngineWorld(store, first.Time).StartAsync();
        var run = await second.EndAsync(id);
        Assert.Equal(RunState.Failed, run.Run.State);
        Assert.Contains("outcome is not known", run.Instances[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wait_for_a_retry_goes_on()
    {
        var store = new InMemoryFlowStore();
        await using var first = await new EngineWorld(store).StartAsync(DagOf("dag", TaskOf(0) with { Retry = new RetryModel(1, Minute) }));
        first.Body = (_, _) => Task.FromResult<AttemptOutcome>(Failure());
        var id = (await first.TriggerAsync("dag")).Id;
        await first.UntilAsync(id, r => StateOf(r, 0) == TaskState.UpForRetry);
        await first.DisposeAsync();

        await using var second = await new EngineWorld(store, first.Time).StartAsync();
        Assert.Empty(second.Orders);
        second.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(RunState.Success, (await second.EndAsync(id)).Run.State);
    }

    [Fact]
    public async Task A_late_result_of_the_left_behind_daemon_changes_nothing()
    {
        var store = new InMemoryFlowStore();
        var late = new TaskCompletionSource<AttemptOutcome>();
        await using var first = await new EngineWorld(store).StartAsync(DagOf("dag", TaskOf(0) with { Retry = new RetryModel(1, Backoff.None) }));
        first.Body = (_, _) => late.Task;
        var id = (await first.TriggerAsync("dag")).Id;
        await first.UntilAsync(id, r => StateOf(r, 0) == TaskState.Running);

        await using var second = await new EngineWorld(store, first.Time).StartAsync();
        await second.EndAsync(id);
        late.SetResult(Success("\"late\""));
        await first.Engine.Coordinator.WhenStoredAsync();

        Assert.Equal("\"t0\"", (await store.LoadOutputsAsync(id, [0], CancellationToken.None))[0].Json.ToString());
        Assert.Equal(2, (await store.Queries.AttemptsAsync(id, 0, -1, CancellationToken.None)).Count);
    }

    [Fact]
    public async Task An_orderly_stop_records_what_still_runs_as_interrupted()
    {
        var store = new InMemoryFlowStore();
        await using var first = await new EngineWorld(store).StartAsync(DagOf("dag", TaskOf(0) with { Retry = new RetryModel(1, Backoff.None) }));
        first.Body = async (_, control) =>
        {
            var stopped = new TaskCompletionSource();
            control.Stopping.Register(stopped.SetResult);
            await stopped.Task;
            return Failure("interrupted");
        };
        var id = (await first.TriggerAsync("dag")).Id;
        await first.UntilAsync(id, r => StateOf(r, 0) == TaskState.Running);
        await first.Engine.StopAsync(TimeSpan.Zero);
        var left = (await store.LoadRunAsync(id, CancellationToken.None))!;
        Assert.Equal((RunState.Running, TaskState.Queued), (left.Run.State, StateOf(left, 0)));

        await using var second = await new EngineWorld(store, first.Time).StartAsync();
        Assert.Equal(RunState.Success, (await second.EndAsync(id)).Run.State);
    }
}
