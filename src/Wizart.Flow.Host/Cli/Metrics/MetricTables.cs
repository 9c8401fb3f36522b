using System.Globalization;
using Wizart.Flow.Web;

namespace Wizart.Flow.Host.Cli;

/// <summary>Metrics on the terminal.</summary>
internal sealed class MetricTables(Terminal terminal)
{
    /// <summary>All metrics.</summary>
    public void Write(MetricResource[] metrics)
    {
        var columns = new Columns("METRIC", "LAST", "CHANGE", "TREND", "POINTS", "DATE", "");
        foreach (var metric in metrics)
        {
            columns.Add(
                StateLook.Escaped(metric.Name), MetricWords.Value(metric.Last.Value), Change(metric.Recent), $"[blue]{Sparkline.Of(metric.Recent, 16)}[/]",
                Number(metric.Points), MetricWords.Date(metric.Last.LogicalDate), Dim(Words.Line(About(metric.Last), 60)));
        }

        columns.Write(terminal);
    }

    /// <summary>The points of a metric: those of its one series, or what its series come to.</summary>
    /// <param name="series">The newest first.</param>
    /// <param name="byTime">Whether a point's place is when it was told.</param>
    public void Write(MetricSeriesResource series, bool byTime)
    {
        var all = series.Points.GroupBy(p => (p.DagId, Tags: MetricWords.Tags(p.Tags))).OrderBy(g => g.Key).Select(g => g.ToArray()).ToArray();
        if (all is [var only]) WritePoints(series.Name, only, byTime);
        else WriteSeries(all, byTime);
        if (series.Next is not null)
            terminal.Error.WriteLine(terminal.ErrorPaint.Dim($"There are earlier points; --count, --since and --until reach them."));
    }

    /// <summary>Spans of time.</summary>
    public void Write(IReadOnlyList<MetricBucketResource> buckets)
    {
        var columns = new Columns("FROM", "AVERAGE", "CHANGE", "MINIMUM", "MAXIMUM", "LAST", "POINTS");
        for (var i = 0; i < buckets.Count; i++)
        {
            var bucket = buckets[i];
            columns.Add(
                MetricWords.Date(bucket.Start), MetricWords.Value(bucket.Average), Dim(MetricWords.Change(i + 1 < buckets.Count ? buckets[i + 1].Average : null, bucket.Average)),
                MetricWords.Value(bucket.Minimum), MetricWords.Value(bucket.Maximum), MetricWords.Value(bucket.Last), Number(bucket.Points));
        }

        columns.Write(terminal);
    }

    private void WritePoints(string name, MetricPointResource[] points, bool byTime)
    {
        double[] values = [.. points.Reverse().Select(p => p.Value)];
        var paint = terminal.Paint;
        terminal.Out.WriteLine($"{paint.Bold(name)}  {paint.Dim(About(points[0]))}");
        terminal.Out.WriteLine(
            $"{paint.Blue(Sparkline.Of(values, 48))}  last {paint.Bold(MetricWords.Value(values[^1]))}, average {MetricWords.Value(values.Average())}, "
            + $"from {MetricWords.Value(values.Min())} to {MetricWords.Value(values.Max())}");
        terminal.Out.WriteLine();

        var columns = new Columns(byTime ? "TIME" : "DATE", "VALUE", "CHANGE", "RUN", "TASK", "");
        for (var i = 0; i < points.Length; i++)
        {
            var point = points[i];
            columns.Add(
                byTime ? Words.Time(point.Time) : MetricWords.Date(point.LogicalDate), MetricWords.Value(point.Value),
                Dim(MetricWords.Change(i + 1 < points.Length ? points[i + 1].Value : null, point.Value)),
                point.RunId.ToString(CultureInfo.InvariantCulture),
                StateLook.Escaped(point.MapIndex < 0 ? point.TaskId : string.Create(CultureInfo.InvariantCulture, $"{point.TaskId}[{point.MapIndex}]")),
                Dim(byTime ? $"of {MetricWords.Date(point.LogicalDate)}" : $"told {Words.Away(point.Time, terminal.Time.GetUtcNow())}"));
        }

        columns.Write(terminal);
    }

    private void WriteSeries(MetricPointResource[][] all, bool byTime)
    {
        var columns = new Columns("DAG", "TAGS", "LAST", "CHANGE", "TREND", "POINTS", byTime ? "TIME" : "DATE");
        foreach (var points in all)
        {
            double[] values = [.. points.Reverse().Select(p => p.Value)];
            columns.Add(
                StateLook.Escaped(points[0].DagId), StateLook.Escaped(MetricWords.Tags(points[0].Tags)), MetricWords.Value(values[^1]), Change(values),
                $"[blue]{Sparkline.Of(values)}[/]", Number(values.Length), MetricWords.Date(MetricWords.At(points[0], byTime)));
        }

        columns.Write(terminal);
        terminal.Error.WriteLine(terminal.ErrorPaint.Dim("Several series; --tag NAME=VALUE and --dag show the points of one."));
    }

    private static string About(MetricPointResource point) => point.Tags.Count == 0 ? point.DagId : $"{point.DagId} · {MetricWords.Tags(point.Tags)}";

    private static string Change(IReadOnlyList<double> values) => values is [.., var before, var last] ? Dim(MetricWords.Change(before, last)) : "";

    private static string Dim(string text) => text.Length == 0 ? "" : $"[dim]{StateLook.Escaped(text)}[/]";

    private static string Number(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
