using System.Collections.Concurrent;
using Wizart.Flow.Engine.Limits;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.TestServers;

namespace Wizart.Flow.Storage.Tests.PostgreSql;

/// <summary>A pool that several nodes take slots of at once.</summary>
public sealed class ManyNodesLimits(PostgresServer server) : IAsyncLifetime
{
    private static readonly LimitKey Gpu = LimitKey.OfPool("gpu");
    private readonly List<IFlowStore> _nodes = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var options = new StorageOptions { Provider = StorageProvider.PostgreSql, ConnectionString = await server.CreateDatabase() };
        for (var i = 0; i < 4; i++) _nodes.Add(FlowStores.Create(options, TimeProvider.System).Store);
        foreach (var node in _nodes) await node.InitializeAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes) await node.DisposeAsync();
    }

    [Fact]
    public async Task A_limit_that_another_transaction_has_is_left_out_at_once()
    {
        await using var one = await _nodes[0].BeginAsync(Cancellation);
        await using var other = await _nodes[1].BeginAsync(Cancellation);
        Assert.Single(await one.LockLimitsAsync([Gpu], "one"));
        Assert.Equal([LimitKey.OfPool("cpu")], (await other.LockLimitsAsync([Gpu, LimitKey.OfPool("cpu")], "other")).Select(use => use.Key));
        await one.CommitAsync();
        Assert.Single(await other.LockLimitsAsync([Gpu], "other"));
    }

    [Fact]
    public async Task Together_they_never_take_more_slots_than_there_are()
    {
        var (dag, runs) = await PrepareAsync(count: 40);
        var left = new ConcurrentQueue<DagRun>(runs);
        var (running, most, ended) = (0, 0, 0);
        await Task.WhenAll(_nodes.Select(async (node, n) =>
        {
            while (left.TryDequeue(out var run))
            {
                while (!await TryClaimAsync(node, $"node-{n}", run, dag)) await Task.Yield();
                var now = Interlocked.Increment(ref running);
                for (var seen = most; now > seen; seen = most) Interlocked.CompareExchange(ref most, now, seen);
                await Task.Yield();
                Interlocked.Decrement(ref running);
                run = run with { Revision = run.Revision + 1 };
                await WriteAsync(node, Changes(run, dag, InstanceState.Success, $"node-{n}") with { Freed = [new(0, -1)] });
                Interlocked.Increment(ref ended);
            }
        }));

        Assert.Equal(40, ended);
        Assert.InRange(most, 1, 2);
        Assert.Empty(await _nodes[0].HoldersAsync(Gpu, Cancellation));
    }

    /// <summary>Counts and takes in one transaction, as a claim does.</summary>
    private static async Task<bool> TryClaimAsync(IFlowStore node, string name, DagRun run, StoredDag dag)
    {
        await using var transaction = await node.BeginAsync(Cancellation);
        if (await transaction.LockLimitsAsync([Gpu], name) is not [var use] || use.Used + 1 > use.Size) return false;
        var writes = new StoreWrites();
        writes.Runs.Add(Changes(run, dag, InstanceState.Running, name) with { Held = [new(0, -1, "gpu", 1, null)] });
        return (await transaction.WriteAndCommitAsync(writes)).Count == 0;
    }

    private async Task<(StoredDag Dag, List<DagRun> Runs)> PrepareAsync(int count)
    {
        await using var transaction = await _nodes[0].BeginAsync(Cancellation);
        var dag = Sample.Dag(await transaction.InsertVersionAsync(Sample.Version(Sample.Model("etl"))));
        await transaction.SaveDagAsync(dag);
        await transaction.DeclarePoolAsync("gpu", 2);
        var runs = new List<DagRun>();
        for (var i = 0; i < count; i++) runs.Add((await transaction.InsertRunAsync(Sample.Run(dag, i) with { State = RunState.Running }))!);
        await transaction.CommitAsync();
        return (dag, runs);
    }

    private static async Task WriteAsync(IFlowStore node, RunChanges changes)
    {
        var writes = new StoreWrites();
        writes.Runs.Add(changes);
        await using var transaction = await node.BeginAsync(Cancellation);
        Assert.Empty(await transaction.WriteAndCommitAsync(writes));
    }

    private static RunChanges Changes(DagRun run, StoredDag dag, InstanceState state, string node) => new(
        run with { Revision = run.Revision + 1 }, new RunGraph(dag.Version.Model), run.Revision,
        [new TaskInstance { TaskIndex = 0, State = state, Attempt = 1, Node = node }], [], []);
}
