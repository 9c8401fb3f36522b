using System.Text;
using Wizart.Flow.Providers.Charts;
using Wizart.Flow.Providers.Csv;
using Wizart.Flow.Providers.Reports.Parts;
using Wizart.Flow.Providers.Reports.Writing;

namespace Wizart.Flow.Providers.Reports;

/// <summary>
/// A page for people, made of figures, text, charts and tables in the order in which they are told:
/// <c>Report.Titled("Load test").Headline("Holds", 480, "requests/s", trend).Chart(chart).Table(steps).Save("report.html")</c>.
/// One HTML file that needs nothing else, and the same in Markdown.
/// </summary>
public sealed class Report
{
    /// <summary>How many rows of a table are shown where nobody says otherwise.</summary>
    public const int DefaultRows = 200;

    private readonly List<ReportPart> _parts = [];

    private Report(string title) => Title = title;

    internal string Title { get; }

    internal string Under { get; private set; } = "";

    internal IReadOnlyList<ReportPart> Parts => _parts;

    /// <summary>Begins a report.</summary>
    /// <param name="title">Its title.</param>
    public static Report Titled(string title)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        return new Report(title.Trim());
    }

    /// <summary>The line under the title: the day, the service, the environment.</summary>
    public Report Subtitle(string text)
    {
        Under = text ?? "";
        return this;
    }

    /// <summary>A figure in large digits. Those that follow each other stand side by side.</summary>
    /// <param name="name">What it is.</param>
    /// <param name="value">The figure; null or not a number when there is none, which is shown as such.</param>
    /// <param name="unit">Of what: <c>requests/s</c>, <c>ms</c>, <c>%</c>.</param>
    /// <param name="better">Which way it should go: colours the change.</param>
    public Report Headline(string name, double? value, string unit = "", Better better = Better.Either) =>
        Add(new ReportPart.Headline(name ?? "", Finite(value), unit ?? "", false, null, better, []));

    /// <summary>A figure with its change against an earlier value.</summary>
    /// <param name="name">What it is.</param>
    /// <param name="value">The figure.</param>
    /// <param name="unit">Of what.</param>
    /// <param name="previous">The earlier value; null when there was none, which is said.</param>
    /// <param name="better">Which way it should go.</param>
    public Report Headline(string name, double? value, string unit, double? previous, Better better = Better.Either) =>
        Add(new ReportPart.Headline(name ?? "", Finite(value), unit ?? "", true, Finite(previous), better, []));

    /// <summary>A figure with its change against the last value of a trend, and a small line of how it went.</summary>
    /// <param name="name">What it is.</param>
    /// <param name="value">The figure.</param>
    /// <param name="unit">Of what.</param>
    /// <param name="trend">Its earlier values: <c>Trend("p95")</c> taken as an input of the task.</param>
    /// <param name="better">Which way it should go.</param>
    public Report Headline(string name, double? value, string unit, Trend trend, Better better = Better.Either)
    {
        ArgumentNullException.ThrowIfNull(trend);
        return Add(new ReportPart.Headline(name ?? "", Finite(value), unit ?? "", true, trend.Last, better, [.. trend.Points.Select(p => p.Value)]));
    }

    /// <summary>A heading.</summary>
    public Report Section(string heading) => Add(new ReportPart.Heading(heading ?? ""));

    /// <summary>Words; an empty line begins a new paragraph. They are shown as they are, whatever they hold.</summary>
    public Report Text(string text) => Add(new ReportPart.Words(text ?? ""));

    /// <summary>A sentence that must not be overlooked.</summary>
    public Report Note(string text) => Add(new ReportPart.Note(text ?? ""));

    /// <summary>A chart.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="caption">A line under it, which also describes it to those who can't see it.</param>
    public Report Chart(Chart chart, string caption = "")
    {
        ArgumentNullException.ThrowIfNull(chart);
        return Add(new ReportPart.Picture(chart, caption ?? ""));
    }

    /// <summary>A table. Of a long one the beginning is shown, and the report says so.</summary>
    /// <param name="table">The table.</param>
    /// <param name="caption">A line above it.</param>
    /// <param name="mostRows">How many rows are shown at most; from 1 to 10,000.</param>
    public Report Table(Table table, string caption = "", int mostRows = DefaultRows)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (mostRows is < 1 or > 10_000) throw new ArgumentOutOfRangeException(nameof(mostRows), mostRows, "From 1 to 10,000 rows of a table are shown.");
        return Add(new ReportPart.Figure(table, caption ?? "", mostRows));
    }

    /// <summary>A table of records: a column for each property.</summary>
    /// <inheritdoc cref="Table(Csv.Table, string, int)"/>
    public Report Table<T>(IEnumerable<T> rows, string caption = "", int mostRows = DefaultRows) => Table(Csv.Table.Of(rows), caption, mostRows);

    /// <summary>
    /// Keeps the report with the run: the HTML file, beside it the same in Markdown with the ending <c>.md</c>, whose pictures are
    /// PNG files: <c>report-1.png</c>.
    /// </summary>
    /// <param name="name">The file name, such as <c>report.html</c>.</param>
    /// <returns>The HTML file.</returns>
    /// <exception cref="ArgumentException">The name does not end in .html, or is no file name.</exception>
    public Artifact Save(string name = "report.html")
    {
        ArgumentNullException.ThrowIfNull(name);
        if (Path.GetExtension(name).ToLowerInvariant() is not (".html" or ".htm"))
            throw new ArgumentException($"The report's name is '{name}'; it must end in .html. Its Markdown is kept beside it.", nameof(name));
        var stem = Path.GetFileNameWithoutExtension(name);
        var html = ArtifactFile.Write(name, Encoding.UTF8.GetBytes(ToHtml()));
        ArtifactFile.Write($"{stem}.md", Encoding.UTF8.GetBytes(ReportMarkdown.Write(this, stem)));
        var pictures = _parts.OfType<ReportPart.Picture>().ToArray();
        for (var i = 0; i < pictures.Length; i++) ArtifactFile.Write(ReportMarkdown.PictureName(stem, i), pictures[i].Chart.ToPng());
        return html;
    }

    /// <summary>The text of the HTML file.</summary>
    public string ToHtml() => ReportHtml.Write(this);

    /// <summary>The text in Markdown; its pictures are files beside it.</summary>
    public string ToMarkdown() => ReportMarkdown.Write(this, "report");

    private Report Add(ReportPart part)
    {
        _parts.Add(part);
        return this;
    }

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
