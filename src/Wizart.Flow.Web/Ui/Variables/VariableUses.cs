using System.Text.Json;
using Wizart.Flow.Engine.Dags;
using Wizart.Flow.Model;

namespace Wizart.Flow.Web.Ui.Variables;

/// <summary>Which tasks of active DAGs take which variables.</summary>
internal static class VariableUses
{
    public static ILookup<string, VariableUse> Of(DagCatalog catalog) =>
        (from dag in catalog.All
         where dag.IsActive
         orderby dag.Id
         from task in dag.Version.Model.Tasks
         from input in task.Inputs
         where input.Kind == InputKind.Variable
         select (input.Name, Use: new VariableUse(dag.Id, task.Id, input.Type.ToString(), DefaultOf(input))))
        .Distinct().ToLookup(found => found.Name, found => found.Use, StringComparer.Ordinal);

    private static string? DefaultOf(InputModel input) =>
        input.Default is { ValueKind: not JsonValueKind.Undefined } value ? value.GetRawText() : null;
}
