using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Wizart.Flow.Engine;
using Wizart.Flow.Engine.Access;
using Wizart.Flow.Engine.Backfills;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Web.Access;
using Wizart.Flow.Web.Ui.Forms;

namespace Wizart.Flow.Web.Ui.Backfills;

/// <summary>Backfills: all of them, one of them, and pausing, going on, cancelling.</summary>
internal static class BackfillPages
{
    private const int PageSize = 50;

    public static void Map(RouteGroupBuilder ui)
    {
        ui.MapGet("/backfills", ListAsync);
        ui.MapGet("/backfills/{id}", ShowAsync);
        ui.MapPost("/backfills/{id}/pause", (HttpContext context, string id, FlowEngine engine) => PauseAsync(context, Id(id), engine, paused: true)).Needs(Role.Operator);
        ui.MapPost("/backfills/{id}/unpause", (HttpContext context, string id, FlowEngine engine) => PauseAsync(context, Id(id), engine, paused: false)).Needs(Role.Operator);
        ui.MapPost("/backfills/{id}/cancel", CancelAsync).Needs(Role.Operator);
    }

    private static async Task<IResult> ListAsync(HttpContext context, IFlowStore store, CancellationToken cancellation)
    {
        var query = new BackfillsQuery(context.Request.Query["state"].ToString(), context.Request.Query["dag"].ToString(), RunPath.Id(context.Request.Query["before"].ToString()));
        var found = await BackfillReads.PageAsync(store, query, PageSize + 1, cancellation);
        var rows = new List<BackfillProgress>();
        foreach (var backfill in found.Take(PageSize))
            rows.Add(new(backfill, await store.BackfillRunsAsync(backfill.Id, cancellation)));
        return FormRequests.Show<BackfillList, BackfillsPage>(
            context, new BackfillsModel(query, rows, found.Count > PageSize ? found[PageSize - 1].Id : null));
    }

    private static async Task<IResult> ShowAsync(HttpContext context, string id, FlowEngine engine, IFlowQueries queries, CancellationToken cancellation)
    {
        var progress = await engine.BackfillCommands.FindAsync(Id(id));
        var state = SnakeCaseEnums.Read<RunState>(context.Request.Query["state"].ToString());
        var before = RunPath.Id(context.Request.Query["before"].ToString());
        var (runs, next) = await BackfillReads.RunsAsync(queries, progress.Backfill, state, before, PageSize, cancellation);
        var zone = engine.Catalog.Find(progress.Backfill.DagId)?.Version.Model.Zone ?? TimeZoneInfo.Utc;
        return FormRequests.Show<BackfillPanel, BackfillPage>(context, new BackfillModel(progress, zone, runs, state, next, before));
    }

    private static async Task<IResult> PauseAsync(HttpContext context, long id, FlowEngine engine, bool paused)
    {
        await engine.BackfillCommands.PauseAsync(id, paused, context.Actor());
        return FormRequests.Changed(context, paused ? $"Backfill {id} is paused: its running runs go on." : $"Backfill {id} goes on.", $"backfills/{id}");
    }

    private static async Task<IResult> CancelAsync(HttpContext context, string id, FlowEngine engine)
    {
        await engine.BackfillCommands.CancelAsync(Id(id), context.Actor());
        return FormRequests.Changed(context, $"Backfill {id} is cancelled, with its queued and running runs.", $"backfills/{id}");
    }

    private static long Id(string text) => RunPath.Id(text) ?? throw ApiProblem.NotFound($"There is no backfill {text}.");
}
