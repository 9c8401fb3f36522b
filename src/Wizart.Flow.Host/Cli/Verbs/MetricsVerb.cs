using System.CommandLine;
using Wizart.Flow.Values;
using Wizart.Flow.Web;

namespace Wizart.Flow.Host.Cli;

/// <summary><c>flow metrics [NAME]</c>.</summary>
internal sealed class MetricsVerb(CommonOptions options, Terminal terminal) : DaemonVerb(options, terminal)
{
    private const int DefaultCount = 30;
    private const int ChartCount = 1_000;
    private const int RecentCount = 24;

    private readonly Argument<string?> _name = new("NAME") { Description = "The metric. Without it all are listed.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _since = new("--since") { Description = "Not before this: a span before now (7d, 12h), or a date (ISO 8601).", HelpName = "WHEN" };
    private readonly Option<string?> _until = new("--until") { Description = "Before this: a span before now, or a date.", HelpName = "WHEN" };
    private readonly Option<string[]> _tags = new("--tag") { Description = "Points with this tag, as often as needed: all must be there.", HelpName = "NAME=VALUE" };
    private readonly Option<string?> _dag = new("--dag") { Description = "What this DAG told.", HelpName = "DAG" };
    private readonly Option<bool> _byTime = new("--by-time") { Description = "Along the time at which points were told. Default: along the logical dates of their runs." };
    private readonly Option<string?> _bucket = new("--bucket") { Description = "One line for each span of this length: 1h, 1d.", HelpName = "SPAN" };
    private readonly Option<string?> _chart = new("--chart") { Description = "Writes a picture of it to this file, .png or .svg.", HelpName = "FILE" };
    private readonly Option<bool> _json = new("--json") { Description = "The same as --output json." };

    private readonly Option<int?> _count = CommonOptions.Number(
        "--count", $"How many points, the newest. Default: {DefaultCount}, for a picture {ChartCount}.", 1, 1_000);

    /// <inheritdoc/>
    protected override Command Declare() => new("metrics", "Shows what tasks measured: all metrics, or the points of one.")
    {
        _name, _since, _until, _tags, _dag, _byTime, _bucket, _count, _chart, _json,
    };

    /// <inheritdoc/>
    protected override Task<int> RunAsync(ParseResult parsed, FlowClient client, CancellationToken cancellation) =>
        parsed.GetValue(_name) is { } name ? OneAsync(parsed, name, client, cancellation) : AllAsync(parsed, client, cancellation);

    private async Task<int> AllAsync(ParseResult parsed, FlowClient client, CancellationToken cancellation)
    {
        Option[] ofOne = [_since, _until, _tags, _byTime, _bucket, _count, _chart];
        if (ofOne.FirstOrDefault(o => parsed.GetResult(o) is { Implicit: false }) is { } given)
            throw CliException.Usage($"{given.Name} is for one metric: flow metrics NAME {given.Name} …");
        var metrics = await client.MetricsAsync(parsed.GetValue(_dag), RecentCount, cancellation);
        if (WantsJson(parsed)) Terminal.WriteJson(metrics);
        else if (metrics.Length == 0) Terminal.Error.WriteLine("No task has told a metric yet. A body tells one with run.Metric(\"name\", value).");
        else new MetricTables(Terminal).Write(metrics);
        return ExitCodes.Fine;
    }

    private async Task<int> OneAsync(ParseResult parsed, string name, FlowClient client, CancellationToken cancellation)
    {
        var chart = parsed.GetValue(_chart);
        if (chart is not null && MetricChart.WhyNot(chart) is { } why) throw CliException.Usage(why);
        var byTime = parsed.GetValue(_byTime);
        var series = await client.MetricAsync(name, Query(parsed, byTime, chart is not null), cancellation);
        if (chart is not null) WriteChart(Path.GetFullPath(chart, Terminal.Folder), series, byTime);
        if (WantsJson(parsed)) Terminal.WriteJson(series);
        else if (chart is null) Write(series, byTime);
        return ExitCodes.Fine;
    }

    private void Write(MetricSeriesResource series, bool byTime)
    {
        var tables = new MetricTables(Terminal);
        if (series.Buckets is { Count: > 0 } buckets) tables.Write(buckets);
        else if (series.Points.Count > 0) tables.Write(series, byTime);
        else Terminal.Error.WriteLine($"Metric '{series.Name}' has no such points.");
    }

    private void WriteChart(string path, MetricSeriesResource series, bool byTime)
    {
        try
        {
            MetricChart.Write(path, series, byTime);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CliException($"The picture can't be written to {Terminal.Shown(path)}: {error.Message}", inner: error);
        }

        Terminal.Error.WriteLine($"{Terminal.Shown(path)}: {Words.Count(series.Buckets?.Count ?? series.Points.Count, series.Buckets is null ? "point" : "span")} of {series.Name}.");
        if (series.Next is not null) Terminal.Error.WriteLine("There are earlier points; --bucket 1h or 1d shows them all.");
    }

    private List<(string Name, string Value)> Query(ParseResult parsed, bool byTime, bool isChart)
    {
        var count = parsed.GetValue(_count) ?? (isChart ? ChartCount : DefaultCount);
        List<(string, string)> query = [("count", count.ToString(System.Globalization.CultureInfo.InvariantCulture))];
        if (byTime) query.Add(("by", "time"));
        if (parsed.GetValue(_dag) is { } dag) query.Add(("dag", dag));
        if (parsed.GetValue(_bucket) is { } bucket) query.Add(("bucket", bucket));
        if (When(parsed, _since) is { } since) query.Add(("since", since));
        if (When(parsed, _until) is { } until) query.Add(("until", until));
        query.AddRange((parsed.GetValue(_tags) ?? []).Select(tag => ("tag", tag)));
        return query;
    }

    private string? When(ParseResult parsed, Option<string?> option)
    {
        if (parsed.GetValue(option) is not { } text) return null;
        var time = DurationText.Read(text) is { } span && span >= TimeSpan.Zero && span < TimeSpan.FromDays(365_000)
            ? Terminal.Time.GetUtcNow() - span
            : DateText.Read(text, TimeZoneInfo.Utc);
        return time?.ToString("O") ?? throw CliException.Usage($"'{Words.Line(text, 40)}' for {option.Name} is neither a span such as 7d or 12h nor a date such as 2026-11-01.");
    }

    private bool WantsJson(ParseResult parsed) => parsed.GetValue(_json) || IsJson(parsed);
}
