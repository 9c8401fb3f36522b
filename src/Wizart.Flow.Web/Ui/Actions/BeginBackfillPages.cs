using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Wizart.Flow.Engine;
using Wizart.Flow.Engine.Access;
using Wizart.Flow.Engine.Backfills;
using Wizart.Flow.Engine.Commands;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Values;
using Wizart.Flow.Web.Access;
using Wizart.Flow.Web.Ui.Forms;
using Wizart.Flow.Web.Ui.Layout;

namespace Wizart.Flow.Web.Ui.Actions;

/// <summary>Beginning backfills, with what they would do told before.</summary>
internal static class BeginBackfillPages
{
    public static void Map(RouteGroupBuilder ui)
    {
        ui.MapGet("/dags/{dagId}/backfill", Show).Needs(Role.Operator);
        ui.MapPost("/dags/{dagId}/backfill", BeginAsync).Needs(Role.Operator);
        ui.MapPost("/dags/{dagId}/backfill/preview", PreviewAsync).Needs(Role.Operator);
    }

    private static IResult Show(HttpContext context, string dagId, FlowEngine engine, Viewer viewer)
    {
        var dag = engine.Commands.Find(dagId);
        var today = TimeZoneInfo.ConvertTime(viewer.Now, dag.Version.Model.Zone);
        var query = context.Request.Query;
        return Requests.Page<BackfillSheet>(new BackfillModel(
            dag, Text(query["from"], today.AddDays(-7)), Text(query["to"], today.AddDays(-1)), Reprocess.None,
            Backfill.DefaultMaxActive.ToString(CultureInfo.InvariantCulture), false, FormValues.None, null, [], context.IsPartial()));

        static string Text(string? given, DateTimeOffset otherwise) => string.IsNullOrEmpty(given) ? otherwise.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : given;
    }

    private static async Task<IResult> PreviewAsync(HttpContext context, string dagId, FlowEngine engine, Viewer viewer)
    {
        var (model, request) = await ReadAsync(context, engine.Commands.Find(dagId), viewer);
        if (request is not null)
        {
            try
            {
                model = model with { Preview = await engine.BackfillCommands.PreviewAsync(request, context.Actor(), context.RequestAborted) };
            }
            catch (FlowCommandException refused) when (refused.Refusal != Refusal.NotFound)
            {
                model = model with { Mistakes = Mistakes(refused) };
            }
        }

        return Requests.Page<BackfillEstimate>(model);
    }

    private static async Task<IResult> BeginAsync(HttpContext context, string dagId, FlowEngine engine, Viewer viewer)
    {
        var (model, request) = await ReadAsync(context, engine.Commands.Find(dagId), viewer);
        if (request is not null)
        {
            try
            {
                var begun = await engine.BackfillCommands.CreateAsync(request, context.Actor());
                return Requests.Done(context, $"Backfill {begun.Backfill.Id} has begun.", string.Create(CultureInfo.InvariantCulture, $"backfills/{begun.Backfill.Id}"));
            }
            catch (FlowCommandException refused) when (refused.Refusal != Refusal.NotFound)
            {
                model = model with { Mistakes = Mistakes(refused) };
            }
        }

        var page = Requests.Page<BackfillSheet>(model);
        page.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return page;
    }

    private static IReadOnlyList<string> Mistakes(FlowCommandException refused) => [.. refused.Details.Select(d => d.Message).DefaultIfEmpty(refused.Message)];

    private static async Task<(BackfillModel Model, BackfillRequest? Request)> ReadAsync(HttpContext context, StoredDag dag, Viewer viewer)
    {
        var form = await context.FormAsync();
        var values = FormValues.Read(dag.Version.Model.Params, form, viewer.Zone);
        var zone = dag.Version.Model.Zone;
        var (from, to) = (DateText.Read(form.Field("from"), zone), DateText.Read(form.Field("to"), zone));
        var mistakes = new List<string>();
        if (from is null) mistakes.Add("Give the first date.");
        if (to is null) mistakes.Add("Give the last date.");
        if (!int.TryParse(form.Field("maxActive"), NumberStyles.None, CultureInfo.InvariantCulture, out var active)) mistakes.Add("Runs at once must be a whole number.");
        var reprocess = SnakeCaseEnums.Read<Reprocess>(form.Field("reprocess")) ?? Reprocess.None;
        var model = new BackfillModel(
            dag, form.Field("from"), form.Field("to"), reprocess, form.Field("maxActive"), form.Field("backwards") == "true", values, null, mistakes, context.IsPartial());
        if (mistakes.Count > 0 || !values.AreFine) return (model, null);
        // A day as the last date means all of it.
        var end = form.Field("to").Contains('T', StringComparison.Ordinal) ? to!.Value : to!.Value.AddDays(1).AddTicks(-1);
        return (model, new BackfillRequest(dag.Id, from!.Value, end)
        {
            Reprocess = reprocess,
            MaxActive = active,
            Backwards = model.Backwards,
            Params = values.Values,
        });
    }
}
