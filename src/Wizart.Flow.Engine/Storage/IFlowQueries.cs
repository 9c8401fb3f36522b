using Wizart.Flow.Engine.Callbacks;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Storage;

/// <summary>What people look at: reads for the API, the UI and the CLI. Never changes anything.</summary>
public interface IFlowQueries : IPanelReads
{
    /// <summary>All DAGs in the order of their ids, inactive ones only when asked for.</summary>
    Task<IReadOnlyList<DagSummary>> DagsAsync(bool includeInactive, CancellationToken cancellation);

    /// <summary>A DAG's version by number, or the active one when null.</summary>
    Task<DagVersion?> VersionAsync(string dagId, int? number, CancellationToken cancellation);

    /// <summary>A DAG's versions without their models, newest first.</summary>
    /// <param name="dagId">The DAG.</param>
    /// <param name="before">With a number smaller than this: the next page.</param>
    /// <param name="count">At most so many.</param>
    /// <param name="cancellation">Gives up.</param>
    Task<IReadOnlyList<VersionSummary>> VersionsAsync(string dagId, int? before, int count, CancellationToken cancellation);

    /// <summary>Stored variables in the order of their names, those after a name only.</summary>
    Task<IReadOnlyList<StoredVariable>> VariablesAsync(string? after, int count, CancellationToken cancellation);

    /// <summary>How many task instances of running runs are in each state.</summary>
    Task<IReadOnlyDictionary<TaskState, long>> LiveTasksAsync(CancellationToken cancellation);

    /// <summary>Runs in the order that the filter asks for.</summary>
    Task<IReadOnlyList<DagRun>> RunsAsync(RunFilter filter, CancellationToken cancellation);

    /// <summary>One run; null when there is none.</summary>
    Task<DagRun?> RunAsync(long runId, CancellationToken cancellation);

    /// <summary>The stored task instances of a run with their progress; those that never left <c>none</c> are not in it.</summary>
    Task<IReadOnlyList<TaskInstanceView>> TasksAsync(long runId, CancellationToken cancellation);

    /// <summary>The same, of a mapped task at most the first elements.</summary>
    Task<IReadOnlyList<TaskInstanceView>> TasksAsync(long runId, int mostElements, CancellationToken cancellation);

    /// <summary>One stored task instance; null when it never left <c>none</c>.</summary>
    Task<TaskInstanceView?> TaskAsync(long runId, int taskIndex, int mapIndex, CancellationToken cancellation);

    /// <summary>Stored elements of a mapped task, in their order.</summary>
    Task<IReadOnlyList<TaskInstanceView>> ElementsAsync(ElementFilter filter, CancellationToken cancellation);

    /// <summary>How many stored elements of each mapped task of a run are in each state.</summary>
    Task<IReadOnlyList<ElementCount>> ElementCountsAsync(long runId, CancellationToken cancellation);

    /// <summary>Instances of running runs that wait for a person, oldest run first, at most <paramref name="count"/>.</summary>
    Task<IReadOnlyList<WaitingInstance>> ApprovalsAsync(string? dagId, int count, CancellationToken cancellation);

    /// <summary>The attempts of one task instance that are over, oldest first.</summary>
    Task<IReadOnlyList<TaskAttempt>> AttemptsAsync(long runId, int taskIndex, int mapIndex, CancellationToken cancellation);

    /// <summary>Log lines of an attempt from a line number on, at most <paramref name="count"/>.</summary>
    Task<IReadOnlyList<NumberedLogLine>> LogAsync(AttemptKey key, int fromLine, int count, CancellationToken cancellation);

    /// <summary>How many log lines of an attempt are stored.</summary>
    Task<int> LogLengthAsync(AttemptKey key, CancellationToken cancellation);

    /// <summary>What callbacks of a run told, or are to tell, oldest first.</summary>
    Task<IReadOnlyList<Delivery>> DeliveriesAsync(long runId, CancellationToken cancellation);

    /// <summary>The notes on a run and on its task instances.</summary>
    Task<IReadOnlyList<RunNote>> NotesAsync(long runId, CancellationToken cancellation);

    /// <summary>The output of a task instance; null when it has none.</summary>
    Task<TaskValue?> OutputAsync(long runId, int taskIndex, int mapIndex, CancellationToken cancellation);

    /// <summary>The artifacts of a run.</summary>
    Task<IReadOnlyList<KeptArtifact>> ArtifactsAsync(long runId, CancellationToken cancellation);

    /// <summary>The scripts that could not be taken.</summary>
    Task<IReadOnlyList<ImportError>> ImportErrorsAsync(CancellationToken cancellation);

    /// <summary>The audit log, newest first.</summary>
    Task<IReadOnlyList<AuditEntry>> AuditAsync(AuditFilter filter, CancellationToken cancellation);
}

/// <summary>A DAG in a list.</summary>
/// <param name="Dag">The DAG with its active version's model.</param>
/// <param name="LastRun">Its newest run.</param>
/// <param name="RunCounts">How many of its runs are in each state.</param>
/// <param name="Errors">What is wrong with its file now; the version shown is the last good one.</param>
public sealed record DagSummary(StoredDag Dag, DagRun? LastRun, IReadOnlyDictionary<RunState, int> RunCounts, IReadOnlyList<Diagnostic> Errors);

/// <summary>An instance that waits, and the run it is of.</summary>
public sealed record WaitingInstance(DagRun Run, TaskInstance Instance);

/// <summary>A task instance as people see it.</summary>
public sealed record TaskInstanceView(TaskInstance Instance, double? Progress, string? ProgressText, TaskError? Error)
{
    /// <summary>The task's id, for one that the run's version no longer has.</summary>
    public string? TaskId { get; init; }
}

/// <summary>A log line and its number in the attempt, from one.</summary>
public sealed record NumberedLogLine(int Number, LogLine Line);
