using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;

namespace Wizart.Flow.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task Pages_of_runs_follow_each_other_without_gap_or_overlap()
    {
        var etl = await PublishAsync("etl");
        var other = await PublishAsync("other");
        var ids = new List<long>();
        await DoAsync(async t =>
        {
            for (var i = 0; i < 25; i++)
            {
                ids.Add((await t.InsertRunAsync(Sample.Run(etl, i)))!.Id);
                await t.InsertRunAsync(Sample.Run(other, i));
            }
        });
        ids.Reverse();

        var seen = new List<long>();
        long? before = null;
        while (await Queries.RunsAsync(new RunFilter("etl", BeforeId: before, Count: 10), Cancellation) is { Count: > 0 } page)
        {
            seen.AddRange(page.Select(run => run.Id));
            before = page[^1].Id;
        }

        Assert.Equal(ids, seen);
        Assert.Equal(50, (await Queries.RunsAsync(new RunFilter(Count: 1000), Cancellation)).Count);
    }

    [Fact]
    public async Task Runs_are_filtered_by_state_and_logical_date()
    {
        var dag = await PublishAsync("etl");
        await InsertAsync(Sample.Run(dag, 1));
        var running = await RunningAsync(dag, 2);
        await RunningAsync(dag, 3);

        async Task<IEnumerable<long>> Ids(RunFilter filter) => (await Queries.RunsAsync(filter, Cancellation)).Select(run => run.Id);
        Assert.Equal(2, (await Ids(new RunFilter(State: RunState.Running))).Count());
        Assert.Equal([running.Id], await Ids(new RunFilter(
            "etl", RunState.Running, From: running.LogicalDate, To: running.LogicalDate.AddMicroseconds(1))));
        Assert.Empty(await Ids(new RunFilter("etl", To: Sample.Noon)));
        Assert.Empty(await Ids(new RunFilter("nobody")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public async Task A_page_has_1_to_1000_runs(int count) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Queries.RunsAsync(new RunFilter(Count: count), Cancellation));
}
