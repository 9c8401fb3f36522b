using Wizart.Flow.Engine.Connections;
using Wizart.Flow.Engine.Requests;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;

namespace Wizart.Flow.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task Connections_are_stored_replaced_and_removed()
    {
        var shop = new StoredConnection("shop", "http", "The shop", [0, 1, 255], Sample.Noon);
        var bare = new StoredConnection("Bare", "sqlite", null, [], Sample.Noon);
        await DoAsync(t => t.SaveConnectionAsync(shop));
        await DoAsync(t => t.SaveConnectionAsync(bare));
        Same(shop, await Store.ConnectionAsync("shop", Cancellation));
        Assert.Equal(["Bare", "shop"], (await Store.ConnectionsAsync(Cancellation)).Select(c => c.Id));

        var changed = shop with { Type = "smtp", Description = null, Settings = [7], UpdatedAt = Sample.Noon.AddSeconds(1) };
        await DoAsync(async t =>
        {
            Same(shop, await t.LockConnectionAsync("shop"));
            await t.SaveConnectionAsync(changed);
        });
        Same(changed, await Store.ConnectionAsync("shop", Cancellation));
        Assert.True(await DoAsync(t => t.RemoveConnectionAsync("shop")));
        Assert.False(await DoAsync(t => t.RemoveConnectionAsync("shop")));
        Assert.Null(await Store.ConnectionAsync("shop", Cancellation));
        Assert.Null(await DoAsync(t => t.LockConnectionAsync("shop")));
    }

    [Fact]
    public async Task A_key_is_taken_once_and_gives_its_answer_from_then_on()
    {
        var key = new RequestKey("ada\none", "hash", Sample.Noon);
        Assert.Null(await Store.AnswerAsync(key.Key, DateTimeOffset.MinValue, Cancellation));
        await DoAsync(async t =>
        {
            Assert.Null(await t.TakeKeyAsync(key));
            await t.KeepAnswerAsync(key.Key, "{\"id\": 1}");
        });
        var kept = new KeptAnswer("hash", "{\"id\": 1}");
        Assert.Equal(kept, await Store.AnswerAsync(key.Key, Sample.Noon, Cancellation));
        Assert.Null(await Store.AnswerAsync(key.Key, Sample.Noon.AddSeconds(1), Cancellation));
        Assert.Equal(kept, await DoAsync(t => t.TakeKeyAsync(key with { Request = "other", At = Sample.Noon.AddHours(24) })));
        Assert.Null(await DoAsync(t => t.TakeKeyAsync(key with { Request = "other", At = Sample.Noon.AddHours(25) })));
    }

    [Fact]
    public async Task A_key_goes_with_its_transaction_or_is_given_back()
    {
        var key = new RequestKey("ada\none", "hash", Sample.Noon);
        await using (var transaction = await Store.BeginAsync(Cancellation)) Assert.Null(await transaction.TakeKeyAsync(key)); // not committed
        await DoAsync(async t =>
        {
            Assert.Null(await t.TakeKeyAsync(key));
            await t.ReleaseKeyAsync(key.Key);
        });
        Assert.Null(await DoAsync(t => t.TakeKeyAsync(key)));
    }

    [Fact]
    public async Task Two_who_take_a_key_at_once_do_one_thing()
    {
        var key = new RequestKey("ada\none", "hash", Sample.Noon);
        var dag = await PublishAsync("etl");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => DoAsync(async t =>
        {
            if (await t.TakeKeyAsync(key) is not null) return;
            var run = await t.InsertRunAsync(Sample.Run(dag));
            await t.KeepAnswerAsync(key.Key, $"{run!.Id}");
        }))));
        var only = Assert.Single(await Queries.RunsAsync(new RunFilter(), Cancellation));
        Assert.Equal($"{only.Id}", (await Store.AnswerAsync(key.Key, DateTimeOffset.MinValue, Cancellation))!.Answer);
    }

    [Fact]
    public async Task Variables_are_listed_by_name_and_held_while_they_are_changed()
    {
        foreach (var name in (string[])["b", "a", "Z", "é"]) await DoAsync(t => t.SaveVariableAsync(name, "1"));
        Assert.Equal(["Z", "a", "b", "é"], (await Queries.VariablesAsync(null, 10, Cancellation)).Select(v => v.Name));
        Assert.Equal(["b"], (await Queries.VariablesAsync("a", 1, Cancellation)).Select(v => v.Name));
        Assert.Equal("1", await DoAsync(t => t.LockVariableAsync("a")));
        Assert.Null(await DoAsync(t => t.LockVariableAsync("none")));
    }

    [Fact]
    public async Task Versions_are_listed_newest_first_without_their_models()
    {
        await PublishAsync("etl");
        await PublishAsync("other");
        await PublishAsync("etl", tasks: 2);
        Assert.Equal([(2, true), (1, false)], (await Queries.VersionsAsync("etl", null, 10, Cancellation)).Select(v => (v.Number, v.IsActive)));
        Assert.Equal([1], (await Queries.VersionsAsync("etl", 2, 10, Cancellation)).Select(v => v.Number));
        Assert.Single(await Queries.VersionsAsync("etl", null, 1, Cancellation));
        Assert.Empty(await Queries.VersionsAsync("none", null, 10, Cancellation));
    }

    [Fact]
    public async Task Runs_are_found_by_all_that_a_filter_says_and_in_each_order()
    {
        var (etl, other) = (await PublishAsync("etl"), await PublishAsync("other"));
        var first = await InsertAsync(Sample.Run(etl, 3) with { State = RunState.Failed, StartedAt = Sample.Noon, CreatedBy = "bob" });
        var second = await InsertAsync(Sample.Run(etl, 1, RunKind.Scheduled));
        var third = await InsertAsync(Sample.Run(other, 3) with { State = RunState.Success, StartedAt = Sample.Noon.AddHours(1) });
        async Task<string> Ids(RunFilter filter) => string.Join(" ", (await Queries.RunsAsync(filter, Cancellation)).Select(r => r.Id == first.Id ? "1" : r.Id == second.Id ? "2" : "3"));

        Assert.Equal("3 1", await Ids(new RunFilter { States = [RunState.Failed, RunState.Success] }));
        Assert.Equal("2", await Ids(new RunFilter { Kinds = [RunKind.Scheduled, RunKind.Asset] }));
        Assert.Equal("3 2 1", await Ids(new RunFilter { DagIds = ["etl", "other", "x"] }));
        Assert.Equal("3", await Ids(new RunFilter { StartedSince = Sample.Noon.AddMinutes(1) }));
        Assert.Equal("1", await Ids(new RunFilter { CreatedBy = "bob", DagIds = ["etl"] }));
        Assert.Equal("1 2 3", await Ids(new RunFilter { Order = RunOrder.Oldest }));
        Assert.Equal("3 1 2", await Ids(new RunFilter { Order = RunOrder.LatestDate }));
        Assert.Equal("2 1 3", await Ids(new RunFilter { Order = RunOrder.EarliestDate }));
        Assert.Equal("1 2", await Ids(new RunFilter { Order = RunOrder.LatestDate, After = RunCursor.Of(third) }));
        Assert.Equal("3", await Ids(new RunFilter { Order = RunOrder.EarliestDate, After = RunCursor.Of(first) }));
        Assert.Equal("2 3", await Ids(new RunFilter { Order = RunOrder.Oldest, After = RunCursor.Of(first) }));
        Assert.Equal("1", await Ids(new RunFilter { After = RunCursor.Of(second) }));
    }

    [Fact]
    public async Task Elements_are_read_by_page_and_state_and_counted()
    {
        var dag = await PublishAsync("etl");
        var run = await RunningAsync(dag);
        TaskInstance Element(int map, InstanceState state) => new() { TaskIndex = 1, MapIndex = map, State = state, Attempt = 1 };
        await WriteAsync(w => w.Runs.Add(Changes(
            run, dag,
            [
                new TaskInstance { TaskIndex = 1, State = InstanceState.Running, Elements = 4 }, Element(0, InstanceState.Success), Element(1, InstanceState.Failed), Element(2, InstanceState.Success),
                Element(3, InstanceState.Running), Instance(0, InstanceState.Success),
            ])));

        async Task<string> Maps(ElementFilter filter) => string.Join(" ", (await Queries.ElementsAsync(filter, Cancellation)).Select(v => v.Instance.MapIndex));
        Assert.Equal("0 1 2 3", await Maps(new ElementFilter(run.Id, 1)));
        Assert.Equal("2", await Maps(new ElementFilter(run.Id, 1, After: 1, Count: 1)));
        Assert.Equal("0 2 3", await Maps(new ElementFilter(run.Id, 1) { States = [InstanceState.Success, InstanceState.Running] }));
        Assert.Equal("", await Maps(new ElementFilter(run.Id, 0)));
        Assert.Equal(4, (await Queries.TasksAsync(run.Id, 2, Cancellation)).Count);
        Assert.Equal(6, (await Queries.TasksAsync(run.Id, Cancellation)).Count);
        Assert.Equal(InstanceState.Failed, (await Queries.TaskAsync(run.Id, 1, 1, Cancellation))!.Instance.State);
        Assert.Null(await Queries.TaskAsync(run.Id, 1, 9, Cancellation));
        Assert.Equal(
            [new ElementCount(1, InstanceState.Failed, 1), new ElementCount(1, InstanceState.Running, 1), new ElementCount(1, InstanceState.Success, 2)],
            (await Queries.ElementCountsAsync(run.Id, Cancellation)).OrderBy(c => c.State.ToString(), StringComparer.Ordinal));
        var live = await Queries.LiveTasksAsync(Cancellation);
        Assert.Equal((3, 2, 1), (live[InstanceState.Success], live[InstanceState.Running], live[InstanceState.Failed]));
    }

    private static void Same(StoredConnection expected, StoredConnection? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(expected.Settings, actual.Settings);
        Assert.Equal((expected.Id, expected.Type, expected.Description, expected.UpdatedAt), (actual.Id, actual.Type, actual.Description, actual.UpdatedAt));
    }
}
