using Wizart.Flow.Engine.Backfills;
using Wizart.Flow.Engine.Runs;

namespace Wizart.Flow.Web.Ui.Backfills;

/// <summary>What is asked of the list of backfills; the same as its URL.</summary>
/// <param name="State"><c>unfinished</c>, or a state's word; empty for all.</param>
/// <param name="DagId">Of this DAG only; empty for all.</param>
/// <param name="Before">With a number smaller than this: the next page.</param>
public sealed record BackfillsQuery(string State, string DagId, long? Before)
{
    /// <summary>Its URL, from the base on.</summary>
    public string Url() => Layout.Query.Of(
        "backfills", ("state", State), ("dag", DagId), ("before", Before?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? ""));
}

/// <summary>Backfills, newest first, one page of them.</summary>
/// <param name="Query">What was asked.</param>
/// <param name="Rows">Those that fit.</param>
/// <param name="Next">The number before which the next page begins; null when this is the last.</param>
public sealed record BackfillsModel(BackfillsQuery Query, IReadOnlyList<BackfillProgress> Rows, long? Next);

/// <summary>One backfill and its runs.</summary>
/// <param name="Progress">How far it is.</param>
/// <param name="Zone">The zone of its DAG's schedule.</param>
/// <param name="Runs">Its runs, newest first, one page of them.</param>
/// <param name="State">In this state only; null for all.</param>
/// <param name="Next">The run before which the next page begins; null when this is the last.</param>
/// <param name="Before">The run that this page begins before; null for the first page.</param>
public sealed record BackfillModel(BackfillProgress Progress, TimeZoneInfo Zone, IReadOnlyList<DagRun> Runs, RunState? State, long? Next, long? Before);
