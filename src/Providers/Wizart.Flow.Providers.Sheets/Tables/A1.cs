using System.Globalization;

namespace Wizart.Flow.Providers.Sheets.Tables;

/// <summary>Places in A1 notation: <c>'Load tests'!B2:D9</c>. Rows count from 1 as people see them, columns from 0.</summary>
internal static class A1
{
    public static string Sheet(string sheet) => $"'{sheet.Replace("'", "''", StringComparison.Ordinal)}'";

    public static string Cell(string sheet, int row, int column) => $"{Sheet(sheet)}!{Place(row, column)}";

    public static string Range(string sheet, int row, int column, int lastRow, int lastColumn) =>
        $"{Sheet(sheet)}!{Place(row, column)}:{Place(lastRow, lastColumn)}";

    public static string Row(string sheet, int row) => string.Create(CultureInfo.InvariantCulture, $"{Sheet(sheet)}!{row}:{row}");

    /// <summary>A column beneath the header.</summary>
    public static string ColumnBelowHeader(string sheet, int column) => $"{Sheet(sheet)}!{Place(2, column)}:{Column(column)}";

    /// <summary>A, B, … Z, AA, AB…</summary>
    public static string Column(int column)
    {
        var name = "";
        for (var rest = column + 1; rest > 0; rest = (rest - 1) / 26) name = (char)('A' + ((rest - 1) % 26)) + name;
        return name;
    }

    private static string Place(int row, int column) => Column(column) + row.ToString(CultureInfo.InvariantCulture);
}
