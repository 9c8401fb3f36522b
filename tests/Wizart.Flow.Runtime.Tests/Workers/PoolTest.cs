using Wizart.Flow.Execution;
using Wizart.Flow.Runtime.Tests.Contract;
using Wizart.Flow.Runtime.Tests.Scripts;
using Wizart.Flow.Runtime.Workers;

namespace Wizart.Flow.Runtime.Tests.Workers;

/// <summary>A test with a pool of its own.</summary>
public abstract class PoolTest : IAsyncDisposable
{
    private readonly List<WorkerPool> _pools = [];

    internal Told Told { get; } = new();

    protected AttemptControl Control { get; } = new();

    protected WorkerPool NewPool(WorkerPoolOptions? options = null, TimeProvider? time = null)
    {
        var pool = new WorkerPool(options ?? new WorkerPoolOptions { MaxWorkers = 1 }, time);
        _pools.Add(pool);
        return pool;
    }

    internal static Task<AttemptOutcome> Run(WorkerPool pool, AttemptOrder order, Told told, AttemptControl control) =>
        pool.RunAsync(order, told.Add, control).WaitAsync(TimeSpan.FromSeconds(120));

    protected Task<AttemptOutcome> Run(WorkerPool pool, string body) => Run(pool, Orders.Body(body), Told, Control);

    protected static string? Value(AttemptOutcome outcome) => Assert.IsType<AttemptOutcome.Succeeded>(outcome).Value?.Json?.ToString();

    protected static TaskError Error(AttemptOutcome outcome, string type)
    {
        var error = Assert.IsType<AttemptOutcome.Failed>(outcome).Error;
        Assert.Equal(type, error.Type);
        return error;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var pool in _pools) await pool.DisposeAsync();
        Control.Dispose();
        GC.SuppressFinalize(this);
    }
}
