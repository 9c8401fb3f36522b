using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Model;
using Wizart.Flow.Web.Ui.Forms;

namespace Wizart.Flow.Web.Ui.Actions;

/// <summary>The form that starts a run.</summary>
/// <param name="Dag">The DAG.</param>
/// <param name="Date">The date in the field; empty for the newest complete interval.</param>
/// <param name="Values">What stands in the fields of params.</param>
/// <param name="Recent">Values given lately, by param.</param>
/// <param name="Mistakes">What is wrong beside the params.</param>
/// <param name="Command">The same as a command for a shell.</param>
/// <param name="Alone">Whether it is shown in a dialog.</param>
public sealed record TriggerModel(
    StoredDag Dag, string Date, FormValues Values, IReadOnlyDictionary<string, IReadOnlyList<string>> Recent, IReadOnlyList<string> Mistakes, string Command, bool Alone)
{
    /// <summary>Its params by section, those without one first.</summary>
    public IEnumerable<IGrouping<string, ParamModel>> Sections => Dag.Version.Model.Params.GroupBy(p => p.Section ?? "").OrderBy(s => s.Key.Length > 0);
}
