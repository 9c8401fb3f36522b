using System.Globalization;
using System.Text;
using Wizart.Flow.Providers.Reports.Parts;

namespace Wizart.Flow.Providers.Reports.Writing;

/// <summary>A report in Markdown.</summary>
internal static class ReportMarkdown
{
    private const string Signs = "\\`*_{}[]<>#|~";

    public static string PictureName(string stem, int number) => string.Create(CultureInfo.InvariantCulture, $"{stem}-{number + 1}.png");

    public static string Write(Report report, string stem)
    {
        var text = new StringBuilder();
        text.Append("# ").Append(Line(report.Title)).Append("\n\n");
        if (report.Under.Length > 0) text.Append(Line(report.Under)).Append("\n\n");
        var pictures = 0;
        for (var i = 0; i < report.Parts.Count; i++)
        {
            switch (report.Parts[i])
            {
                case ReportPart.Headline:
                    var headlines = report.Parts.Skip(i).TakeWhile(p => p is ReportPart.Headline).Cast<ReportPart.Headline>().ToArray();
                    Headlines(text, headlines);
                    i += headlines.Length - 1;
                    break;
                case ReportPart.Heading heading:
                    text.Append("## ").Append(Line(heading.Text)).Append("\n\n");
                    break;
                case ReportPart.Words words:
                    text.Append(Escaped(words.Text.ReplaceLineEndings("\n").Trim())).Append("\n\n");
                    break;
                case ReportPart.Note note:
                    text.Append("> **Note:** ").Append(Line(note.Text)).Append("\n\n");
                    break;
                case ReportPart.Picture picture:
                    var name = PictureName(stem, pictures++);
                    text.Append("![").Append(Line(picture.Caption.Length > 0 ? picture.Caption : name)).Append("](").Append(Uri.EscapeDataString(name)).Append(")\n\n");
                    break;
                case ReportPart.Figure figure:
                    Figure(text, figure);
                    break;
            }
        }

        if (ReportOrigin.Words is { } origin) text.Append("---\n\n").Append(Line(origin)).Append('\n');
        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static void Headlines(StringBuilder text, ReportPart.Headline[] headlines)
    {
        text.Append("| | | |\n| --- | ---: | --- |\n");
        foreach (var headline in headlines)
        {
            text.Append("| ").Append(Line(headline.Name)).Append(" | **").Append(Figures.Number(headline.Value)).Append("**")
                .Append(headline.Unit.Length > 0 ? " " + Line(headline.Unit) : "").Append(" | ").Append(Line(Figures.Change(headline))).Append(" |\n");
        }

        text.Append('\n');
    }

    private static void Figure(StringBuilder text, ReportPart.Figure figure)
    {
        if (figure.Caption.Length > 0) text.Append("**").Append(Line(figure.Caption)).Append("**\n\n");
        var table = figure.Shown;
        Row(table.Columns.Select(Line));
        Row(table.Columns.Select(c => Figures.IsNumeric(table[c]) ? "---:" : "---"));
        foreach (var row in table.Rows) Row(row.Values.Select(v => Line(Figures.Cell(v))));
        text.Append('\n');
        if (figure.Cut is { } cut) text.Append('*').Append(cut).Append("*\n\n");

        void Row(IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
    }

    private static string Line(string text) => Escaped(text.ReplaceLineEndings(" ").Trim());

    private static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var sign in text)
        {
            if (Signs.Contains(sign, StringComparison.Ordinal)) escaped.Append('\\');
            escaped.Append(sign);
        }

        return escaped.ToString();
    }
}
