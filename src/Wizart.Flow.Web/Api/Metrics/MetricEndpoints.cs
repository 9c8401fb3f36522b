using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Wizart.Flow.Engine;
using Wizart.Flow.Engine.Metrics;
using Wizart.Flow.Engine.Storage;

namespace Wizart.Flow.Web;

/// <summary>What bodies measured: the metrics, and the points of one.</summary>
internal static class MetricEndpoints
{
    private const int MostRecent = 100;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/metrics", ListAsync);
        api.MapGet("/metrics/{name}", PointsAsync);
    }

    private static async Task<IResult> ListAsync(HttpContext context, IFlowStore store)
    {
        var query = new QueryReader(context.Request.Query);
        var (dagId, recent, page) = (query.Text("dag"), query.Integer("recent", 0, MostRecent) ?? 0, query.Page());
        query.Check();
        var metrics = new List<MetricResource>();
        foreach (var metric in page.Cut(context, await store.MetricsAsync(dagId, context.RequestAborted), m => m.Name))
        {
            var last = metric.Last;
            var series = new MetricFilter(metric.Name) { DagId = last.DagId, Tags = last.Tags, Count = Math.Max(1, recent) };
            IReadOnlyList<SeriesPoint> points = recent == 0 ? [] : await store.MetricPointsAsync(series, context.RequestAborted);
            metrics.Add(new(
                metric.Name, metric.Points, metric.Runs, MetricPointResource.Of(last),
                [.. points.Where(p => p.Tags.Count == last.Tags.Count).Reverse().Select(p => p.Value)]));
        }

        return TypedResults.Json([.. metrics], ApiJson.Default.MetricResourceArray);
    }

    private static async Task<IResult> PointsAsync(HttpContext context, string name, IFlowStore store)
    {
        var query = new QueryReader(context.Request.Query);
        var filter = Filter(name, query);
        var width = query.Span("bucket", TimeSpan.FromSeconds(1));
        if (width is not null && filter.After is not null) query.Wrong("Spans have no cursor: ask for those before the last one with until.");
        query.Check();

        MetricSeriesResource series;
        if (width is { } span)
        {
            var buckets = await store.MetricBucketsAsync(filter, span, context.RequestAborted);
            series = new MetricSeriesResource(name, filter.Axis, [], [.. buckets.Select(MetricBucketResource.Of)], null);
        }
        else
        {
            var points = await store.MetricPointsAsync(filter with { Count = filter.Count + 1 }, context.RequestAborted);
            var page = points.Take(filter.Count).ToArray();
            var next = points.Count > page.Length ? MetricCursorText.Write(MetricCursor.Of(page[^1], filter.Axis)) : null;
            series = new MetricSeriesResource(name, filter.Axis, [.. page.Select(MetricPointResource.Of)], null, next);
        }

        if (series.Points.Count == 0 && series.Buckets is null or { Count: 0 }) await CheckNameAsync(name, store, context.RequestAborted);
        return TypedResults.Json(series, ApiJson.Default.MetricSeriesResource);
    }

    private static MetricFilter Filter(string name, QueryReader query)
    {
        var filter = new MetricFilter(name)
        {
            DagId = query.Text("dag"),
            Axis = query.Word<MetricAxis>("by") ?? MetricAxis.LogicalDate,
            Since = query.Time("since"),
            Until = query.Time("until"),
            NewestFirst = query.Word<MetricOrder>("order") != MetricOrder.Oldest,
            After = query.Parsed<MetricCursor>("cursor", MetricCursorText.Read, "the next of an earlier answer"),
            Count = query.Count(100),
        };
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in query.Texts("tag"))
        {
            if (text.IndexOf('=', StringComparison.Ordinal) is var at and > 0) tags[text[..at]] = text[(at + 1)..];
            else query.Wrong($"'{text}' for tag is not name=value.");
        }

        return filter with { Tags = tags };
    }

    private static async Task CheckNameAsync(string name, IFlowStore store, CancellationToken cancellation)
    {
        if ((await store.MetricPointsAsync(new MetricFilter(name) { Axis = MetricAxis.Time, Count = 1 }, cancellation)).Count > 0) return;
        var names = (await store.MetricsAsync(null, cancellation)).Select(m => m.Name);
        throw ApiProblem.NotFound($"No task has told a metric '{name}'.{Nearest.Hint(name, names)} A body tells one with run.Metric(\"{name}\", value).");
    }
}
