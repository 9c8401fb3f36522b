using System.Collections.Concurrent;
using CsCheck;
using Wizart.Flow.Engine.Limits;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage.InMemory;
using Wizart.Flow.Engine.Tests.Coordination;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;
using static Wizart.Flow.Engine.Tests.Coordination.EngineWorld;

namespace Wizart.Flow.Engine.Tests.Limits;

/// <summary>
/// Random DAGs whose tasks are in pools and have limits of their own, with failures, retries, commits that fail and daemons that
/// are left behind: at no instant do more run than the limits say, every run ends, and nothing is left held.
/// </summary>
public sealed class LimitProperties
{
    private sealed record Play(int[] Pools, int[] Needs, int[] Limits, int[] Sizes, bool[] Retried, int Runs, int Slots, int[] Faults, int CrashAfter, int[] Edges);

    private static readonly Gen<Play> Plays =
        from pools in Gen.Int[0, 2].Array[8]
        from needs in Gen.Int[1, 3].Array[8]
        from limits in Gen.Int[0, 3].Array[8]
        from sizes in Gen.Int[1, 4].Array[2]
        from retried in Gen.Bool.Array[8]
        from runs in Gen.Int[1, 4]
        from slots in Gen.Int[1, 8]
        from faults in Gen.Int[0, 12].Array[40]
        from crash in Gen.Int[0, 20]
        from edges in Gen.Int[-4, 6].Array[8]
        select new Play(pools, needs, limits, sizes, retried, runs, slots, faults, crash, edges);

    [Fact]
    public async Task Never_more_run_than_the_limits_say_and_every_run_ends() => await Plays.SampleAsync(PlayAsync, iter: 150, threads: 2);

    private static async Task PlayAsync(Play play)
    {
        var model = ModelOf(play);
        var store = new InMemoryFlowStore();
        var turn = -1;
        var isDead = false;
        var faulty = new FaultyStore(store, () => Volatile.Read(ref isDead) ? Fault.Refused : play.Faults[Interlocked.Increment(ref turn) % play.Faults.Length] switch
        {
            1 => Fault.Refused,
            2 => Fault.StoredUntold,
            _ => Fault.None,
        });
        var gauge = new Gauge(model, play);
        await using var first = new EngineWorld(faulty, slots: play.Slots) { Body = (order, _) => gauge.RunAsync(order, life: 1) };
        await first.StartQuietlyAsync(model, store);
        for (var i = 0; i < play.Runs; i++) await TriggerAsync(first);

        EngineWorld last = first;
        if (play.CrashAfter > 0)
        {
            for (var i = 0; i < play.CrashAfter; i++)
            {
                first.Time.Advance(TimeSpan.FromSeconds(6));
                await Task.Yield();
            }

            Volatile.Write(ref isDead, true);
            await (await store.BeginAsync(CancellationToken.None)).DisposeAsync(); // after the last commit of the one that dies
            gauge.Die();
            last = new EngineWorld(store, first.Time, play.Slots) { Body = (order, _) => gauge.RunAsync(order, life: 2) };
            await last.StartAsync();
        }

        // More than were asked for, where the store kept one and did not tell.
        while ((await store.UnfinishedRunsAsync(CancellationToken.None)).Count > 0)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            last.Time.Advance(TimeSpan.FromSeconds(6)); // commits that failed are tried again, waits for retries end
            await Task.Yield();
        }

        Assert.Empty(gauge.Broken);
        foreach (var key in new[] { LimitKey.OfPool("p0"), LimitKey.OfPool("p1") })
            Assert.Empty(await store.HoldersAsync(key, CancellationToken.None));
        if (last != first) await last.DisposeAsync();
    }

    private static async Task<DagRun> TriggerAsync(EngineWorld world)
    {
        while (true)
        {
            try
            {
                return await world.TriggerAsync("dag");
            }
            catch (Storage.StoreException)
            {
                // The commit was one of those that fail; a person tries again.
            }
        }
    }

    private static DagModel ModelOf(Play play)
    {
        var tasks = Enumerable.Range(0, 8).Select(i =>
        {
            var pool = play.Pools[i];
            var upstream = play.Edges[i] >= 0 && play.Edges[i] < i ? new[] { play.Edges[i] } : [];
            return SomeTask(i, upstream) with
            {
                Pool = pool == 0 ? null : $"p{pool - 1}",
                PoolSlots = pool == 0 ? 1 : Math.Min(play.Needs[i], play.Sizes[pool - 1]),
                MaxActive = play.Limits[i] == 0 ? null : play.Limits[i],
                TriggerRule = TriggerRule.AllDone,
                Priority = play.Needs[i],
                Retry = new RetryModel(play.Retried[i] ? 1 : 0, Backoff.Fixed(TimeSpan.FromSeconds(1))),
            };
        });
        var dag = DagOf("dag", [.. tasks]) with { MaxActiveTasks = play.CrashAfter % 3 == 0 ? 2 : null };
        return dag.WithPool("p0", play.Sizes[0]).WithPool("p1", play.Sizes[1]);
    }

    private static TaskModel SomeTask(int index, int[] upstream) => new() { Id = $"t{index}", Index = index, Upstream = upstream };

    /// <summary>Counts what runs, at every beginning.</summary>
    private sealed class Gauge(DagModel model, Play play)
    {
        private readonly Lock _gate = new();
        private Dictionary<string, int> _used = [];
        private int _life = 1;

        public ConcurrentQueue<string> Broken { get; } = new();

        /// <summary>The daemon dies, and what it runs with it.</summary>
        public void Die()
        {
            lock (_gate) (_used, _life) = ([], 2);
        }

        public async Task<AttemptOutcome> RunAsync(AttemptOrder order, int life)
        {
            if (!Change(life, () => Begin(order))) return await Never();
            for (var i = 0; i < 3; i++) await Task.Yield();
            if (!Change(life, () => End(order))) return await Never();
            return play.Retried[order.TaskIndex] && order.Attempt == 1 ? Failure() : Success("1");
        }

        private bool Change(int life, Action change)
        {
            lock (_gate)
            {
                if (life != _life) return false;
                change();
                return true;
            }
        }

        private void Begin(AttemptOrder order)
        {
            var task = model.Tasks[order.TaskIndex];
            if (task.Pool is { } pool) Take(pool, task.PoolSlots, play.Sizes[pool[1] - '0']);
            if (task.MaxActive is { } most) Take(task.Id, 1, most);
        }

        private void End(AttemptOrder order)
        {
            var task = model.Tasks[order.TaskIndex];
            if (task.Pool is { } pool) _used[pool] -= task.PoolSlots;
            if (task.MaxActive is not null) _used[task.Id]--;
        }

        private static Task<AttemptOutcome> Never() => new TaskCompletionSource<AttemptOutcome>().Task;

        private void Take(string name, int slots, int most)
        {
            _used[name] = _used.GetValueOrDefault(name) + slots;
            if (_used[name] > most) Broken.Enqueue($"{name}: {_used[name]} of {most}");
        }
    }
}
