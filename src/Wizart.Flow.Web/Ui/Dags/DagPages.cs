using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Wizart.Flow.Engine;
using Wizart.Flow.Engine.Access;
using Wizart.Flow.Web.Access;
using Wizart.Flow.Web.Ui.Layout;

namespace Wizart.Flow.Web.Ui.Dags;

/// <summary>The list of DAGs and what is done with one.</summary>
internal static class DagPages
{
    public static void Map(RouteGroupBuilder ui)
    {
        ui.MapGet("/dags", ListAsync);
        ui.MapPost("/dags/{dagId}/pause", (HttpContext context, string dagId, FlowEngine engine) => PauseAsync(context, dagId, engine, paused: true)).Needs(Role.Operator);
        ui.MapPost("/dags/{dagId}/unpause", (HttpContext context, string dagId, FlowEngine engine) => PauseAsync(context, dagId, engine, paused: false)).Needs(Role.Operator);
    }

    private static async Task<IResult> ListAsync(HttpContext context, DagLists lists, CancellationToken cancellation)
    {
        var model = await lists.LoadAsync(DagListQuery.Of(context.Request.Query), cancellation);
        return context.IsPartial() ? Requests.Page<DagList>(model) : Requests.Page<DagListPage>(model);
    }

    private static async Task<IResult> PauseAsync(HttpContext context, string dagId, FlowEngine engine, bool paused)
    {
        await engine.Commands.PauseAsync(dagId, paused, context.Actor());
        return Requests.Done(context, paused ? $"{dagId} is paused: running runs go on, nothing new begins." : $"{dagId} goes on.");
    }
}
