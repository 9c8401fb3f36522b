using Wizart.Flow.Engine.Metrics;

namespace Wizart.Flow.Web.Ui.Metrics;

/// <summary>What makes a series of its own: nothing, the DAG, or a tag.</summary>
/// <param name="By"><see cref="MetricQuery.NoSplit"/>, <see cref="MetricQuery.ByDag"/>, or a tag's name after <c>tag:</c>.</param>
internal sealed record ChartSplit(string By)
{
    private const string TagPrefix = "tag:";
    private const string Without = "(without)";

    /// <summary>The most lines that can be told apart in one chart.</summary>
    public const int MostSeries = 8;

    /// <summary>What was asked for, or else what tells the points apart best: the tag with the fewest values, then the DAG.</summary>
    public static ChartSplit Of(string asked, IReadOnlyCollection<SeriesPoint> points)
    {
        if (asked is MetricQuery.NoSplit or MetricQuery.ByDag || asked.StartsWith(TagPrefix, StringComparison.Ordinal)) return new ChartSplit(asked);
        var tag = points.SelectMany(p => p.Tags).Distinct().GroupBy(t => t.Key, StringComparer.Ordinal)
            .Select(g => (g.Key, Count: g.Count())).Where(t => t.Count > 1).OrderBy(t => t.Count).ThenBy(t => t.Key, StringComparer.Ordinal).FirstOrDefault();
        if (tag.Key is not null) return new ChartSplit(TagPrefix + tag.Key);
        return new ChartSplit(points.Select(p => p.DagId).Distinct().Skip(1).Any() ? MetricQuery.ByDag : MetricQuery.NoSplit);
    }

    /// <summary>The split by a tag.</summary>
    public static string OfTag(string tag) => TagPrefix + tag;

    /// <summary>The series that a point belongs to.</summary>
    public string NameOf(string metric, SeriesPoint point) => By switch
    {
        MetricQuery.NoSplit => metric,
        MetricQuery.ByDag => point.DagId,
        _ => point.Tags.GetValueOrDefault(By[TagPrefix.Length..], Without),
    };

    /// <summary>The series with the most points, in the order of their names, and how many there is no room for.</summary>
    public (IReadOnlyList<string> Shown, int LeftOut) Names(string metric, IEnumerable<SeriesPoint> points)
    {
        var all = points.CountBy(p => NameOf(metric, p)).OrderByDescending(s => s.Value).ThenBy(s => s.Key, StringComparer.Ordinal).Select(s => s.Key).ToArray();
        return ([.. all.Take(MostSeries).Order(StringComparer.OrdinalIgnoreCase)], Math.Max(0, all.Length - MostSeries));
    }

    /// <summary>A filter of the points of one series.</summary>
    public MetricFilter Narrow(MetricFilter filter, string series) => By switch
    {
        MetricQuery.NoSplit => filter,
        MetricQuery.ByDag => filter with { DagId = series },
        _ when series == Without => filter,
        _ => filter with { Tags = new Dictionary<string, string>(filter.Tags, StringComparer.Ordinal) { [By[TagPrefix.Length..]] = series } },
    };
}
