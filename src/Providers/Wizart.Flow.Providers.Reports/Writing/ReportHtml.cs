using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Wizart.Flow.Providers.Reports.Parts;

namespace Wizart.Flow.Providers.Reports.Writing;

/// <summary>A report as one HTML file: nothing is loaded, nothing runs.</summary>
internal static partial class ReportHtml
{
    // Should a text ever slip through unescaped, nothing comes of it.
    private const string Policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

    // On a phone a chart is drawn anew: made smaller, nobody could read it.
    private const int PhoneWidth = 400;
    private const int PhoneHeight = 300;

    /// <summary>From so many columns on a table is printed small.</summary>
    private const int ManyColumns = 12;

    public static string Write(Report report)
    {
        var html = new HtmlText();
        html.Raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Raw($"<meta http-equiv=\"Content-Security-Policy\" content=\"{Policy}\">\n")
            .Raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n")
            .Raw("<title>").Text(report.Title).Raw("</title>\n<style>\n").Raw(ReportStyle.Sheet).Raw("</style>\n</head>\n<body>\n<main>\n<header>\n<h1>")
            .Text(report.Title).Raw("</h1>\n");
        if (report.Under.Length > 0) html.Raw("<p class=\"under\">").Text(report.Under).Raw("</p>\n");
        html.Raw("</header>\n");
        for (var i = 0; i < report.Parts.Count; i++)
        {
            if (report.Parts[i] is ReportPart.Headline)
            {
                var headlines = report.Parts.Skip(i).TakeWhile(p => p is ReportPart.Headline).Cast<ReportPart.Headline>().ToArray();
                Headlines(html, headlines);
                i += headlines.Length - 1;
            }
            else
            {
                Part(html, report.Parts[i], report.Parts.Take(i + 1).Count(p => p is ReportPart.Picture));
            }
        }

        if (ReportOrigin.Words is { } origin) html.Raw("<footer>").Text(origin).Raw("</footer>\n");
        return html.Raw("</main>\n</body>\n</html>\n").ToString();
    }

    private static void Headlines(HtmlText html, ReportPart.Headline[] headlines)
    {
        html.Raw("<div class=\"headlines\">\n");
        foreach (var headline in headlines)
        {
            html.Raw("<div class=\"headline\">\n<p class=\"name\">").Text(headline.Name).Raw("</p>\n<p class=\"value\"><strong>")
                .Text(Figures.Number(headline.Value)).Raw("</strong>");
            if (headline.Unit.Length > 0) html.Raw(" <span>").Text(headline.Unit).Raw("</span>");
            html.Raw("</p>\n");
            if (Figures.Change(headline) is { Length: > 0 } change)
            {
                var look = headline.IsBetter switch { true => "change good", false => "change bad", _ => "change" };
                html.Raw($"<p class=\"{look}\">").Text(change).Raw("</p>\n");
            }

            if (headline.Earlier.Count > 0 && headline.Value is { } now) html.Raw(SparkLine.Svg([.. headline.Earlier, now])).Raw("\n");
            html.Raw("</div>\n");
        }

        html.Raw("</div>\n");
    }

    private static void Part(HtmlText html, ReportPart part, int pictures)
    {
        switch (part)
        {
            case ReportPart.Heading heading:
                html.Raw("<h2>").Text(heading.Text).Raw("</h2>\n");
                break;
            case ReportPart.Words words:
                foreach (var paragraph in words.Text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                    html.Raw("<p class=\"words\">").Text(paragraph).Raw("</p>\n");
                break;
            case ReportPart.Note note:
                html.Raw("<p class=\"note\">").Text(note.Text).Raw("</p>\n");
                break;
            case ReportPart.Picture picture:
                Picture(html, picture, pictures);
                break;
            case ReportPart.Figure figure:
                Table(html, figure);
                break;
        }
    }

    private static void Picture(HtmlText html, ReportPart.Picture picture, int number)
    {
        html.Raw("<figure>\n<picture><source media=\"(max-width: 32rem)\" srcset=\"").Raw(Embedded(picture.Chart.ToSvg(PhoneWidth, PhoneHeight)))
            .Raw("\"><img alt=\"").Text(picture.Caption.Length > 0 ? picture.Caption : string.Create(CultureInfo.InvariantCulture, $"Chart {number}"))
            .Raw("\" src=\"").Raw(Embedded(picture.Chart.ToSvg())).Raw("\"></picture>\n");
        if (picture.Caption.Length > 0) html.Raw("<figcaption>").Text(picture.Caption).Raw("</figcaption>\n");
        html.Raw("</figure>\n");
    }

    /// <summary>As a picture of its own: names inside one chart can't meet those of another.</summary>
    private static string Embedded(string svg) => $"data:image/svg+xml;base64,{Convert.ToBase64String(Encoding.UTF8.GetBytes(Numbered(svg)))}";

    /// <summary>The library counts names through the life of the process; counted anew, the same report is the same bytes.</summary>
    private static string Numbered(string svg)
    {
        var names = new Dictionary<string, string>();
        return ClipName().Replace(svg, name =>
        {
            if (!names.TryGetValue(name.Value, out var number)) names[name.Value] = number = string.Create(CultureInfo.InvariantCulture, $"cl_{names.Count}");
            return number;
        });
    }

    [GeneratedRegex(@"\bcl_[0-9a-f]+\b")]
    private static partial Regex ClipName();

    private static void Table(HtmlText html, ReportPart.Figure figure)
    {
        var table = figure.Shown;
        bool[] right = [.. table.Columns.Select(c => Figures.IsNumeric(table[c]))];
        html.Raw(right.Length > ManyColumns ? "<div class=\"table wide\" tabindex=\"0\">\n<table>\n" : "<div class=\"table\" tabindex=\"0\">\n<table>\n");
        if (figure.Caption.Length > 0) html.Raw("<caption>").Text(figure.Caption).Raw("</caption>\n");
        html.Raw("<thead><tr>");
        for (var i = 0; i < right.Length; i++) html.Raw(right[i] ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">").Text(table.Columns[i]).Raw("</th>");
        html.Raw("</tr></thead>\n<tbody>\n");
        foreach (var row in table.Rows)
        {
            html.Raw("<tr>");
            for (var i = 0; i < right.Length; i++) html.Raw(right[i] ? "<td class=\"n\">" : "<td>").Text(Figures.Cell(row.Values[i])).Raw("</td>");
            html.Raw("</tr>\n");
        }

        html.Raw("</tbody>\n</table>\n</div>\n");
        if (table.Count == 0) html.Raw("<p class=\"cut\">There are no rows.</p>\n");
        if (figure.Cut is { } cut) html.Raw("<p class=\"cut\">").Text(cut).Raw("</p>\n");
    }
}
