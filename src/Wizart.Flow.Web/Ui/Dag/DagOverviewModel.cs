using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Engine.Timetables;

namespace Wizart.Flow.Web.Ui.Dag;

/// <summary>A DAG at a glance.</summary>
/// <param name="Head">The DAG.</param>
/// <param name="Runs">Its latest runs, oldest first.</param>
/// <param name="Failures">What failed in them lately, newest first.</param>
/// <param name="Next">Its next runs.</param>
public sealed record DagOverviewModel(DagHead Head, IReadOnlyList<DagRun> Runs, IReadOnlyList<RecentFailure> Failures, IReadOnlyList<DueSlot> Next);

/// <summary>Something that failed.</summary>
/// <param name="Run">The run.</param>
/// <param name="Failed">The instance.</param>
/// <param name="Log">The last lines of its log.</param>
public sealed record RecentFailure(DagRun Run, FailedInstance Failed, IReadOnlyList<NumberedLogLine> Log);
