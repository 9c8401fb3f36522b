using Wizart.Flow.Engine.Assets;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;

namespace Wizart.Flow.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task An_update_comes_back_as_it_was_stored()
    {
        var given = Update("wizart://prices") with
        {
            Value = Sample.Json("""{"Preis":1.5}"""),
            RunId = 7,
            DagId = "etl",
            TaskId = "load",
            Extra = JsonPayload.Parse("""{"почему":"✓"}"""),
            Interval = new DataInterval(Sample.Noon, Sample.Noon.AddHours(1)),
        };
        var stored = await DoAsync(t => t.InsertAssetEventAsync(given));
        var large = await DoAsync(t => t.InsertAssetEventAsync(Update("wizart://prices") with { Value = new TaskValue(null, Sample.Artifact("aa11")) }));
        var empty = await DoAsync(t => t.InsertAssetEventAsync(Update("wizart://table")));

        var assets = await Store.AssetsAsync(null, Cancellation);
        Assert.Equal(["wizart://prices", "wizart://table"], assets.Select(a => a.Uri));
        Assert.Equal(large, assets[0].Latest);
        Assert.Equal(empty, assets[1].Latest);
        Assert.Null(assets[1].Latest!.Value);
        Assert.Equal([large, given with { Id = stored.Id }], await Store.AssetEventsAsync(assets[0].Id, null, 10, Cancellation));
        Assert.Equal([stored.Id], (await Store.AssetEventsAsync(assets[0].Id, large.Id, 10, Cancellation)).Select(e => e.Id));
        Assert.Equal([large.Id], (await Store.AssetEventsAsync(assets[0].Id, null, 1, Cancellation)).Select(e => e.Id));
        Assert.Equal(["wizart://table"], (await Store.AssetsAsync(["wizart://table", "wizart://none"], Cancellation)).Select(a => a.Uri));
        Assert.Empty(await Store.AssetsAsync([], Cancellation));
        Assert.Empty(await Store.AssetEventsAsync(4711, null, 10, Cancellation));
    }

    [Fact]
    public async Task Those_that_follow_an_asset_are_told_while_they_are_active()
    {
        var follower = await FollowAsync("follower", "wizart://a", "wizart://b");
        var paused = await FollowAsync("paused", "wizart://b");
        await DoAsync(t => t.SaveDagAsync(paused with { IsPaused = true }));
        var gone = await FollowAsync("gone", "wizart://a");
        await DoAsync(t => t.SaveDagAsync(gone with { IsActive = false }));
        await PublishAsync("other");

        Assert.Equal(["follower"], await FollowersAsync("wizart://a"));
        Assert.Equal(["follower", "paused"], await FollowersAsync("wizart://a", "wizart://b"));
        Assert.Empty(await FollowersAsync("wizart://c"));
        var dag = await DoAsync(t => t.LockFollowerAsync("paused"));
        Assert.True(dag!.IsPaused);
        Assert.Equal(["wizart://b"], dag.Version.Model.AssetSchedule!.Assets.Uris);
        Assert.Null(await DoAsync(t => t.LockFollowerAsync("nobody")));
        // Assets that a published DAG names are known before they are updated.
        Assert.Equal(["wizart://a", "wizart://b"], (await Store.AssetsAsync(null, Cancellation)).Select(a => a.Uri));

        var changed = await DoAsync(async t =>
        {
            var version = await t.InsertVersionAsync(Sample.Version(Follower("follower", "wizart://c")));
            await t.SaveDagAsync(follower with { Version = version });
            return version;
        });
        Assert.Empty(await FollowersAsync("wizart://a"));
        Assert.Equal(changed.Id, (await DoAsync(t => t.LockFollowersAsync(["wizart://c"])))[0].Version.Id);
    }

    [Fact]
    public async Task A_queue_holds_what_was_updated_until_runs_take_it()
    {
        var dag = await FollowAsync("follower", "wizart://a", "wizart://b");
        await FollowAsync("other", "wizart://a");
        var first = await DoAsync(t => t.InsertAssetEventAsync(Update("wizart://a") with { Interval = new DataInterval(Sample.Noon.AddDays(-2), Sample.Noon) }));
        var second = await DoAsync(t => t.InsertAssetEventAsync(Update("wizart://a", minute: 5)));
        foreach (var update in new[] { first, second })
        {
            await DoAsync(t => t.QueueUpdateAsync("follower", "wizart://a", update.Id, update.Time));
            await DoAsync(t => t.QueueUpdateAsync("other", "wizart://a", update.Id, update.Time));
        }

        await DoAsync(t => t.QueueUpdateAsync("follower", "wizart://b", null, Sample.Noon.AddMinutes(9)));

        QueuedUpdates[] expected =
        [
            new("follower", "wizart://a", 2, Sample.Noon, Sample.Noon.AddMinutes(5), new DataInterval(Sample.Noon.AddDays(-2), Sample.Noon.AddMinutes(5))),
            new("follower", "wizart://b", 1, Sample.Noon.AddMinutes(9), Sample.Noon.AddMinutes(9), new DataInterval(Sample.Noon.AddMinutes(9), Sample.Noon.AddMinutes(9))),
        ];
        Assert.Equal(expected, await DoAsync(t => t.QueuedAsync("follower")));
        Assert.Equal(expected, await Store.QueuedUpdatesAsync("follower", Cancellation));
        Assert.Equal(["follower", "follower", "other"], (await Store.QueuedUpdatesAsync(null, Cancellation)).Select(q => q.DagId));

        var runs = new[] { await InsertAsync(Sample.Run(dag)), await InsertAsync(Sample.Run(dag)) };
        await DoAsync(t => t.TakeQueueAsync("follower", [.. runs.Select(r => r.Id)]));
        foreach (var run in runs)
            Assert.Equal([first.Id, second.Id], (await Store.RunAssetEventsAsync(run.Id, 10, Cancellation)).Select(e => e.Id));
        Assert.Equal([second.Id], (await Store.RunAssetEventsAsync(runs[0].Id, 1, Cancellation)).Select(e => e.Id));
        Assert.Empty(await Store.QueuedUpdatesAsync("follower", Cancellation));
        Assert.Single(await Store.QueuedUpdatesAsync("other", Cancellation));

        Assert.True(await DoAsync(t => t.ClearQueueAsync("other", "wizart://a")));
        Assert.False(await DoAsync(t => t.ClearQueueAsync("other", "wizart://a")));
        await DoAsync(t => t.AddRunAssetEventsAsync(runs[0].Id, [first.Id]));
        Assert.Equal(2, (await Store.RunAssetEventsAsync(runs[0].Id, 10, Cancellation)).Count);
    }

    [Fact]
    public async Task A_queue_loses_what_its_dag_follows_no_longer()
    {
        var dag = await FollowAsync("follower", "wizart://a", "wizart://b");
        foreach (var uri in new[] { "wizart://a", "wizart://b" }) await DoAsync(t => t.QueueUpdateAsync("follower", uri, null, Sample.Noon));
        await DoAsync(async t =>
        {
            var version = await t.InsertVersionAsync(Sample.Version(Follower("follower", "wizart://b")));
            await t.SaveDagAsync(dag with { Version = version });
        });
        Assert.Equal(["wizart://b"], (await Store.QueuedUpdatesAsync("follower", Cancellation)).Select(q => q.Uri));
        await DoAsync(t => t.SaveDagAsync(dag with { IsPaused = true }));
        Assert.Single(await Store.QueuedUpdatesAsync("follower", Cancellation));
        await DoAsync(t => t.SaveDagAsync(dag with { IsActive = false }));
        Assert.Empty(await Store.QueuedUpdatesAsync("follower", Cancellation));
    }

    [Fact]
    public async Task What_is_not_committed_of_assets_did_not_happen()
    {
        await FollowAsync("follower", "wizart://a");
        await using (var transaction = await Store.BeginAsync(Cancellation))
        {
            var update = await transaction.InsertAssetEventAsync(Update("wizart://a"));
            await transaction.QueueUpdateAsync("follower", "wizart://a", update.Id, update.Time);
            Assert.Single(await transaction.QueuedAsync("follower"));
        }

        Assert.Null((await Store.AssetsAsync(["wizart://a"], Cancellation))[0].Latest);
        Assert.Empty(await Store.QueuedUpdatesAsync(null, Cancellation));
    }

    [Fact]
    public async Task Old_updates_go_when_their_run_is_gone_but_the_latest_stays()
    {
        var dag = await FollowAsync("follower", "wizart://a");
        var run = await EndedAsync(dag, Sample.Noon);
        var kept = await InsertAsync(Sample.Run(dag));
        var told = await DoAsync(t => t.InsertAssetEventAsync(Update("wizart://a") with { Value = new TaskValue(null, Sample.Artifact("bb22")) }));
        var made = await DoAsync(t => t.InsertAssetEventAsync(Update("wizart://a") with { RunId = run.Id, DagId = "follower", TaskId = "t" }));
        var young = await DoAsync(t => t.InsertAssetEventAsync(Update("wizart://a") with { Time = Cutoff }));
        var other = await DoAsync(t => t.InsertAssetEventAsync(Update("wizart://b") with { Value = new TaskValue(null, Sample.Artifact("cc33")) }));
        await DoAsync(t => t.AddRunAssetEventsAsync(kept.Id, [told.Id, young.Id]));
        foreach (var update in new[] { told, young })
            await DoAsync(t => t.QueueUpdateAsync("follower", "wizart://a", update.Id, update.Time));

        Assert.Equal(1, await Retention.RemoveAssetEventsAsync(Cutoff, 10, Cancellation));
        Assert.Equal(["bb22"], await Retention.RemoveArtifactsAsync(DateTimeOffset.MinValue, 10, Cancellation));
        Assert.Equal(1, await Retention.RemoveRunsAsync(Cutoff, 10, Cancellation));
        Assert.Equal(1, await Retention.RemoveAssetEventsAsync(Cutoff, 10, Cancellation));
        Assert.Equal(0, await Retention.RemoveAssetEventsAsync(Cutoff, 10, Cancellation));

        var asset = (await Store.AssetsAsync(["wizart://a"], Cancellation))[0];
        Assert.Equal([young.Id], (await Store.AssetEventsAsync(asset.Id, null, 10, Cancellation)).Select(e => e.Id));
        Assert.Equal(other.Id, (await Store.AssetsAsync(["wizart://b"], Cancellation))[0].Latest!.Id);
        Assert.Equal([young.Id], (await Store.RunAssetEventsAsync(kept.Id, 10, Cancellation)).Select(e => e.Id));
        Assert.Equal(1, (await Store.QueuedUpdatesAsync("follower", Cancellation))[0].Count);
        Assert.True(made.Id > told.Id);
    }

    [Fact]
    public async Task A_content_that_an_asset_names_is_not_given_up_with_the_run_that_made_it()
    {
        var dag = await PublishAsync("etl");
        var run = await EndedAsync(dag, Sample.Noon);
        var value = new TaskValue(null, Sample.Artifact("dd44"));
        await WriteAsync(w => w.Runs.Add(Changes(run, dag, outputs: [new Engine.Runs.TaskOutput(0, -1, value)])));
        await DoAsync(t => t.InsertAssetEventAsync(Update("wizart://a") with { RunId = run.Id, Value = value }));

        Assert.Equal(1, await Retention.RemoveRunsAsync(Cutoff, 10, Cancellation));
        Assert.Equal(0, await Retention.RemoveAssetEventsAsync(Cutoff, 10, Cancellation));
        Assert.Empty(await Retention.RemoveArtifactsAsync(DateTimeOffset.MinValue, 10, Cancellation));
        Assert.Equal(value, (await Store.AssetsAsync(["wizart://a"], Cancellation))[0].Latest!.Value);
    }

    private static AssetEvent Update(string uri, int minute = 0) => new()
    {
        Uri = uri,
        Time = Sample.Noon.AddMinutes(minute),
        By = "anna",
        Interval = new DataInterval(Sample.Noon.AddMinutes(minute), Sample.Noon.AddMinutes(minute)),
    };

    private static DagModel Follower(string id, params string[] uris) => Sample.Model(id) with
    {
        Schedule = new AssetScheduleModel(uris.Length == 1 ? new AssetUpdated(uris[0]) : new AllAssets([.. uris.Select(u => new AssetUpdated(u))])) { Text = "on assets" },
        Assets = [.. uris.Select(u => new AssetModel { Uri = u })],
    };

    private Task<StoredDag> FollowAsync(string id, params string[] uris) => DoAsync(async transaction =>
    {
        var dag = Sample.Dag(await transaction.InsertVersionAsync(Sample.Version(Follower(id, uris))));
        await transaction.SaveDagAsync(dag);
        return dag;
    });

    private async Task<IEnumerable<string>> FollowersAsync(params string[] uris) =>
        (await DoAsync(t => t.LockFollowersAsync(uris))).Select(d => d.Id);
}
