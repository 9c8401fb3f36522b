using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Engine.Timetables;

namespace Wizart.Flow.Web.Ui.Dags;

/// <summary>A list of DAGs: those that fit the query, one page of them.</summary>
public sealed record DagListModel(DagListQuery Query, IReadOnlyList<DagRow> Rows, int Found, DagTotals Totals, IReadOnlyList<string> Tags, IReadOnlyList<string> Owners)
{
    /// <summary>How many stand on a page.</summary>
    public const int PageSize = 100;
}

/// <summary>One DAG of the list.</summary>
/// <param name="Dag">The DAG.</param>
/// <param name="Runs">Its latest runs, oldest first.</param>
/// <param name="Next">Its next run; null when none is to come.</param>
/// <param name="Mistakes">How many things are wrong with its file now.</param>
public sealed record DagRow(StoredDag Dag, IReadOnlyList<DagRun> Runs, DueSlot? Next, int Mistakes)
{
    /// <summary>Its newest run.</summary>
    public DagRun? Last => Runs.Count > 0 ? Runs[^1] : null;
}

/// <summary>How many DAGs there are of each kind that the chips above the list name.</summary>
public sealed record DagTotals(int All, int Running, int Failed, int Success, int Paused, int Broken);
