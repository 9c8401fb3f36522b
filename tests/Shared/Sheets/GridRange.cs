using System.Text.RegularExpressions;

namespace Wizart.Flow.TestServers.Sheets;

/// <summary>A range in A1 notation, counted from 0, the ends included.</summary>
internal sealed partial record GridRange(GridSheet Sheet, int Row, int Column, int LastRow, int LastColumn)
{
    public static GridRange Read(string text, IEnumerable<GridSheet> sheets)
    {
        var match = Notation().Match(text);
        var sheet = match.Success ? sheets.FirstOrDefault(s => s.Title == match.Groups["sheet"].Value.Replace("''", "'")) : null;
        if (sheet is null) throw new SheetsRefusal(400, $"Unable to parse range: {text}");
        return new GridRange(
            sheet,
            RowOf(match.Groups["row"], 0),
            ColumnOf(match.Groups["column"], 0),
            RowOf(match.Groups["lastRow"], match.Groups["last"].Success || !match.Groups["first"].Success ? sheet.Rows - 1 : RowOf(match.Groups["row"], 0)),
            ColumnOf(match.Groups["lastColumn"], match.Groups["last"].Success || !match.Groups["first"].Success ? sheet.Columns - 1 : ColumnOf(match.Groups["column"], 0)));
    }

    private static int RowOf(Group group, int unset) => group.Length > 0 ? int.Parse(group.Value) - 1 : unset;

    private static int ColumnOf(Group group, int unset) =>
        group.Length > 0 ? group.Value.Aggregate(0, (sum, letter) => (sum * 26) + letter - 'A' + 1) - 1 : unset;

    [GeneratedRegex("^'(?<sheet>(?:[^']|'')+)'(?<first>!(?<column>[A-Z]*)(?<row>[0-9]*))?(?<last>:(?<lastColumn>[A-Z]*)(?<lastRow>[0-9]*))?$")]
    private static partial Regex Notation();
}
