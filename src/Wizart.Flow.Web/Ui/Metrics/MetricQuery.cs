using Microsoft.AspNetCore.Http;
using Wizart.Flow.Engine.Metrics;
using Wizart.Flow.Web.Ui.Layout;

namespace Wizart.Flow.Web.Ui.Metrics;

/// <summary>Which points of a metric are looked at, and how; the same as its URL.</summary>
public sealed record MetricQuery
{
    /// <summary>The spans that can be chosen, in days; zero is all.</summary>
    public static readonly IReadOnlyList<(string Word, int Days, string Words)> Spans = [("7d", 7, "7 days"), ("30d", 30, "30 days"), ("90d", 90, "90 days"), ("all", 0, "All")];

    /// <summary>No series but one for all points.</summary>
    public const string NoSplit = "none";

    /// <summary>A series for each DAG.</summary>
    public const string ByDag = "dag";

    private const string Usual = "30d";

    /// <summary>Where a point lies.</summary>
    public MetricAxis By { get; init; }

    /// <summary>How far back.</summary>
    public string Span { get; init; } = Usual;

    /// <summary>Told by this DAG only; empty for all.</summary>
    public string Dag { get; init; } = "";

    /// <summary>What makes a series of its own: <see cref="NoSplit"/>, <see cref="ByDag"/>, a tag's name after <c>tag:</c>; empty for what fits best.</summary>
    public string Split { get; init; } = "";

    /// <summary>With all of these tags.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Tags { get; init; } = [];

    /// <summary>Where the page of the table begins; null for the newest points.</summary>
    public MetricCursor? After { get; init; }

    /// <summary>Reads it from a URL; what makes no sense there is left out.</summary>
    public static MetricQuery Of(IQueryCollection query) => new()
    {
        By = query["by"] == "time" ? MetricAxis.Time : MetricAxis.LogicalDate,
        Span = Spans.Any(s => s.Word == query["span"]) ? query["span"].ToString() : Usual,
        Dag = query["dag"].ToString(),
        Split = query["split"].ToString(),
        Tags =
        [
            .. query["tag"].OfType<string>().Select(t => (Text: t, At: t.IndexOf('=', StringComparison.Ordinal))).Where(t => t.At > 0)
                .Select(t => KeyValuePair.Create(t.Text[..t.At], t.Text[(t.At + 1)..])).DistinctBy(t => t.Key),
        ],
        After = MetricCursorText.Read(query["after"].ToString()),
    };

    /// <summary>The filter of the store, as of a time.</summary>
    internal MetricFilter Filter(string name, DateTimeOffset now) => new(name)
    {
        Axis = By,
        DagId = Dag.Length > 0 ? Dag : null,
        Since = Spans.First(s => s.Word == Span).Days is > 0 and var days ? now.AddDays(-days) : null,
        Tags = Tags.ToDictionary(t => t.Key, t => t.Value, StringComparer.Ordinal),
    };

    /// <summary>The URL of a page that it is asked of.</summary>
    /// <param name="path">The page, from the base on.</param>
    public string Url(string path) => Query.Of(path, [.. Values, ("after", After is { } after ? MetricCursorText.Write(after) : "")]);

    /// <summary>What stands in the URL, the place in the table left aside.</summary>
    internal IEnumerable<(string Name, string Value)> Values =>
    [
        ("span", Span == Usual ? "" : Span), ("by", By == MetricAxis.Time ? "time" : ""), ("dag", Dag), ("split", Split),
        .. Tags.Select(t => ("tag", $"{t.Key}={t.Value}")),
    ];
}
