using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Wizart.Flow.Engine;
using Wizart.Flow.Engine.Access;
using Wizart.Flow.Engine.Commands;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Values;
using Wizart.Flow.Web.Access;
using Wizart.Flow.Web.Ui.Forms;
using Wizart.Flow.Web.Ui.Layout;

namespace Wizart.Flow.Web.Ui.Actions;

/// <summary>Starting runs by hand.</summary>
internal static class TriggerPages
{
    private const int RecentRuns = 25;
    private const int RecentValues = 6;

    public static void Map(RouteGroupBuilder ui)
    {
        ui.MapGet("/dags/{dagId}/trigger", ShowAsync).Needs(Role.Operator);
        ui.MapPost("/dags/{dagId}/trigger", StartAsync).Needs(Role.Operator);
    }

    /// <summary>The form; <c>?brand=oak&amp;date=2026-11-01</c> fills it in, <c>?run=12</c> with what an earlier run was given.</summary>
    private static async Task<IResult> ShowAsync(HttpContext context, string dagId, FlowEngine engine, IFlowQueries queries, Viewer viewer)
    {
        var dag = engine.Commands.Find(dagId);
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (RunPath.Id(context.Request.Query["run"].ToString()) is { } id && await queries.RunAsync(id, context.RequestAborted) is { } earlier && earlier.DagId == dagId)
            foreach (var param in dag.Version.Model.Params)
                if (earlier.Params.TryGetValue(param.Name, out var value)) texts[param.Name] = TextOf(param, value, viewer.Zone);
        foreach (var param in dag.Version.Model.Params)
            if (context.Request.Query.TryGetValue(param.Name, out var given)) texts[param.Name] = given.ToString();
        return await FormAsync(context, dag, context.Request.Query["date"].ToString(), FormValues.None with { Texts = texts }, [], queries, viewer);
    }

    private static async Task<IResult> StartAsync(HttpContext context, string dagId, FlowEngine engine, IFlowQueries queries, Viewer viewer)
    {
        var dag = engine.Commands.Find(dagId);
        var form = await context.FormAsync();
        var values = FormValues.Read(dag.Version.Model.Params, form, viewer.Zone);
        var text = form.Field("date");
        var date = text.Length == 0 ? null : DateText.Read(text, dag.Version.Model.Zone);
        var mistakes = new List<string>();
        if (text.Length > 0 && date is null) mistakes.Add($"'{text}' is not a date such as 2026-11-01, or a time such as 2026-11-01T06:00.");
        if (!values.AreFine || mistakes.Count > 0) return await RefusedAsync(context, dag, text, values, mistakes, queries, viewer);
        try
        {
            var run = await engine.Commands.TriggerAsync(dagId, values.Values, date, context.Actor());
            return Requests.Done(context, $"Run {run.Id} of {dagId} is queued.", Links.Run(run.Id));
        }
        catch (FlowCommandException refused) when (refused.Refusal != Refusal.NotFound)
        {
            return await RefusedAsync(context, dag, text, values, [.. refused.Details.Select(d => d.Message).DefaultIfEmpty(refused.Message)], queries, viewer);
        }
    }

    private static async Task<IResult> RefusedAsync(
        HttpContext context, StoredDag dag, string date, FormValues values, IReadOnlyList<string> mistakes, IFlowQueries queries, Viewer viewer)
    {
        var page = await FormAsync(context, dag, date, values, mistakes, queries, viewer);
        page.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return page;
    }

    private static async Task<Microsoft.AspNetCore.Http.HttpResults.RazorComponentResult> FormAsync(
        HttpContext context, StoredDag dag, string date, FormValues values, IReadOnlyList<string> mistakes, IFlowQueries queries, Viewer viewer) =>
        Requests.Page<TriggerSheet>(new TriggerModel(
            dag, date, values, await RecentAsync(dag, queries, viewer, context.RequestAborted), mistakes, Command(context, dag, values.Values, date), context.IsPartial()));

    private static async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> RecentAsync(StoredDag dag, IFlowQueries queries, Viewer viewer, CancellationToken cancellation)
    {
        if (dag.Version.Model.Params.Count == 0) return new Dictionary<string, IReadOnlyList<string>>();
        var runs = await queries.RunsAsync(new RunFilter(dag.Id, Count: RecentRuns), cancellation);
        return dag.Version.Model.Params.ToDictionary(
            p => p.Name,
            IReadOnlyList<string> (p) => [.. runs.Where(r => r.Params.ContainsKey(p.Name)).Select(r => TextOf(p, r.Params[p.Name], viewer.Zone)).Distinct().Take(RecentValues)]);
    }

    private static string TextOf(Model.ParamModel param, Execution.JsonPayload value, TimeZoneInfo zone)
    {
        using var document = JsonDocument.Parse(value.Utf8);
        return ParamTexts.Of(param, document.RootElement, zone);
    }

    private static string Command(HttpContext context, StoredDag dag, Dictionary<string, JsonElement> values, string date)
    {
        var body = new Dictionary<string, object>();
        if (values.Count > 0) body["params"] = values;
        if (date.Length > 0) body["date"] = date;
        var url = $"{context.Request.Scheme}://{context.Request.Host}{context.Request.PathBase}{FlowApi.Root}/dags/{dag.Id}/runs";
        var text = new StringBuilder($"curl -X POST {url} \\\n  -H \"Authorization: Bearer $FLOW_TOKEN\"");
        if (body.Count > 0) text.Append(CultureInfo.InvariantCulture, $" \\\n  -H 'Content-Type: application/json' \\\n  -d '{JsonSerializer.Serialize(body).Replace("'", "'\\''", StringComparison.Ordinal)}'");
        return text.ToString();
    }
}
