using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Wizart.Flow.Engine;
using Wizart.Flow.Engine.Metrics;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Web.Ui.Forms;
using Wizart.Flow.Web.Ui.Layout;

namespace Wizart.Flow.Web.Ui.Metrics;

/// <summary>What bodies measured: all metrics, some side by side, one over time.</summary>
internal static class MetricPages
{
    public static void Map(RouteGroupBuilder ui)
    {
        ui.MapGet("/measures", ListAsync);
        ui.MapGet("/measures/{name}", ShowAsync);
        ui.MapGet("/measures/{name}/data", async (HttpContext context, string name, MetricReads reads, CancellationToken cancellation) =>
        {
            var (chart, _) = await reads.ChartAsync(name, MetricQuery.Of(context.Request.Query), cancellation);
            return TypedResults.Json(chart, UiJson.Default.ChartData);
        });
    }

    private static async Task<IResult> ListAsync(HttpContext context, MetricReads reads, IFlowStore store, CancellationToken cancellation)
    {
        var query = context.Request.Query;
        var asked = MetricQuery.Of(query);
        var text = query["text"].ToString().Trim();
        var all = await store.MetricsAsync(null, cancellation);
        var ofDag = asked.Dag.Length > 0 ? await store.MetricsAsync(asked.Dag, cancellation) : all;
        var found = ofDag.Where(m => text.Length == 0 || m.Name.Contains(text, StringComparison.OrdinalIgnoreCase)
            || m.Last.Tags.Any(t => $"{t.Key}={t.Value}".Contains(text, StringComparison.OrdinalIgnoreCase))).ToArray();
        var page = PageNumber.Of(query, found.Length, MetricsModel.PageSize);
        var rows = await reads.RowsAsync(found.Skip((page - 1) * MetricsModel.PageSize).Take(MetricsModel.PageSize), cancellation);
        string[] dags = [.. all.Select(m => m.Last.DagId).Append(asked.Dag).Where(d => d.Length > 0).Distinct().Order(StringComparer.OrdinalIgnoreCase)];
        string[] shown = [.. query["show"].OfType<string>().Distinct().Where(name => all.Any(m => m.Name == name)).Take(MetricsModel.MostShown)];
        return FormRequests.Show<MetricList, MetricsPage>(context, new MetricsModel(text, asked.Dag, dags, shown, asked, rows, page, found.Length, all.Count));
    }

    private static async Task<IResult> ShowAsync(HttpContext context, string name, MetricReads reads, IFlowStore store, CancellationToken cancellation)
    {
        var query = MetricQuery.Of(context.Request.Query);
        if ((await store.MetricPointsAsync(new MetricFilter(name) { Axis = MetricAxis.Time, Count = 1 }, cancellation)).Count == 0)
        {
            var names = (await store.MetricsAsync(null, cancellation)).Select(m => m.Name);
            throw ApiProblem.NotFound($"No task has told a metric '{name}'.{Nearest.Hint(name, names)} A body tells one with run.Metric(\"{name}\", value).");
        }

        var (chart, choices) = await reads.ChartAsync(name, query, cancellation);
        var (points, next) = await reads.TableAsync(name, query, MetricPageModel.PageSize, cancellation);
        return FormRequests.Show<MetricPanel, MetricPage>(context, new MetricPageModel(name, query, chart, choices, points, next));
    }
}
