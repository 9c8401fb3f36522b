using Wizart.Flow.Engine.Commands;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Engine.Timetables;
using Wizart.Flow.Web.Health;
using Wizart.Flow.Web.Ui.Approvals;

namespace Wizart.Flow.Web.Ui.Home;

/// <summary>What the home page shows: is all well, and what comes.</summary>
public sealed record HomeModel
{
    /// <summary>Runs that failed in the last day, the newest of each DAG, newest first.</summary>
    public required IReadOnlyList<FailedRun> Failed { get; init; }

    /// <summary>Runs that should have begun and have not.</summary>
    public required IReadOnlyList<LateRun> Late { get; init; }

    /// <summary>Scripts that could not be taken.</summary>
    public required IReadOnlyList<ImportError> Errors { get; init; }

    /// <summary>Tasks that wait for a person.</summary>
    public required IReadOnlyList<ApprovalRow> Approvals { get; init; }

    /// <summary>What ran lately.</summary>
    public required TimelineModel Timeline { get; init; }

    /// <summary>The next runs.</summary>
    public required IReadOnlyList<NextRun> Next { get; init; }

    /// <summary>The pools.</summary>
    public required IReadOnlyList<PoolStatus> Pools { get; init; }

    /// <summary>How the daemon is, part by part.</summary>
    public required HealthReport Health { get; init; }

    /// <summary>How many attempts run on this node, and how many may.</summary>
    public required (int Running, int Slots) Work { get; init; }

    /// <summary>How many runs are running and queued now.</summary>
    public required (int Running, int Queued) Runs { get; init; }

    /// <summary>How many DAGs there are, and how many of them are paused.</summary>
    public required (int Active, int Paused) Dags { get; init; }

    /// <summary>Whether anything wants a person's eye.</summary>
    public bool NeedsAttention => Failed.Count + Late.Count + Errors.Count + Approvals.Count > 0;
}

/// <summary>A failed run, how often its DAG failed in the last day, and the first thing that went wrong in it.</summary>
public sealed record FailedRun(DagRun Run, int Times, string? TaskId, TaskInstanceView? Task);

/// <summary>A run that is due and has not begun.</summary>
public sealed record LateRun(DagRun Run, string Why);

/// <summary>A run to come.</summary>
public sealed record NextRun(string DagId, DueSlot Slot);

/// <summary>The runs of all DAGs over a span of time.</summary>
/// <param name="From">Its beginning.</param>
/// <param name="To">Its end: now.</param>
/// <param name="Rows">A row for each DAG that ran, the busiest first.</param>
public sealed record TimelineModel(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<TimelineRow> Rows);

/// <summary>The runs of one DAG in a timeline.</summary>
public sealed record TimelineRow(string DagId, IReadOnlyList<DagRun> Runs);
