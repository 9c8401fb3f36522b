using System.Threading.Channels;
using Wizart.Flow.Engine.Backfills;
using Wizart.Flow.Engine.Coordination;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Engine.Storage.InMemory;
using Wizart.Flow.Engine.Tests.Coordination;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Tests.Backfills;

/// <summary>What tests of backfills do with a world, whose time is 2026-11-10 12:00.</summary>
internal static class BackfillWorld
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Daily at midnight, first seen now: nothing is scheduled before tomorrow.</summary>
    public static readonly DagModel Daily = EngineWorld.DagOf("daily", EngineWorld.TaskOf(0)) with
    {
        Schedule = new CronScheduleModel("0 0 * * *") { Text = "daily" },
        MaxActiveRuns = 1,
    };

    public static DateTimeOffset Day(int day, int month = 11) => new(2026, month, day, 0, 0, 0, TimeSpan.Zero);

    public static BackfillRequest Days(int from, int to) => new("daily", Day(from), Day(to));

    public static async Task<long> BackfillAsync(this EngineWorld world, BackfillRequest request) =>
        (await world.Engine.BackfillCommands.CreateAsync(request, "ann")).Backfill.Id;

    /// <summary>Waits until a backfill is as asked: looked at whenever a run changes, and after what it does by itself.</summary>
    public static async Task<BackfillProgress> HoldsAsync(this EngineWorld world, long id, Func<BackfillProgress, bool> holds)
    {
        using var feed = world.Engine.Feed.Listen(e => e is FlowEvent.RunChanged);
        var began = DateTime.UtcNow;
        while (true)
        {
            var progress = await world.Engine.BackfillCommands.FindAsync(id);
            if (holds(progress)) return progress;
            Assert.True(DateTime.UtcNow - began < Patience, $"Backfill {id} stays at {progress.Backfill}: {string.Join(" ", progress.Runs)}.");
            using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(20));
            try
            {
                await feed.Events.ReadAsync(soon.Token);
            }
            catch (OperationCanceledException)
            {
                // Its own row is changed without an event.
            }
        }
    }

    public static Task<BackfillProgress> CompletedAsync(this EngineWorld world, long id) => world.HoldsAsync(id, p => p.Backfill.State.IsFinal());

    /// <summary>All runs, oldest first.</summary>
    public static async Task<IReadOnlyList<DagRun>> RunsAsync(this EngineWorld world) =>
        [.. (await ((InMemoryFlowStore)world.Store).Queries.RunsAsync(new RunFilter(Count: 1000), CancellationToken.None)).Reverse()];

    /// <summary>Runs attempts only when they are let, one by one.</summary>
    public static Gate HoldBodies(this EngineWorld world)
    {
        var gate = new Gate();
        world.Body = gate.RunAsync;
        return gate;
    }

    internal sealed class Gate
    {
        private readonly Channel<bool> _permits = Channel.CreateUnbounded<bool>();
        private int _running;

        public int Running => Volatile.Read(ref _running);

        public int Most { get; private set; }

        public void Let(int count)
        {
            for (var i = 0; i < count; i++) _permits.Writer.TryWrite(true);
        }

        public async Task<AttemptOutcome> RunAsync(AttemptOrder order, AttemptControl control)
        {
            var running = Interlocked.Increment(ref _running);
            lock (_permits) Most = Math.Max(Most, running);
            try
            {
                await _permits.Reader.ReadAsync(control.Stopping);
                return EngineWorld.Success("1");
            }
            catch (OperationCanceledException)
            {
                return new AttemptOutcome.Cancelled(control.Reason!);
            }
            finally
            {
                Interlocked.Decrement(ref _running);
            }
        }
    }
}
