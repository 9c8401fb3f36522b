using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Wizart.Flow.Engine;
using Wizart.Flow.Engine.Access;
using Wizart.Flow.Engine.Assets;
using Wizart.Flow.Engine.Commands;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Web.Access;
using Wizart.Flow.Web.Ui.Forms;
using Wizart.Flow.Web.Ui.Layout;

namespace Wizart.Flow.Web.Ui.Assets;

/// <summary>Assets: looking at them, telling of updates, and what those that follow them wait for.</summary>
internal static class AssetPages
{
    private const int EventsOnPage = 25;

    public static void Map(RouteGroupBuilder ui)
    {
        ui.MapGet("/assets", ListAsync);
        ui.MapGet("/assets/{id:long}", ShowAsync);
        ui.MapGet("/assets/{id:long}/update", async (HttpContext context, string id, FlowEngine engine) =>
            FormRequests.Show<AssetUpdateForm, AssetUpdatePage>(context, AssetForm.Of(await engine.Assets.FindAsync(id, context.RequestAborted)))).Needs(Role.Operator);
        ui.MapPost("/assets/{id:long}/update", UpdateAsync).Needs(Role.Operator);
        ui.MapPost("/assets/{id:long}/waiting", MarkAsync).Needs(Role.Operator);
    }

    private static async Task<IResult> ListAsync(HttpContext context, FlowEngine engine, CancellationToken cancellation)
    {
        var query = context.Request.Query;
        var (text, dag) = (query["text"].ToString().Trim(), query["dag"].ToString());
        var all = await engine.Assets.AllAsync(cancellation);
        if (query["uri"].ToString() is { Length: > 0 } uri)
            return all.FirstOrDefault(a => a.Stored.Uri == uri) is { } one
                ? Results.Redirect(context.Url($"assets/{one.Stored.Id}"))
                : throw ApiProblem.NotFound($"There is no asset '{uri}'.{Nearest.Hint(uri, all.Select(a => a.Stored.Uri))}");
        var found = all.Where(a => Fits(a, text) && (dag.Length == 0 || DagsOf(a).Contains(dag))).ToArray();
        var page = PageNumber.Of(query, found.Length, AssetsModel.PageSize);
        var rows = found.Skip((page - 1) * AssetsModel.PageSize).Take(AssetsModel.PageSize).ToArray();
        string[] dags = [.. all.SelectMany(DagsOf).Distinct().Order(StringComparer.OrdinalIgnoreCase)];
        return FormRequests.Show<AssetList, AssetsPage>(context, new AssetsModel(text, dag, dags, rows, page, found.Length, all.Count));
    }

    private static bool Fits(AssetView asset, string text) =>
        text.Length == 0 || asset.Stored.Uri.Contains(text, StringComparison.OrdinalIgnoreCase)
        || asset.Makers.Concat(asset.Followers).Concat(asset.Takers).Any(who => who.Contains(text, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<string> DagsOf(AssetView asset) =>
        asset.Makers.Concat(asset.Takers).Select(AssetWho.DagOf).Concat(asset.Followers).Distinct();

    private static async Task<IResult> ShowAsync(HttpContext context, string id, FlowEngine engine, IFlowStore store, CancellationToken cancellation)
    {
        var all = await engine.Assets.AllAsync(cancellation);
        var view = await engine.Assets.FindAsync(id, cancellation);
        var uri = view.Stored.Uri;
        var ids = all.ToDictionary(a => a.Stored.Uri, a => a.Stored.Id, StringComparer.Ordinal);
        var before = RunPath.Id(context.Request.Query["before"].ToString());
        var events = await store.AssetEventsAsync(view.Stored.Id, before, EventsOnPage + 1, cancellation);
        var lineage = LineageLayout.Of(uri, [.. engine.Catalog.All.Where(d => d.IsActive).Select(d => d.Version.Model)], ids);
        var waiting = (await engine.Assets.WaitingAsync(null, cancellation)).Where(w => w.Assets.Any(a => a.Uri == uri)).ToArray();
        return FormRequests.Show<AssetPanel, AssetPage>(context, new AssetPageModel(
            view, lineage, [.. events.Take(EventsOnPage)], events.Count > EventsOnPage ? events[EventsOnPage - 1].Id : null, before, waiting, ids));
    }

    private static async Task<IResult> UpdateAsync(HttpContext context, string id, FlowEngine engine)
    {
        var view = await engine.Assets.FindAsync(id, context.RequestAborted);
        var sent = await context.FormAsync();
        var form = new AssetForm(view, sent.Field("value"), sent.Field("extra"));
        JsonElement? value = null, extra = null;
        if (form.HasValue) form = form with { ValueMistake = Parse(form.Value, out value) };
        if (form.Extra.Length > 0) form = form with { ExtraMistake = Parse(form.Extra, out extra) };
        if (form.ValueMistake is null && form.ExtraMistake is null)
        {
            try
            {
                await engine.Assets.UpdateAsync(view.Stored.Uri, value, extra, context.Actor());
                return FormRequests.Changed(context, $"{view.Stored.Uri} is updated: what follows it runs.", $"assets/{view.Stored.Id}");
            }
            catch (FlowCommandException refused)
            {
                form = form with { ValueMistake = refused.Message };
            }
        }

        return FormRequests.Refused<AssetUpdateForm, AssetUpdatePage>(context, form);
    }

    private static string? Parse(string text, out JsonElement? value)
    {
        var mistake = JsonText.Parse(text, out var json);
        value = mistake is null ? json : null;
        return mistake;
    }

    private static async Task<IResult> MarkAsync(HttpContext context, string id, FlowEngine engine)
    {
        var view = await engine.Assets.FindAsync(id, context.RequestAborted);
        var form = await context.FormAsync();
        var (dag, uri, updated) = (form.Field("dag"), form.Field("uri"), form.Field("updated"));
        if (updated is not ("true" or "false")) throw ApiProblem.Invalid("Say whether it is updated: the field updated is true or false.");
        await engine.Assets.MarkAsync(dag, uri, updated == "true", context.Actor());
        return FormRequests.Changed(
            context, updated == "true" ? $"{dag} takes {uri} as updated." : $"{dag} waits for an update of {uri} again.", $"assets/{view.Stored.Id}");
    }
}
