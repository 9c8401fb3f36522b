using CsCheck;
using Wizart.Flow.Engine.Assets;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Engine.Storage.InMemory;
using Wizart.Flow.Engine.Tests.Coordination;
using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Tests.Assets;

/// <summary>Random conditions and random updates, against a reference of a few lines.</summary>
public sealed class AssetProperties
{
    private static readonly string[] Uris = ["wizart://a", "wizart://b", "wizart://c", "wizart://d"];

    private static readonly Gen<AssetCondition> Condition = Gen.Recursive<AssetCondition>((depth, inner) => depth > 2
        ? Leaf()
        : Gen.OneOf(
            Leaf(),
            inner.Array[2, 3].Select(AssetCondition (of) => new AllAssets(of)),
            inner.Array[2, 3].Select(AssetCondition (of) => new AnyAsset(of))));

    [Fact]
    public void A_condition_holds_as_its_formula_does() =>
        Gen.Select(Condition, Gen.Int[0, 15]).Sample((condition, bits) =>
            condition.Holds(uri => (bits >> Array.IndexOf(Uris, uri) & 1) == 1) == Formula(condition, bits));

    [Fact]
    public Task Each_time_the_condition_comes_true_there_is_one_run_with_all_updates_since_the_last() =>
        Gen.Select(Condition, Gen.Int[0, Uris.Length - 1].Array[1, 25]).SampleAsync(
            async (condition, updates) =>
            {
                await using var world = new EngineWorld();
                await world.StartAsync(SomeAssets.Follower("follower", condition) with { MaxActiveRuns = 1_000 });
                var expected = new List<int[]>();
                var since = new List<int>();
                foreach (var update in updates)
                {
                    var at = world.Time.GetUtcNow();
                    await world.Engine.Coordinator.UpdateAssetsAsync([
                        new AssetEvent { Uri = Uris[update], Time = at, By = "test", Interval = new DataInterval(at, at) }]);
                    if (!condition.Uris.Contains(Uris[update])) continue;
                    since.Add(update);
                    if (!Formula(condition, since.Aggregate(0, (bits, u) => bits | (1 << u)))) continue;
                    expected.Add([.. since]);
                    since.Clear();
                }

                var runs = await ((InMemoryFlowStore)world.Store).Queries.RunsAsync(new RunFilter("follower", Count: 100), default);
                var found = new List<int[]>();
                foreach (var run in runs.OrderBy(r => r.Id))
                    found.Add([.. (await world.Store.RunAssetEventsAsync(run.Id, 100, default)).Select(e => Array.IndexOf(Uris, e.Uri))]);
                Assert.Equal(expected, found);
                var queued = await world.Store.QueuedUpdatesAsync("follower", default);
                Assert.Equal(since.Count, queued.Sum(q => q.Count));
            },
            iter: 200, threads: 1);

    private static Gen<AssetCondition> Leaf() => Gen.Int[0, Uris.Length - 1].Select(AssetCondition (i) => new AssetUpdated(Uris[i]));

    private static bool Formula(AssetCondition condition, int bits) => condition switch
    {
        AssetUpdated one => (bits & (1 << Array.IndexOf(Uris, one.Uri))) != 0,
        AllAssets all => !all.Of.Any(c => !Formula(c, bits)),
        AnyAsset any => any.Of.Any(c => Formula(c, bits)),
        _ => throw new ArgumentOutOfRangeException(nameof(condition)),
    };
}
