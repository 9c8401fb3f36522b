using Wizart.Flow.Engine.Metrics;
using Wizart.Flow.Engine.Storage;

namespace Wizart.Flow.Web.Ui.Metrics;

/// <summary>Reads metrics as the pages show them.</summary>
internal sealed class MetricReads(IFlowStore store, TimeProvider time)
{
    private const int SparkPoints = 30;

    /// <summary>Metrics with their newest values.</summary>
    public async Task<IReadOnlyList<MetricRow>> RowsAsync(IEnumerable<MetricSummary> metrics, CancellationToken cancellation)
    {
        var rows = new List<MetricRow>();
        foreach (var metric in metrics)
        {
            var last = metric.Last;
            var points = await store.MetricPointsAsync(
                new MetricFilter(metric.Name) { DagId = last.DagId, Tags = last.Tags, Count = SparkPoints }, cancellation);
            rows.Add(new MetricRow(metric, [.. points.Where(p => p.Tags.Count == last.Tags.Count && double.IsFinite(p.Value)).Reverse().Select(p => p.Value)]));
        }

        return rows;
    }

    /// <summary>The points of a metric's chart, and what they may be split by.</summary>
    public async Task<(ChartData Chart, MetricChoices Choices)> ChartAsync(string name, MetricQuery query, CancellationToken cancellation)
    {
        var filter = query.Filter(name, time.GetUtcNow());
        // Without its tags, so that there are others to choose.
        var all = await store.MetricPointsAsync(filter with { Tags = new Dictionary<string, string>(), Count = MetricFilter.Most }, cancellation);
        var choices = ChoicesOf(all);
        var points = all.Where(p => query.Tags.All(t => p.Tags.GetValueOrDefault(t.Key) == t.Value)).ToArray();
        var split = ChartSplit.Of(query.Split, points);
        if (all.Count < MetricFilter.Most) return (ChartSeriesMaker.Of(name, points, query.By, split), choices);

        // Too many to be told one by one: the store makes one of each span.
        var oldest = await store.MetricPointsAsync(filter with { NewestFirst = false, Count = 1 }, cancellation);
        if (oldest.Count == 0) return (ChartSeriesMaker.Of(name, [], query.By, split), choices);
        var width = ChartSpans.For(time.GetUtcNow() - At(oldest[0], query.By));
        var series = new List<(string Name, IReadOnlyList<MetricBucket> Buckets)>();
        var (shown, leftOut) = split.Names(name, points);
        foreach (var one in shown)
            series.Add((one, await store.MetricBucketsAsync(split.Narrow(filter, one) with { NewestFirst = false, Count = MetricFilter.Most }, width, cancellation)));
        return (ChartSeriesMaker.Of(series, width, leftOut, split), choices);
    }

    /// <summary>One page of a metric's points.</summary>
    public async Task<(IReadOnlyList<SeriesPoint> Points, MetricCursor? Next)> TableAsync(string name, MetricQuery query, int count, CancellationToken cancellation)
    {
        var points = await store.MetricPointsAsync(query.Filter(name, time.GetUtcNow()) with { After = query.After, Count = count + 1 }, cancellation);
        return points.Count > count ? ([.. points.Take(count)], MetricCursor.Of(points[count - 1], query.By)) : (points, null);
    }

    private static DateTimeOffset At(SeriesPoint point, MetricAxis axis) => axis == MetricAxis.Time ? point.Time : point.LogicalDate;

    private static MetricChoices ChoicesOf(IReadOnlyList<SeriesPoint> points) => new(
        [.. points.Select(p => p.DagId).Distinct().Order(StringComparer.OrdinalIgnoreCase)],
        [
            .. points.SelectMany(p => p.Tags).Distinct().GroupBy(t => t.Key, t => t.Value, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => (g.Key, (IReadOnlyList<string>)[.. g.Order(StringComparer.OrdinalIgnoreCase).Take(200)])),
        ]);
}
