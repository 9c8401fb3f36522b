using Wizart.Flow.Engine.Access;
using Wizart.Flow.Engine.Assets;
using Wizart.Flow.Engine.Backfills;
using Wizart.Flow.Engine.Callbacks;
using Wizart.Flow.Engine.Connections;
using Wizart.Flow.Engine.Metrics;
using Wizart.Flow.Engine.Requests;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Execution;

namespace Wizart.Flow.Engine.Storage;

/// <summary>
/// The database: the only truth. Everything that changes a run goes through a <see cref="IFlowTransaction"/>; reads see
/// what is committed.
/// </summary>
public interface IFlowStore : IBackfillReads, ILimitReads, IAssetReads, IMetricReads, IAccessReads, IConnectionReads, IAnswerReads, IAsyncDisposable
{
    /// <summary>Brings the schema up to date and checks that the database can be used.</summary>
    /// <exception cref="StoreException">It is locked, corrupt, newer than this program, or out of reach; the message says what to do.</exception>
    Task InitializeAsync(CancellationToken cancellation);

    /// <summary>Begins a transaction. On SQLite one at a time: a second caller waits.</summary>
    ValueTask<IFlowTransaction> BeginAsync(CancellationToken cancellation);

    /// <summary>A run with its stored instances, as it is now; null when there is none.</summary>
    ValueTask<StoredRun?> LoadRunAsync(long runId, CancellationToken cancellation);

    /// <summary>The runs that are queued or running.</summary>
    Task<IReadOnlyList<DagRun>> UnfinishedRunsAsync(CancellationToken cancellation);

    /// <summary>Outputs of tasks of a run, by task index; those that are not there are left out.</summary>
    ValueTask<IReadOnlyDictionary<int, TaskValue>> LoadOutputsAsync(long runId, IReadOnlyCollection<int> taskIndexes, CancellationToken cancellation);

    /// <summary>What the elements of a mapped task gave, in their order; those that gave nothing are left out.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="taskIndex">The mapped task.</param>
    /// <param name="mapIndex">One element; null for all.</param>
    /// <param name="cancellation">Gives up.</param>
    ValueTask<IReadOnlyList<TaskOutput>> LoadMappedOutputsAsync(long runId, int taskIndex, int? mapIndex, CancellationToken cancellation);

    /// <summary>Deliveries that are pending, by their number.</summary>
    Task<IReadOnlyList<Delivery>> PendingDeliveriesAsync(PendingFilter filter, CancellationToken cancellation);

    /// <summary>The newest run of a DAG with a logical date; null when there is none.</summary>
    ValueTask<DagRun?> NewestRunAsync(string dagId, DateTimeOffset logicalDate, CancellationToken cancellation);

    /// <summary>How many log lines of an attempt are stored.</summary>
    ValueTask<int> LogLinesAsync(AttemptKey key, CancellationToken cancellation);

    /// <summary>All DAGs that were ever published, with their active versions.</summary>
    Task<IReadOnlyList<StoredDag>> LoadDagsAsync(CancellationToken cancellation);

    /// <summary>One version; null when there is none.</summary>
    ValueTask<DagVersion?> LoadVersionAsync(long versionId, CancellationToken cancellation);

    /// <summary>The newest scheduled run's slot of each DAG, to go on from after a restart.</summary>
    Task<IReadOnlyDictionary<string, DateTimeOffset>> NewestScheduledAsync(CancellationToken cancellation);

    /// <summary>Stored variables by name, values as JSON; those that are not there are left out.</summary>
    ValueTask<IReadOnlyDictionary<string, JsonPayload>> LoadVariablesAsync(IReadOnlyCollection<string> names, CancellationToken cancellation);
}

/// <summary>A run and the instances of it that were ever stored.</summary>
public sealed record StoredRun(DagRun Run, IReadOnlyList<TaskInstance> Instances);

/// <summary>Which pending deliveries are asked for.</summary>
/// <param name="DeliveryId">This one only.</param>
/// <param name="RunId">Of this run only.</param>
/// <param name="AfterId">With a number larger than this: the next page.</param>
/// <param name="Count">At most so many.</param>
public sealed record PendingFilter(long? DeliveryId = null, long? RunId = null, long AfterId = 0, int Count = 1_000);

/// <summary>What went wrong with the database, and what to do.</summary>
public sealed class StoreException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether the same may succeed later without a person's doing: a lock, a full disk, a lost connection.</summary>
    public bool IsTransient { get; init; }
}
