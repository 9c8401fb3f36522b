using System.Collections.Concurrent;
using System.Threading.Channels;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Engine.Tests.Coordination;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Tests.Limits;

/// <summary>Bodies that run until the test ends them, by run and task.</summary>
internal sealed class HeldBodies
{
    private readonly ConcurrentDictionary<(long Run, string Task, int Map), TaskCompletionSource<AttemptOutcome>> _open = new();
    private readonly Dictionary<(long Run, string Task, int Map), AttemptOutcome> _early = [];
    private readonly Channel<bool> _begun = Channel.CreateUnbounded<bool>();

    public IReadOnlyCollection<(long Run, string Task, int Map)> Running => [.. _open.Keys];

    public Task<AttemptOutcome> RunAsync(AttemptOrder order, AttemptControl control)
    {
        var body = new TaskCompletionSource<AttemptOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        var key = (order.RunId, order.TaskId, order.MapIndex);
        lock (_early)
        {
            if (_early.Remove(key, out var outcome)) body.SetResult(outcome);
            else _open[key] = body;
        }

        control.Stopping.Register(() =>
        {
            if (_open.TryRemove(key, out var stopped)) stopped.TrySetResult(new AttemptOutcome.Cancelled(control.Reason!));
        });
        _begun.Writer.TryWrite(true);
        return body.Task;
    }

    /// <summary>Ends a body; one that a busy machine has not begun yet ends as soon as it begins.</summary>
    public void End((long Run, string Task, int Map) key, AttemptOutcome? outcome = null)
    {
        outcome ??= EngineWorld.Success("1");
        lock (_early)
        {
            if (_open.TryRemove(key, out var body)) body.TrySetResult(outcome);
            else _early[key] = outcome;
        }
    }

    public void End(long run, string task, AttemptOutcome? outcome = null) => End((run, task, -1), outcome);

    /// <summary>Waits until a body of this run and task runs.</summary>
    public async Task BegunAsync(long run, string task, int map = -1)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!_open.ContainsKey((run, task, map))) await _begun.Reader.ReadAsync(patience.Token);
    }

    /// <summary>Waits until so many bodies of a task run.</summary>
    public async Task BegunAsync(string task, int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (Running.Count(r => r.Task == task) < count) await _begun.Reader.ReadAsync(patience.Token);
    }
}

internal static class LimitModels
{
    public static TaskModel InPool(this TaskModel task, string pool, int slots = 1) => task with { Pool = pool, PoolSlots = slots };

    public static DagModel WithPool(this DagModel dag, string pool, int slots) => dag with { Pools = [.. dag.Pools, new PoolModel(pool, slots)] };

    /// <summary>Publishes past a store whose commits may fail: what is tested is what comes after.</summary>
    public static async Task StartQuietlyAsync(this EngineWorld world, DagModel dag, IFlowStore store)
    {
        await using var publisher = await new EngineWorld(store, world.Time).StartAsync(dag);
        await world.StartAsync();
    }

    public static DagModel Hourly(this DagModel dag) => dag with
    {
        Schedule = new CronScheduleModel("0 * * * *") { Text = "Hourly", Zone = "UTC" },
        StartingOn = new DateTimeOffset(2026, 11, 10, 12, 0, 0, TimeSpan.Zero),
    };

    public static async Task<DagRun[]> ScheduledAsync(this EngineWorld world, string dagId)
    {
        await world.Engine.Coordinator.WhenStoredAsync();
        var queries = ((Storage.InMemory.InMemoryFlowStore)world.Store).Queries;
        var runs = await queries.RunsAsync(new RunFilter(dagId, Count: 1_000), CancellationToken.None);
        return [.. runs.Where(run => run.Kind == RunKind.Scheduled).OrderBy(run => run.LogicalDate)];
    }

    /// <summary>Waits until the DAG has so many scheduled runs; the clock's work is done on other threads.</summary>
    public static async Task<DagRun[]> ScheduledAsync(this EngineWorld world, string dagId, Func<DagRun[], bool> holds)
    {
        using var feed = world.Engine.Feed.Listen(_ => true);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            var runs = await world.ScheduledAsync(dagId);
            if (holds(runs)) return runs;
            await feed.Events.ReadAsync(patience.Token);
        }
    }
}
