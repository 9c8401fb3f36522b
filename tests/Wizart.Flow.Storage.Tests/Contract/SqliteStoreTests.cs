using Wizart.Flow.Engine.Storage;

namespace Wizart.Flow.Storage.Tests.Contract;

public sealed class SqliteStoreTests : StoreContract
{
    private readonly TemporaryFolder _folder = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }

    protected override Task<(IFlowStore, IFlowQueries, IRetention)> OpenAsync() =>
        Task.FromResult(FlowStores.Create(new StorageOptions { Path = _folder.File("a/b/flow.db") }, TimeProvider.System));

    [Fact]
    public async Task Nothing_on_the_way_of_a_write_waits()
    {
        var dag = await PublishAsync("etl");
        var run = await RunningAsync(dag);
        var writes = new StoreWrites();
        writes.Runs.Add(Changes(run, dag));

        var begin = Store.BeginAsync(Cancellation);
        Assert.True(begin.IsCompletedSuccessfully);
        await using var transaction = await begin;
        var write = transaction.WriteAsync(writes);
        Assert.True(write.IsCompletedSuccessfully);
        Assert.Empty(await write);
        var commit = transaction.CommitAsync();
        Assert.True(commit.IsCompletedSuccessfully);
        await commit;
    }

    [Fact]
    public async Task A_second_transaction_waits_for_the_first()
    {
        await using var first = await Store.BeginAsync(Cancellation);
        var second = Store.BeginAsync(Cancellation).AsTask();
        Assert.False(second.IsCompleted);
        await first.CommitAsync();
        await (await second).DisposeAsync();
    }

    [Fact]
    public async Task Who_stops_waiting_for_a_transaction_leaves_the_turn_to_others()
    {
        await using var first = await Store.BeginAsync(Cancellation);
        using var impatient = new CancellationTokenSource();
        var second = Store.BeginAsync(impatient.Token).AsTask();
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        await first.DisposeAsync();
        await using var third = await Store.BeginAsync(Cancellation);
        await third.CommitAsync();
    }

    [Fact]
    public async Task After_its_commit_a_transaction_takes_nothing_more()
    {
        await using var transaction = await Store.BeginAsync(Cancellation);
        await transaction.CommitAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await transaction.SaveVariableAsync("x", "1"));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await transaction.CommitAsync());
    }
}
