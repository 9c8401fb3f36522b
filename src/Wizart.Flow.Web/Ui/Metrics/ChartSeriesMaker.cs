using Wizart.Flow.Engine.Metrics;

namespace Wizart.Flow.Web.Ui.Metrics;

/// <summary>Lays points side by side: one list of times, and for each series a value at each of them.</summary>
internal static class ChartSeriesMaker
{
    private const int MostTimes = 2_000;

    /// <summary>A chart of points; of too many, a chart of spans.</summary>
    public static ChartData Of(string metric, IReadOnlyList<SeriesPoint> points, MetricAxis axis, ChartSplit split)
    {
        var finite = points.Where(p => double.IsFinite(p.Value)).ToArray();
        var (shown, leftOut) = split.Names(metric, finite);
        var places = finite.Select(At).Distinct().ToArray();
        var width = places.Length > MostTimes ? ChartSpans.For(places.Max() - places.Min()) : TimeSpan.Zero;
        var series = finite.GroupBy(p => split.NameOf(metric, p), StringComparer.Ordinal).Where(g => shown.Contains(g.Key)).OrderBy(g => g.Key, StringComparer.OrdinalIgnoreCase)
            .Select(g => (g.Key, Values: g.GroupBy(p => Place(At(p))).Select(at => (At: at.Key, Value: at.Average(p => p.Value), Run: RunOf([.. at])))));
        return Joined([.. series.Select(s => (s.Key, (IReadOnlyList<(double, double, long?)>)[.. s.Values]))], width, leftOut, finite.Length, split);

        DateTimeOffset At(SeriesPoint point) => axis == MetricAxis.Time ? point.Time : point.LogicalDate;

        double Place(DateTimeOffset at) => Seconds(width == TimeSpan.Zero ? at : at.AddTicks(-((at - DateTimeOffset.UnixEpoch).Ticks % width.Ticks)));
    }

    /// <summary>A chart of spans that the store made.</summary>
    public static ChartData Of(IReadOnlyList<(string Name, IReadOnlyList<MetricBucket> Buckets)> series, TimeSpan width, int leftOut, ChartSplit split) => Joined(
        [.. series.Select(s => (s.Name, (IReadOnlyList<(double, double, long?)>)[.. s.Buckets.Where(b => double.IsFinite(b.Average)).Select(b => (Seconds(b.Start), b.Average, (long?)null))]))],
        width, leftOut, series.Sum(s => s.Buckets.Sum(b => b.Points)), split);

    private static ChartData Joined(
        IReadOnlyList<(string Name, IReadOnlyList<(double At, double Value, long? Run)> Values)> series, TimeSpan width, int leftOut, long points, ChartSplit split)
    {
        double[] times = [.. series.SelectMany(s => s.Values.Select(v => v.At)).Distinct().Order()];
        return new ChartData(
            times,
            [
                .. series.Select(s => (s.Name, At: s.Values.ToDictionary(v => v.At))).Select(s => new ChartSeries(
                    s.Name,
                    [.. times.Select(t => s.At.TryGetValue(t, out var v) ? v.Value : (double?)null)],
                    [.. times.Select(t => s.At.TryGetValue(t, out var v) ? v.Run : null)])),
            ],
            width == TimeSpan.Zero ? null : ChartSpans.Words(width), leftOut, points, split.By);
    }

    // Several elements of a mapped task tell a point each at one date: of one run all the same.
    private static long? RunOf(SeriesPoint[] points) => points.All(p => p.RunId == points[0].RunId) ? points[0].RunId : null;

    private static double Seconds(DateTimeOffset at) => Math.Round((at - DateTimeOffset.UnixEpoch).TotalSeconds, 3);
}
