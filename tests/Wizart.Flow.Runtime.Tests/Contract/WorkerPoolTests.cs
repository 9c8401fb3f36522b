using Wizart.Flow.Execution;
using Wizart.Flow.Runtime.Workers;

namespace Wizart.Flow.Runtime.Tests.Contract;

public sealed class WorkerPoolTests(SharedPool shared) : RunnerContract, IClassFixture<SharedPool>, IDisposable
{
    protected override string ArtifactRoot => shared.ArtifactRoot;

    protected override IScriptEvaluator Evaluator => shared.Pool;

    protected override Task<AttemptOutcome> RunAsync(AttemptOrder order, Action<AttemptEvent> tell, AttemptControl control) =>
        shared.Pool.RunAsync(order, tell, control);

    public void Dispose() => Control.Dispose();
}

/// <summary>One pool for the contract.</summary>
public sealed class SharedPool : IAsyncDisposable
{
    public SharedPool() => Pool = new WorkerPool(new WorkerPoolOptions { ArtifactRoot = ArtifactRoot, DescribeTimeout = TimeSpan.FromSeconds(4) });

    public string ArtifactRoot { get; } = Directory.CreateTempSubdirectory("flow-artifacts-").FullName;

    public WorkerPool Pool { get; }

    public async ValueTask DisposeAsync()
    {
        await Pool.DisposeAsync();
        Directory.Delete(ArtifactRoot, recursive: true);
    }
}
