using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;

namespace Wizart.Flow.Storage.Tests.Contract;

/// <summary>What every store does. Run over each implementation.</summary>
public abstract partial class StoreContract : IAsyncLifetime
{
    protected IFlowStore Store { get; private set; } = null!;

    protected IFlowQueries Queries { get; private set; } = null!;

    protected IRetention Retention { get; private set; } = null!;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        (Store, Queries, Retention) = await OpenAsync();
        await Store.InitializeAsync(Cancellation);
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (Store is not null) await Store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A store with nothing in it.</summary>
    protected abstract Task<(IFlowStore, IFlowQueries, IRetention)> OpenAsync();

    internal async Task<T> DoAsync<T>(Func<IFlowTransaction, ValueTask<T>> work)
    {
        await using var transaction = await Store.BeginAsync(Cancellation);
        var result = await work(transaction);
        await transaction.CommitAsync();
        return result;
    }

    internal Task DoAsync(Func<IFlowTransaction, ValueTask> work) => DoAsync(async transaction =>
    {
        await work(transaction);
        return true;
    });

    internal Task<StoredDag> PublishAsync(string id, int tasks = 3, bool active = true, bool paused = false) =>
        DoAsync(async transaction =>
        {
            var version = await transaction.InsertVersionAsync(Sample.Version(Sample.Model(id, tasks)));
            var dag = Sample.Dag(version, active, paused);
            await transaction.SaveDagAsync(dag);
            return dag;
        });

    internal async Task<DagRun> InsertAsync(DagRun run) =>
        await DoAsync(transaction => transaction.InsertRunAsync(run)) ?? throw new InvalidOperationException("It was there already.");

    /// <summary>A run that is running.</summary>
    internal async Task<DagRun> RunningAsync(StoredDag dag, int day = 0, RunKind kind = RunKind.Manual)
    {
        var run = Sample.Run(dag, day, kind) with { State = RunState.Running, StartedAt = Sample.Noon };
        return await InsertAsync(run);
    }

    /// <summary>A run that is over.</summary>
    internal async Task<DagRun> EndedAsync(StoredDag dag, DateTimeOffset endedAt, RunKind kind = RunKind.Manual, int day = 0) =>
        await InsertAsync(Sample.Run(dag, day, kind) with { State = RunState.Success, StartedAt = endedAt, EndedAt = endedAt });

    internal Task<IReadOnlyList<long>> WriteAsync(Action<StoreWrites> fill) => DoAsync(transaction =>
    {
        var writes = new StoreWrites();
        fill(writes);
        return transaction.WriteAsync(writes);
    });

    internal static RunChanges Changes(
        DagRun run, StoredDag dag, IReadOnlyList<TaskInstance>? instances = null, IReadOnlyList<TaskAttempt>? attempts = null,
        IReadOnlyList<TaskOutput>? outputs = null) =>
        new(run with { Revision = run.Revision + 1 }, new RunGraph(dag.Version.Model), run.Revision, instances ?? [], attempts ?? [], outputs ?? []);
}
