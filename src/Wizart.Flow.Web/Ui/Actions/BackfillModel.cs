using Wizart.Flow.Engine.Backfills;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Web.Ui.Forms;

namespace Wizart.Flow.Web.Ui.Actions;

/// <summary>The form that begins a backfill.</summary>
/// <param name="Dag">The DAG.</param>
/// <param name="From">The first date, as it stands in the field.</param>
/// <param name="To">The last date, as it stands in the field.</param>
/// <param name="Reprocess">Which intervals that have a run get another.</param>
/// <param name="MaxActive">How many of its runs may be active at once, as it stands in the field.</param>
/// <param name="Backwards">Whether the newest interval comes first.</param>
/// <param name="Values">What stands in the fields of params.</param>
/// <param name="Preview">What it would do; null when nothing can be said yet.</param>
/// <param name="Mistakes">What is wrong.</param>
/// <param name="Alone">Whether it is shown in a dialog.</param>
public sealed record BackfillModel(
    StoredDag Dag, string From, string To, Reprocess Reprocess, string MaxActive, bool Backwards, FormValues Values, BackfillPreview? Preview,
    IReadOnlyList<string> Mistakes, bool Alone);
