using Wizart.Flow.Engine.Callbacks;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Execution;

namespace Wizart.Flow.Web.Tests;

/// <summary>A database that can't be read; without a message, a bug.</summary>
internal sealed class BrokenQueries(string? message) : IFlowQueries
{
    public Task<IReadOnlyList<DagSummary>> DagsAsync(bool includeInactive, CancellationToken cancellation) => throw Error();

    public Task<DagVersion?> VersionAsync(string dagId, int? number, CancellationToken cancellation) => throw Error();

    public Task<IReadOnlyList<DagRun>> RunsAsync(RunFilter filter, CancellationToken cancellation) => throw Error();

    public Task<DagRun?> RunAsync(long runId, CancellationToken cancellation) => throw Error();

    public Task<IReadOnlyList<TaskInstanceView>> TasksAsync(long runId, CancellationToken cancellation) => throw Error();

    public Task<IReadOnlyList<VersionSummary>> VersionsAsync(string dagId, int? before, int count, CancellationToken cancellation) => throw Error();

    public Task<IReadOnlyList<StoredVariable>> VariablesAsync(string? after, int count, CancellationToken cancellation) => throw Error();

    public Task<IReadOnlyDictionary<TaskState, long>> LiveTasksAsync(CancellationToken cancellation) => throw Error();

    public Task<IReadOnlyList<TaskInstanceView>> TasksAsync(long runId, int mostElements, CancellationToken cancellation) => throw Error();

    public Task<TaskInstanceView?> TaskAsync(long runId, int taskIndex, int mapIndex, CancellationToken cancellation) => throw Error();

    public Task<IReadOnlyList<TaskInstanceView>> ElementsAsync(ElementFilter filter, CancellationToken cancellation) => throw Error();

    public Task<IReadOnlyList<ElementCount>> ElementCountsAsync(long runId, CancellationToken cancellation) => throw Error();

    public Task<IReadOnlyList<TaskAttempt>> AttemptsAsync(long runId, int taskIndex, int mapIndex, CancellationToken cancellation) => throw Error();

    public Task<IReadOnlyList<NumberedLogLine>> LogAsync(AttemptKey key, int fromLine, int count, CancellationToken cancellation) => throw Error();

    public Task<int> LogLengthAsync(AttemptKey key, CancellationToken cancellation) => throw Error();

    public Task<IReadOnlyList<WaitingInstance>> ApprovalsAsync(string? dagId, int count, CancellationToken cancellation) => throw Error();

    public Task<IReadOnlyList<Delivery>> DeliveriesAsync(long runId, CancellationToken cancellation) => throw Error();

    public Task<TaskValue?> OutputAsync(long runId, int taskIndex, int mapIndex, CancellationToken cancellation) => throw Error();

    public Task<IReadOnlyList<KeptArtifact>> ArtifactsAsync(long runId, CancellationToken cancellation) => throw Error();

    public Task<IReadOnlyList<RunNote>> NotesAsync(long runId, CancellationToken cancellation) => throw Error();

    public Task<IReadOnlyList<ImportError>> ImportErrorsAsync(CancellationToken cancellation) => throw Error();

    public Task<IReadOnlyList<AuditEntry>> AuditAsync(AuditFilter filter, CancellationToken cancellation) => throw Error();

    public Task<ILookup<string, DagRun>> NewestRunsAsync(IReadOnlyCollection<string> dagIds, int perDag, CancellationToken cancellation) => throw Error();

    public Task<IReadOnlyList<DagRun>> RunsWithinAsync(DateTimeOffset from, DateTimeOffset to, int count, CancellationToken cancellation) => throw Error();

    public Task<long?> NextRunAsync(string dagId, long runId, CancellationToken cancellation) => throw Error();

    public Task<IReadOnlyList<TaskCell>> CellsAsync(IReadOnlyCollection<long> runIds, CancellationToken cancellation) => throw Error();

    public Task<IReadOnlyList<FailedInstance>> FailuresAsync(IReadOnlyCollection<long> runIds, int count, CancellationToken cancellation) => throw Error();

    public Task<IReadOnlyList<TaskAttempt>> RunAttemptsAsync(long runId, int count, CancellationToken cancellation) => throw Error();

    public Task<IReadOnlyList<NamedPoint>> RunPointsAsync(long runId, (int TaskIndex, int MapIndex)? instance, int count, CancellationToken cancellation) => throw Error();

    public Task<IReadOnlyList<DatedRun>> DatedRunsAsync(string dagId, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation) => throw Error();

    private Exception Error() => message is null ? new InvalidOperationException("a secret") : new StoreException(message);
}
