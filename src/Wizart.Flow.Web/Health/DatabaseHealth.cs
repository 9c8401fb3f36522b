using Microsoft.Extensions.Logging;
using Wizart.Flow.Engine.Storage;

namespace Wizart.Flow.Web.Health;

/// <summary>Whether the database can be read, within a few seconds.</summary>
internal sealed class DatabaseHealth(IFlowStore store, TimeProvider time, ILogger<DatabaseHealth> log) : IHealthPart
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private DateTimeOffset? _beat;

    public string Name => "database";

    public async ValueTask<PartHealth> CheckAsync(CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            await store.LoadVariablesAsync(["health"], both.Token).AsTask().WaitAsync(both.Token);
            _beat = time.GetUtcNow();
            return new PartHealth(PartStatus.Ok, _beat);
        }
        catch (StoreException error)
        {
            log.LogError("The database can't be read: {Error}", error.Message); // the address of the database is not for everybody
            return new PartHealth(PartStatus.Failed, _beat, "can't be read; the daemon's log says why");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new PartHealth(PartStatus.Failed, _beat, $"does not answer within {Patience.TotalSeconds} s");
        }
    }
}
