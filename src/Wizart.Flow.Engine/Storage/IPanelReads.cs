using Wizart.Flow.Engine.Metrics;
using Wizart.Flow.Engine.Runs;

namespace Wizart.Flow.Engine.Storage;

/// <summary>What the panel shows of many runs or instances at once: one read each, however many they are.</summary>
public interface IPanelReads
{
    /// <summary>The newest runs of some DAGs, at most <paramref name="perDag"/> of each, newest first.</summary>
    Task<ILookup<string, DagRun>> NewestRunsAsync(IReadOnlyCollection<string> dagIds, int perDag, CancellationToken cancellation);

    /// <summary>
    /// Runs that were under way at some time of a span: begun before its end, and not ended before its start. The latest begun
    /// first, at most <paramref name="count"/>.
    /// </summary>
    Task<IReadOnlyList<DagRun>> RunsWithinAsync(DateTimeOffset from, DateTimeOffset to, int count, CancellationToken cancellation);

    /// <summary>The number of the DAG's run that was stored next after a run; null when it is the newest.</summary>
    Task<long?> NextRunAsync(string dagId, long runId, CancellationToken cancellation);

    /// <summary>The task instances of some runs as they stand, a mapped task as a whole; those that never left <c>none</c> are not in it.</summary>
    Task<IReadOnlyList<TaskCell>> CellsAsync(IReadOnlyCollection<long> runIds, CancellationToken cancellation);

    /// <summary>The instances of some runs that failed, with their errors, newest first, at most <paramref name="count"/>.</summary>
    Task<IReadOnlyList<FailedInstance>> FailuresAsync(IReadOnlyCollection<long> runIds, int count, CancellationToken cancellation);

    /// <summary>All attempts of a run that are over, in the order of their ends, at most <paramref name="count"/>.</summary>
    Task<IReadOnlyList<TaskAttempt>> RunAttemptsAsync(long runId, int count, CancellationToken cancellation);

    /// <summary>What a run measured, in the order it was told, at most <paramref name="count"/>; of each instance what its newest attempt told of a metric.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="instance">Of this instance only (its task's place and its element, -1 for none); null for all.</param>
    /// <param name="count">The most.</param>
    /// <param name="cancellation">Gives up.</param>
    Task<IReadOnlyList<NamedPoint>> RunPointsAsync(long runId, (int TaskIndex, int MapIndex)? instance, int count, CancellationToken cancellation);

    /// <summary>The runs of a DAG that lie in a span of logical dates, oldest first: what a calendar shows. Only what it needs of each.</summary>
    Task<IReadOnlyList<DatedRun>> DatedRunsAsync(string dagId, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation);
}

/// <summary>One task of one run.</summary>
/// <param name="RunId">The run.</param>
/// <param name="TaskIndex">The task's place in the version that the run is on.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Attempt">The number of its newest attempt.</param>
/// <param name="QueuedAt">When it last began to wait for a process.</param>
/// <param name="StartedAt">When its newest attempt began.</param>
/// <param name="EndedAt">When it became final.</param>
/// <param name="Elements">Of a mapped task: how many elements it has, once that is known.</param>
public readonly record struct TaskCell(
    long RunId, int TaskIndex, TaskState State, int Attempt, DateTimeOffset? QueuedAt, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt,
    int? Elements);

/// <summary>A point, and of which metric.</summary>
public sealed record NamedPoint(string Name, SeriesPoint Point);

/// <summary>An instance that failed, and of which run.</summary>
public sealed record FailedInstance(long RunId, TaskInstanceView View);

/// <summary>A run of a calendar's day.</summary>
public readonly record struct DatedRun(long RunId, DateTimeOffset LogicalDate, RunState State, RunKind Kind);
