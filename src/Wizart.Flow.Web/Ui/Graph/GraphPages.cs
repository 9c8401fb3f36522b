using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Wizart.Flow.Web.Ui.Dag;
using Wizart.Flow.Web.Ui.Layout;
using Wizart.Flow.Web.Ui.Marks;
using Wizart.Flow.Web.Ui.Runs;

namespace Wizart.Flow.Web.Ui.Graph;

/// <summary>The graph of a DAG and of a run.</summary>
internal static class GraphPages
{
    public static void Map(RouteGroupBuilder ui)
    {
        ui.MapGet("/dags/{dagId}/graph", async (HttpContext context, string dagId, DagHeads heads, GraphBoard board, CancellationToken cancellation) =>
        {
            var head = await heads.FindAsync(dagId, cancellation);
            return Show<DagGraphPage>(context, head, await board.OfDagAsync(head.Dag, GraphBoard.Read(context.Request.Query), cancellation));
        });
        ui.MapGet("/runs/{runId}/graph", async (HttpContext context, string runId, RunBoard runs, GraphBoard board, CancellationToken cancellation) =>
        {
            var head = await runs.HeadAsync(runId, cancellation);
            return Show<RunGraphPage>(context, head, await board.OfRunAsync(head.Run, GraphBoard.Read(context.Request.Query), cancellation));
        });
    }

    // The script asks for the states alone, as JSON: the drawing stays as it was scrolled and zoomed.
    private static IResult Show<TPage>(HttpContext context, object head, GraphModel model)
        where TPage : Microsoft.AspNetCore.Components.IComponent =>
        context.Request.Query.ContainsKey("states")
            ? TypedResults.Json(model.States.ToDictionary(s => s.Key, s => new NodeUpdate(StateLook.Class(s.Value.State), StateLook.Sign(s.Value.State), s.Value.Words, StateLook.Words(s.Value.State))), UiJson.Default.DictionaryStringNodeUpdate)
            : Requests.Panel<TPage>(("Head", head), ("Model", model));
}

/// <summary>A node as it is now.</summary>
internal sealed record NodeUpdate(string State, string Sign, string Words, string Name);
