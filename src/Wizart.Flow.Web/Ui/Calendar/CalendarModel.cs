using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Web.Ui.Dag;

namespace Wizart.Flow.Web.Ui.Calendar;

/// <summary>The days of a DAG, in its own zone: which ran, how it went, which were missed.</summary>
/// <param name="Head">The DAG.</param>
/// <param name="Months">The months, the newest first.</param>
/// <param name="Count">How many months.</param>
public sealed record CalendarModel(DagHead Head, IReadOnlyList<CalendarMonth> Months, int Count);

/// <summary>A month.</summary>
public sealed record CalendarMonth(DateOnly First, IReadOnlyList<CalendarDay> Days);

/// <summary>A day.</summary>
/// <param name="Date">Which.</param>
/// <param name="Worst">What became of its runs: the worst of it; null when it has none.</param>
/// <param name="Runs">How many runs it has.</param>
/// <param name="Failed">How many of them failed.</param>
/// <param name="OnlyRun">Its run, when it has one only.</param>
/// <param name="Missed">How many of its intervals are due and have no run.</param>
/// <param name="FirstMissed">The first of those.</param>
/// <param name="IsDue">Whether an interval of it is yet to come.</param>
public sealed record CalendarDay(DateOnly Date, RunState? Worst, int Runs, int Failed, long? OnlyRun, int Missed, DateTimeOffset? FirstMissed, bool IsDue);
