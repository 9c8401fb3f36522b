using System.Globalization;
using System.Text;
using Wizart.Flow.Providers.Csv.Fields;
using Wizart.Flow.Providers.Csv.Tables;

namespace Wizart.Flow.Providers.Csv;

public sealed partial class Table
{
    /// <summary>For a terminal or a log: aligned columns, numbers to the right and rounded to four digits after the point.</summary>
    public override string ToString()
    {
        var (cells, widths) = Layout(text => text.ReplaceLineEndings(" "));
        var text = new StringBuilder();
        Line(Columns);
        text.AppendJoin("  ", widths.Select(w => new string('-', w))).Append('\n');
        foreach (var row in cells) Line(row);
        return text.ToString();

        void Line(IReadOnlyList<string> row) => text.Append(string.Join("  ", row.Select((c, i) => Padded(c, i, widths[i]))).TrimEnd()).Append('\n');
    }

    /// <summary>As a Markdown table, numbers to the right.</summary>
    public string ToMarkdown()
    {
        var (cells, _) = Layout(Escaped);
        var text = new StringBuilder();
        Line(Columns.Select(Escaped));
        Line(Columns.Select((_, i) => IsRight(i) ? "---:" : "---"));
        foreach (var row in cells) Line(row);
        return text.ToString();

        void Line(IEnumerable<string> row) => text.Append("| ").AppendJoin(" | ", row).Append(" |\n");
    }

    private (string[][] Cells, int[] Widths) Layout(Func<string, string> clean)
    {
        var cells = Rows.Select(r => r.Cells.Select(c => clean(Shown(c))).ToArray()).ToArray();
        return (cells, [.. Columns.Select((c, i) => cells.Select(r => r[i].Length).Append(c.Length).Max())]);
    }

    private string Padded(string cell, int column, int width) => IsRight(column) ? cell.PadLeft(width) : cell.PadRight(width);

    private bool IsRight(int column) => CellTypes.IsNumber(Types[column]) || Types[column] == typeof(TimeSpan);

    private static string Shown(object? cell) => cell switch
    {
        double number => number.ToString("0.####", CultureInfo.InvariantCulture),
        decimal exact => exact.ToString("0.####", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("yyyy-MM-dd HH:mm:sszzz", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        _ => FieldText.Write(cell) ?? "",
    };

    private static string Escaped(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings("<br>");
}
