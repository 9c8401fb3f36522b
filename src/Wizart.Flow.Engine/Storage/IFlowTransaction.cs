using Wizart.Flow.Engine.Access;
using Wizart.Flow.Engine.Assets;
using Wizart.Flow.Engine.Backfills;
using Wizart.Flow.Engine.Callbacks;
using Wizart.Flow.Engine.Connections;
using Wizart.Flow.Engine.Requests;
using Wizart.Flow.Engine.Runs;

namespace Wizart.Flow.Engine.Storage;

/// <summary>Changes that are stored together or not at all. Disposed without a commit, nothing of it happened.</summary>
public interface IFlowTransaction : ILimitWrites, IAssetWrites, IAccessWrites, IConnectionWrites, IAnswerWrites, IAsyncDisposable
{
    /// <summary>
    /// Stores a new run. For scheduled and backfill runs null when the DAG has one of this kind, logical date and backfill
    /// already, or has one of either kind and this logical date that is queued or running.
    /// </summary>
    ValueTask<DagRun?> InsertRunAsync(DagRun run);

    /// <summary>
    /// Sets queued runs of a DAG running, those with the earliest <see cref="DagRun.RunAfter"/> first, or with
    /// <paramref name="newestFirst"/> the latest, while fewer than
    /// <paramref name="maxActive"/> run; none when the DAG is paused or inactive, and none whose <see cref="DagRun.RunAfter"/>
    /// is later than <paramref name="now"/>. Runs of backfills neither count nor wait for others: they start, after the others,
    /// while their backfill is running, which limits them by creating few. Safe against other nodes doing the same.
    /// </summary>
    /// <returns>The runs as they are now, state running, revision raised.</returns>
    ValueTask<IReadOnlyList<DagRun>> StartRunsAsync(string dagId, int maxActive, DateTimeOffset now, bool newestFirst = false);

    /// <summary>Stores changes of runs and what came with them.</summary>
    /// <returns>The ids of the runs whose stored revision was another than expected; nothing of these was stored.</returns>
    ValueTask<IReadOnlyList<long>> WriteAsync(StoreWrites writes);

    /// <summary>Moves a run that has ended to another version of its DAG. False, and nothing is stored, when its stored revision is another.</summary>
    ValueTask<bool> MoveRunAsync(RunMove move);

    /// <summary>Stores a note in the place of the one before; an empty text removes it.</summary>
    ValueTask SaveNoteAsync(RunNote note);

    /// <summary>Stores a new backfill and gives it its id. Null when the DAG has one that is running or paused.</summary>
    ValueTask<Backfill?> InsertBackfillAsync(Backfill backfill);

    /// <summary>Stores how far a backfill is and its state; false, and nothing is stored, when its stored revision is not the one before this.</summary>
    ValueTask<bool> SaveBackfillAsync(Backfill backfill);

    /// <summary>
    /// Stores a DAG's row: active or not, paused or not, active version. Inserts or updates. With it, which assets it names and
    /// follows; what its queue holds of others is removed, all of it when the DAG is no longer active.
    /// </summary>
    ValueTask SaveDagAsync(StoredDag dag);

    /// <summary>Stores a new version and gives it its id and number.</summary>
    ValueTask<DagVersion> InsertVersionAsync(DagVersion version);

    /// <summary>Moves a version to a new image of the same code (only layout changed).</summary>
    ValueTask UpdateVersionImageAsync(DagVersion version);

    /// <summary>Replaces the import errors of a file; none clears them.</summary>
    ValueTask SaveImportErrorsAsync(ImportError? error, string file);

    /// <summary>A variable's value as JSON, which nobody else changes until the transaction is over; null when there is none.</summary>
    ValueTask<string?> LockVariableAsync(string name);

    /// <summary>Stores a variable's value, or removes it when null.</summary>
    ValueTask SaveVariableAsync(string name, string? json);

    /// <summary>Stores how a try of a delivery went. False when it is over, or another has stored this try: then nothing changes.</summary>
    ValueTask<bool> SaveDeliveryTryAsync(DeliveryTry result);

    /// <summary>Stores that a run missed a deadline. False when the run is over, or the same was stored before: then nothing changes.</summary>
    ValueTask<bool> MissDeadlineAsync(Delivery missed);

    /// <summary>Adds a line to the audit log.</summary>
    ValueTask AuditAsync(AuditEntry entry);

    /// <summary>Makes all of it durable.</summary>
    ValueTask CommitAsync();

    /// <summary>
    /// <see cref="WriteAsync"/> and <see cref="CommitAsync"/> in one: on a database server one round trip when nothing else
    /// was done in the transaction. What was not refused is committed.
    /// </summary>
    async ValueTask<IReadOnlyList<long>> WriteAndCommitAsync(StoreWrites writes)
    {
        var refused = await WriteAsync(writes);
        await CommitAsync();
        return refused;
    }
}

/// <summary>What the state hot path stores at once.</summary>
public sealed class StoreWrites
{
    /// <summary>Changes of runs; at most one per run.</summary>
    public List<RunChanges> Runs { get; } = [];

    /// <summary>Batches of log lines.</summary>
    public List<LogChunk> Logs { get; } = [];

    /// <summary>How far attempts are.</summary>
    public List<ProgressUpdate> Progress { get; } = [];

    /// <summary>Points of time series.</summary>
    public List<MetricPoint> Metrics { get; } = [];

    /// <summary>Artifacts that were kept.</summary>
    public List<KeptArtifact> Artifacts { get; } = [];

    /// <summary>Whether there is nothing to store.</summary>
    public bool IsEmpty => Runs.Count + Logs.Count + Progress.Count + Metrics.Count + Artifacts.Count == 0;
}
