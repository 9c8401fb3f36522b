using System.Collections.Concurrent;
using System.Diagnostics;
using Wizart.Flow.Engine.Assets;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Model;
using Wizart.Flow.TestServers;

namespace Wizart.Flow.Storage.Tests.PostgreSql;

/// <summary>Several stores on one database, as several daemons have them.</summary>
public sealed class ManyNodes(PostgresServer server) : IAsyncLifetime
{
    private readonly List<IFlowStore> _nodes = [];
    private IFlowQueries _queries = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var options = new StorageOptions { Provider = StorageProvider.PostgreSql, ConnectionString = await server.CreateDatabase() };
        for (var i = 0; i < 4; i++)
        {
            var (store, queries, _) = FlowStores.Create(options, TimeProvider.System);
            _nodes.Add(store);
            _queries = queries;
        }

        // All at once on purpose: one of them makes the tables.
        await Task.WhenAll(_nodes.Select(node => node.InitializeAsync(Cancellation)));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes) await node.DisposeAsync();
    }

    [Fact]
    public async Task Together_they_never_start_more_runs_than_the_limit()
    {
        var dag = await PublishAsync("etl");
        for (var i = 0; i < 40; i++) await DoAsync(_nodes[0], t => t.InsertRunAsync(Sample.Run(dag, i)));
        var started = new ConcurrentBag<long>();
        var most = 0;

        await Task.WhenAll(_nodes.SelectMany(node => Enumerable.Repeat(node, 2)).Select(async node =>
        {
            while (started.Count < 40)
            {
                var runs = await DoAsync(node, t => t.StartRunsAsync("etl", 3, Sample.Noon.AddDays(100)));
                foreach (var run in runs) started.Add(run.Id);
                var running = (await _queries.RunsAsync(new RunFilter("etl", RunState.Running), Cancellation)).Count;
                InterlockedMax(ref most, running);
                foreach (var run in runs)
                    await WriteAsync(node, Changes(run with { State = RunState.Success, EndedAt = Sample.Noon }, dag));
            }
        }));

        Assert.Equal(40, started.Distinct().Count());
        Assert.Equal(40, started.Count);
        Assert.InRange(most, 1, 3);
    }

    [Fact]
    public async Task A_double_fire_stores_one_run()
    {
        var dag = await PublishAsync("etl");
        for (var day = 0; day < 20; day++)
        {
            var slot = Sample.Run(dag, day, RunKind.Scheduled);
            var stored = await Task.WhenAll(_nodes.Select(node => DoAsync(node, t => t.InsertRunAsync(slot)).AsTask()));
            Assert.Single(stored, run => run is not null);
        }

        Assert.Equal(20, (await _queries.RunsAsync(new RunFilter("etl"), Cancellation)).Count);
    }

    [Fact]
    public async Task Updates_of_two_assets_at_once_are_seen_together_by_one_of_their_nodes()
    {
        var model = Sample.Model("both") with
        {
            Schedule = new AssetScheduleModel(new AllAssets([new AssetUpdated("wizart://a"), new AssetUpdated("wizart://b")])) { Text = "on both" },
        };
        var dag = await DoAsync(_nodes[0], async t =>
        {
            var stored = Sample.Dag(await t.InsertVersionAsync(Sample.Version(model)));
            await t.SaveDagAsync(stored);
            return stored;
        });
        for (var round = 0; round < 30; round++)
        {
            await Task.WhenAll(UpdateAsync(_nodes[0], "wizart://a"), UpdateAsync(_nodes[1], "wizart://b"));
            Assert.Equal(round + 1, (await _queries.RunsAsync(new RunFilter("both"), Cancellation)).Count);
        }

        Assert.Empty(await _nodes[2].QueuedUpdatesAsync(null, Cancellation));

        Task<bool> UpdateAsync(IFlowStore node, string uri) => DoAsync(node, async t =>
        {
            var followers = await t.LockFollowersAsync([uri]);
            var update = await t.InsertAssetEventAsync(new AssetEvent
            {
                Uri = uri,
                Time = Sample.Noon,
                By = "test",
                Interval = new DataInterval(Sample.Noon, Sample.Noon),
            });
            await t.QueueUpdateAsync("both", uri, update.Id, update.Time);
            var queue = await t.QueuedAsync("both");
            if (!followers[0].Version.Model.AssetSchedule!.Assets.Holds(u => queue.Any(q => q.Uri == u))) return false;
            var run = await t.InsertRunAsync(Sample.Run(dag, kind: RunKind.Asset));
            await t.TakeQueueAsync("both", [run!.Id]);
            return true;
        }).AsTask();
    }

    [Fact]
    public async Task Of_changes_planned_from_the_same_revision_one_is_stored_whole()
    {
        var dag = await PublishAsync("etl");
        var runs = new List<DagRun>();
        for (var i = 0; i < 8; i++)
            runs.Add((await DoAsync(_nodes[0], t => t.InsertRunAsync(Sample.Run(dag, i) with { State = RunState.Running })))!);

        for (var round = 0; round < 20; round++)
        {
            var won = await Task.WhenAll(_nodes.Select(async (node, n) =>
            {
                // In another order on each node: they must not wait for each other in a circle.
                var changes = runs.OrderBy(run => (run.Id * (n + 3)) % 11)
                    .Select(run => Changes(run, dag, [new TaskInstance { TaskIndex = 0, State = InstanceState.Running, Attempt = round, Node = $"node-{n}" }]));
                var refused = await WriteAsync(node, [.. changes]);
                return runs.Select(run => run.Id).Except(refused).Select(id => (Run: id, Node: $"node-{n}")).ToArray();
            }));

            var winners = won.SelectMany(w => w).ToDictionary(w => w.Run, w => w.Node);
            Assert.Equal(runs.Count, winners.Count);
            for (var i = 0; i < runs.Count; i++)
            {
                var stored = (await _nodes[0].LoadRunAsync(runs[i].Id, Cancellation))!;
                Assert.Equal(runs[i].Revision + 1, stored.Run.Revision);
                Assert.Equal((winners[runs[i].Id], round), (stored.Instances[0].Node, stored.Instances[0].Attempt));
                runs[i] = stored.Run;
            }
        }
    }

    [Fact]
    public async Task Versions_published_at_once_have_numbers_of_their_own()
    {
        var versions = await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            DoAsync(_nodes[i % 4], t => t.InsertVersionAsync(Sample.Version(Sample.Model("etl")))).AsTask()));
        Assert.Equal(Enumerable.Range(1, 20), versions.Select(version => version.Number).Order());
    }

    [Fact]
    public async Task A_list_of_a_thousand_dags_takes_a_handful_of_statements()
    {
        await DoAsync(_nodes[0], async t =>
        {
            for (var i = 0; i < 1000; i++)
            {
                var dag = Sample.Dag(await t.InsertVersionAsync(Sample.Version(Sample.Model($"dag_{i}"))));
                await t.SaveDagAsync(dag);
                await t.InsertRunAsync(Sample.Run(dag));
            }

            return true;
        });
        var statements = 0;
        using var test = new Activity("list").Start();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (activity.TraceId == test.TraceId && activity.GetTagItem("db.query.text") is not null) Interlocked.Increment(ref statements);
            },
        };
        ActivitySource.AddActivityListener(listener);

        var dags = await _queries.DagsAsync(true, Cancellation);

        Assert.Equal(1000, dags.Count);
        Assert.All(dags, dag => Assert.NotNull(dag.LastRun));
        Assert.InRange(statements, 1, 6);
    }

    private Task<StoredDag> PublishAsync(string id) => DoAsync(_nodes[0], async t =>
    {
        var dag = Sample.Dag(await t.InsertVersionAsync(Sample.Version(Sample.Model(id))));
        await t.SaveDagAsync(dag);
        return dag;
    }).AsTask();

    private static async ValueTask<T> DoAsync<T>(IFlowStore node, Func<IFlowTransaction, ValueTask<T>> work)
    {
        await using var transaction = await node.BeginAsync(Cancellation);
        var result = await work(transaction);
        await transaction.CommitAsync();
        return result;
    }

    private static async Task<IReadOnlyList<long>> WriteAsync(IFlowStore node, params RunChanges[] changes)
    {
        var writes = new StoreWrites();
        writes.Runs.AddRange(changes);
        await using var transaction = await node.BeginAsync(Cancellation);
        return await transaction.WriteAndCommitAsync(writes);
    }

    private static RunChanges Changes(DagRun run, StoredDag dag, IReadOnlyList<TaskInstance>? instances = null) =>
        new(run with { Revision = run.Revision + 1 }, new RunGraph(dag.Version.Model), run.Revision, instances ?? [], [], []);

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = most; value > seen; seen = most)
            if (Interlocked.CompareExchange(ref most, value, seen) == seen) return;
    }
}
