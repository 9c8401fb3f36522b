using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Web.Ui.Dag;

namespace Wizart.Flow.Web.Ui.Grid;

/// <summary>Runs by tasks: a column for each run, a row for each task and group.</summary>
/// <param name="Head">The DAG.</param>
/// <param name="Query">What is asked for.</param>
/// <param name="Rows">The rows, groups before what is in them.</param>
/// <param name="Columns">The columns, the newest last.</param>
/// <param name="Older">The id before which the next older page ends; null when there is none.</param>
public sealed record GridModel(DagHead Head, GridQuery Query, IReadOnlyList<GridRow> Rows, IReadOnlyList<GridColumn> Columns, long? Older);

/// <summary>What is asked of a grid; the same as its URL.</summary>
/// <param name="Count">How many runs.</param>
/// <param name="Kind">Of this kind only; empty for all.</param>
/// <param name="State">In this state only; empty for all.</param>
/// <param name="Before">Older than this run.</param>
public sealed record GridQuery(int Count, RunKind? Kind, RunState? State, long? Before);

/// <summary>A row of a grid.</summary>
/// <param name="Id">The id of the task or group.</param>
/// <param name="Words">What it is called inside of its group.</param>
/// <param name="Depth">How many groups are around it.</param>
/// <param name="Group">The group right around it; null at the top.</param>
/// <param name="IsGroup">Whether it is a group.</param>
/// <param name="IsMapped">Whether it runs once for each element of a list.</param>
public sealed record GridRow(string Id, string Words, int Depth, string? Group, bool IsGroup, bool IsMapped);

/// <summary>A column of a grid.</summary>
/// <param name="Run">The run.</param>
/// <param name="Version">The number of the version it is on.</param>
/// <param name="IsNewVersion">Whether the run before it was on another one.</param>
/// <param name="Height">How long it took, as a share of the longest in the grid.</param>
/// <param name="Cells">Where each row stands; null for a task that its version does not have.</param>
/// <param name="Counts">How many elements each row has; null for a plain one. Null when no row is mapped.</param>
public sealed record GridColumn(DagRun Run, int Version, bool IsNewVersion, double Height, TaskState?[] Cells, int?[]? Counts);
