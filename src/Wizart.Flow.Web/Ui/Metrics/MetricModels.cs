using Wizart.Flow.Engine.Metrics;

namespace Wizart.Flow.Web.Ui.Metrics;

/// <summary>The metrics that fit, one page of them, and those that are looked at side by side.</summary>
public sealed record MetricsModel(
    string Text, string Dag, IReadOnlyList<string> Dags, IReadOnlyList<string> Shown, MetricQuery Query, IReadOnlyList<MetricRow> Rows, int Page, int Found, int All)
{
    /// <summary>How many stand on a page.</summary>
    public const int PageSize = 50;

    /// <summary>The most that are looked at side by side.</summary>
    public const int MostShown = 12;
}

/// <summary>A metric, and its newest values with the tags of the last, oldest first.</summary>
public sealed record MetricRow(MetricSummary Summary, IReadOnlyList<double> Recent);

/// <summary>One metric.</summary>
/// <param name="Name">The metric.</param>
/// <param name="Query">What is asked.</param>
/// <param name="Chart">The points of the chart.</param>
/// <param name="Choices">What it may be split and filtered by.</param>
/// <param name="Points">One page of the table, newest first.</param>
/// <param name="Next">Where the next page begins; null when this is the last.</param>
public sealed record MetricPageModel(
    string Name, MetricQuery Query, ChartData Chart, MetricChoices Choices, IReadOnlyList<SeriesPoint> Points, MetricCursor? Next)
{
    /// <summary>How many points stand on a page of the table.</summary>
    public const int PageSize = 50;

    /// <summary>The page of the metric.</summary>
    public string Path => PathOf(Name);

    /// <summary>The page of a metric.</summary>
    public static string PathOf(string name) => $"measures/{Uri.EscapeDataString(name)}";
}

/// <summary>What a metric may be split and filtered by: its DAGs, and the values of each of its tags.</summary>
public sealed record MetricChoices(IReadOnlyList<string> Dags, IReadOnlyList<(string Tag, IReadOnlyList<string> Values)> Tags);

/// <summary>What a chart draws. Each series has a value, or null, for each time.</summary>
/// <param name="Times">In seconds since 1970, ascending.</param>
/// <param name="Series">One or more.</param>
/// <param name="Bucket">Of what span each value is the mean; null when they are the points themselves.</param>
/// <param name="LeftOut">How many series there was no room for.</param>
/// <param name="Points">How many points are in it.</param>
/// <param name="Split">What makes a series of its own.</param>
public sealed record ChartData(
    IReadOnlyList<double> Times, IReadOnlyList<ChartSeries> Series, string? Bucket, int LeftOut, long Points, string Split);

/// <summary>One line of a chart.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Values">Its values.</param>
/// <param name="Runs">The run that told each; null for means of many.</param>
public sealed record ChartSeries(string Name, IReadOnlyList<double?> Values, IReadOnlyList<long?> Runs);
