using System.Text;
using Wizart.Flow.Benchmarks.Rows;

namespace Wizart.Flow.Benchmarks.Figures;

/// <summary>All rows, as a table in Markdown.</summary>
internal sealed class ResultTable
{
    private readonly List<(BenchmarkRow Row, RowResult Result)> _rows = [];

    public void Add(BenchmarkRow row, RowResult result) => _rows.Add((row, result));

    public string ToMarkdown()
    {
        var text = new StringBuilder()
            .AppendLine("| what | budget | measured: median (min–max) | raw limit in the same run | within |")
            .AppendLine("|---|---|---|---|---|");
        foreach (var (row, result) in _rows)
            text.AppendLine($"| {row.What} (`{row.Name}`) | {row.Budget} | {result.Measured} | {result.RawLimit} | {Word(result.IsWithin)} |");
        return text.ToString();
    }

    private static string Word(bool? isWithin) => isWithin switch
    {
        true => "yes",
        false => "**no**",
        null => "–",
    };
}
