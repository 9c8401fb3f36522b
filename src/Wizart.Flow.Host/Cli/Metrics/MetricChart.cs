using Wizart.Flow.Providers.Charts;
using Wizart.Flow.Web;

namespace Wizart.Flow.Host.Cli;

/// <summary>A metric as a picture: a line for each of its series.</summary>
internal static class MetricChart
{
    /// <summary>The most lines that can be told apart.</summary>
    private const int MostLines = 8;

    /// <summary>Why no picture can be written under this name; null when one can.</summary>
    public static string? WhyNot(string path) => Path.GetExtension(path).ToLowerInvariant() is ".png" or ".svg"
        ? null
        : $"'{path}' for --chart must end in .png or .svg.";

    /// <summary>Writes the picture.</summary>
    public static void Write(string path, MetricSeriesResource series, bool byTime)
    {
        var chart = (series.Buckets is { } buckets ? OfBuckets(buckets) : OfPoints(series.Points, byTime)).Title(series.Name);
        if (Path.GetExtension(path).Equals(".svg", StringComparison.OrdinalIgnoreCase)) File.WriteAllText(path, chart.ToSvg());
        else File.WriteAllBytes(path, chart.ToPng());
    }

    private static Chart OfBuckets(IReadOnlyList<MetricBucketResource> buckets)
    {
        var ordered = buckets.OrderBy(b => b.Start).ToArray();
        return Chart.Line(ordered, b => b.Start, b => b.Average, "average")
            .And(ordered, b => b.Start, b => b.Maximum, "maximum").And(ordered, b => b.Start, b => b.Minimum, "minimum");
    }

    private static Chart OfPoints(IReadOnlyList<MetricPointResource> points, bool byTime)
    {
        var all = points.OrderBy(p => MetricWords.At(p, byTime)).GroupBy(p => Name(p, points)).OrderBy(g => g.Key, StringComparer.Ordinal).ToArray();
        if (all.Length > MostLines)
            throw new CliException($"There are {all.Length} series, more than a picture can show. Choose with --tag NAME=VALUE or --dag.", ExitCodes.Usage);
        Chart? chart = null;
        foreach (var series in all)
            chart = chart is null ? Line(series) : chart.And(series, p => MetricWords.At(p, byTime), p => p.Value, series.Key);
        return chart ?? Line(points);

        Chart Line(IEnumerable<MetricPointResource> some) =>
            Chart.Line(some, p => MetricWords.At(p, byTime), p => p.Value, all.Length > 1 ? all[0].Key : "");
    }

    private static string Name(MetricPointResource point, IReadOnlyList<MetricPointResource> all)
    {
        var tags = MetricWords.Tags(point.Tags);
        return all.Any(p => p.DagId != point.DagId) ? $"{point.DagId} {tags}".TrimEnd() : tags.Length > 0 ? tags : "without tags";
    }
}
