namespace Wizart.Flow.Engine.Metrics;

/// <summary>The rules of <see cref="IMetricReads"/> over points in memory.</summary>
public static class MetricSeries
{
    private const long MicrosecondTicks = TimeSpan.TicksPerMicrosecond;

    /// <summary>The points that count, in the order that is asked for.</summary>
    /// <param name="points">All points that were ever told of the metric.</param>
    /// <param name="filter">Which.</param>
    public static IEnumerable<SeriesPoint> Select(IEnumerable<SeriesPoint> points, MetricFilter filter)
    {
        filter.Check();
        var all = Current(points, filter.Axis).Where(p => Matches(p, filter));
        var ordered = filter.NewestFirst
            ? all.OrderByDescending(p => Place(p, filter.Axis))
            : all.OrderBy(p => Place(p, filter.Axis));
        if (filter.After is not { } after) return ordered.Take(filter.Count);
        var place = filter.Axis == MetricAxis.Time ? (after.At, 0, after.Id) : (after.At, after.RunId, after.Id);
        return ordered.Where(p => Place(p, filter.Axis).CompareTo(place) is var side && (filter.NewestFirst ? side < 0 : side > 0)).Take(filter.Count);
    }

    /// <summary>One of each span of time.</summary>
    public static IReadOnlyList<MetricBucket> Buckets(IEnumerable<SeriesPoint> points, MetricFilter filter, TimeSpan width)
    {
        filter.Check();
        ArgumentOutOfRangeException.ThrowIfLessThan(width, TimeSpan.FromSeconds(1));
        var span = width.Ticks / MicrosecondTicks;
        var buckets = Current(points, filter.Axis).Where(p => Matches(p, filter))
            .OrderBy(p => Place(p, filter.Axis))
            .GroupBy(p => (Place(p, filter.Axis).At - DateTimeOffset.UnixEpoch).Ticks / MicrosecondTicks / span)
            .Select(g => new MetricBucket(
                DateTimeOffset.UnixEpoch.AddTicks(g.Key * span * MicrosecondTicks), g.LongCount(), g.Average(p => p.Value), g.Min(p => p.Value),
                g.Max(p => p.Value), g.Last().Value));
        return [.. (filter.NewestFirst ? buckets.OrderByDescending(b => b.Start) : buckets.OrderBy(b => b.Start)).Take(filter.Count)];
    }

    /// <summary>Of each metric how much there is, and its newest point.</summary>
    public static IReadOnlyList<MetricSummary> Summaries(IEnumerable<(string Name, SeriesPoint Point)> points) =>
        [.. points.GroupBy(p => p.Name, p => p.Point, StringComparer.Ordinal)
            .Select(g => (Name: g.Key, Points: Current(g, MetricAxis.LogicalDate).ToArray()))
            .OrderBy(m => m.Name, StringComparer.Ordinal)
            .Select(m => new MetricSummary(
                m.Name, m.Points.Length, m.Points.Select(p => p.RunId).Distinct().Count(), m.Points.MaxBy(p => Place(p, MetricAxis.LogicalDate))!))];

    /// <summary>What a task instance told before its newest attempt, and what a run told before a newer one of the same date, is left out.</summary>
    private static IEnumerable<SeriesPoint> Current(IEnumerable<SeriesPoint> points, MetricAxis axis)
    {
        var newest = points.GroupBy(p => (p.RunId, p.TaskIndex, p.MapIndex)).SelectMany(g =>
        {
            var attempt = g.Max(p => p.Attempt);
            return g.Where(p => p.Attempt == attempt);
        });
        return axis == MetricAxis.Time
            ? newest
            : newest.GroupBy(p => (p.DagId, p.LogicalDate, TagsText(p.Tags))).SelectMany(g =>
            {
                var run = g.Max(p => p.RunId);
                return g.Where(p => p.RunId == run);
            });
    }

    private static bool Matches(SeriesPoint point, MetricFilter filter)
    {
        var at = Place(point, filter.Axis).At;
        return (filter.DagId is null || point.DagId == filter.DagId)
            && (filter.Since is not { } since || at >= since)
            && (filter.Until is not { } until || at < until)
            && filter.Tags.All(tag => point.Tags.TryGetValue(tag.Key, out var value) && value == tag.Value);
    }

    private static (DateTimeOffset At, long RunId, long Id) Place(SeriesPoint point, MetricAxis axis) =>
        axis == MetricAxis.Time ? (point.Time, 0, point.Id) : (point.LogicalDate, point.RunId, point.Id);

    private static string TagsText(IReadOnlyDictionary<string, string> tags) =>
        string.Join('\0', tags.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => $"{t.Key}\0{t.Value}"));
}
