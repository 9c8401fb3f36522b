using Wizart.Flow.Engine.Runs;

namespace Wizart.Flow.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    private static readonly DateTimeOffset Later = Sample.Noon.AddDays(100);

    [Fact]
    public async Task The_run_that_waits_longest_starts_first_and_no_more_than_the_limit()
    {
        var dag = await PublishAsync("etl");
        var third = await InsertAsync(Sample.Run(dag, 3));
        var first = await InsertAsync(Sample.Run(dag, 1));
        var second = await InsertAsync(Sample.Run(dag, 2));

        var started = await DoAsync(t => t.StartRunsAsync("etl", 2, Later));

        Assert.Equal([first.Id, second.Id], started.Select(run => run.Id));
        Assert.All(started, run => Assert.Equal((RunState.Running, 1, Later), (run.State, run.Revision, run.StartedAt)));
        var stored = (await Store.LoadRunAsync(first.Id, Cancellation))!.Run;
        Assert.Equal(started[0] with { Params = stored.Params }, stored);
        Assert.Equal(RunState.Queued, (await Store.LoadRunAsync(third.Id, Cancellation))!.Run.State);
        Assert.Empty(await DoAsync(t => t.StartRunsAsync("etl", 2, Later)));
        Assert.Equal([third.Id], (await DoAsync(t => t.StartRunsAsync("etl", 3, Later))).Select(run => run.Id));
    }

    [Fact]
    public async Task The_newest_run_starts_first_where_that_is_asked_for()
    {
        var dag = await PublishAsync("etl");
        var third = await InsertAsync(Sample.Run(dag, 3));
        var first = await InsertAsync(Sample.Run(dag, 1));
        var second = await InsertAsync(Sample.Run(dag, 2));
        Assert.Equal([third.Id, second.Id], (await DoAsync(t => t.StartRunsAsync("etl", 2, Later, newestFirst: true))).Select(run => run.Id));
        Assert.Equal([first.Id], (await DoAsync(t => t.StartRunsAsync("etl", 3, Later, newestFirst: true))).Select(run => run.Id));
    }

    [Fact]
    public async Task Running_runs_of_other_dags_do_not_count()
    {
        var etl = await PublishAsync("etl");
        await RunningAsync(await PublishAsync("other"));
        await InsertAsync(Sample.Run(etl));
        Assert.Single(await DoAsync(t => t.StartRunsAsync("etl", 1, Later)));
    }

    [Fact]
    public async Task A_run_inserted_in_the_same_transaction_starts()
    {
        var dag = await PublishAsync("etl");
        var started = await DoAsync(async t =>
        {
            await t.InsertRunAsync(Sample.Run(dag));
            return await t.StartRunsAsync("etl", 16, Later);
        });
        Assert.Single(started);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task Nothing_starts_while_the_dag_is_paused_or_inactive(bool active, bool paused)
    {
        var dag = await PublishAsync("etl", active: active, paused: paused);
        await InsertAsync(Sample.Run(dag));
        Assert.Empty(await DoAsync(t => t.StartRunsAsync("etl", 16, Later)));

        await DoAsync(t => t.SaveDagAsync(dag with { IsActive = true, IsPaused = false }));
        Assert.Single(await DoAsync(t => t.StartRunsAsync("etl", 16, Later)));
    }

    [Fact]
    public async Task Nothing_starts_of_a_dag_that_is_not_there() =>
        Assert.Empty(await DoAsync(t => t.StartRunsAsync("nobody", 16, Later)));

    [Fact]
    public async Task A_run_does_not_start_before_its_time()
    {
        var dag = await PublishAsync("etl");
        var run = await InsertAsync(Sample.Run(dag));
        Assert.Empty(await DoAsync(t => t.StartRunsAsync("etl", 16, run.RunAfter.AddMicroseconds(-1))));
        Assert.Single(await DoAsync(t => t.StartRunsAsync("etl", 16, run.RunAfter)));
    }
}
