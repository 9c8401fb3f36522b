using Wizart.Flow.Providers.Sheets.Cells;
using Wizart.Flow.Providers.Sheets.V4.Data;

namespace Wizart.Flow.Providers.Sheets.Tables;

/// <summary>Which column of a sheet each column of the rows is.</summary>
/// <param name="Place">The sheet.</param>
/// <param name="Positions">The sheet's column for each of the rows' columns.</param>
internal sealed record TableColumns(SheetPlace Place, IReadOnlyList<int> Positions)
{
    private readonly int _first = Positions.Min();
    private readonly int _last = Positions.Max();

    /// <summary>A row as the end of a sheet takes it: from the first column on.</summary>
    public RowData ToRowData(CellValue[] row)
    {
        var cells = new CellData[_last + 1];
        Array.Fill(cells, CellData.Empty);
        for (var i = 0; i < row.Length; i++) cells[Positions[i]] = row[i].ToData();
        return new RowData(cells);
    }

    /// <summary>Consecutive rows, in place; columns that the rows don't have stay as they are.</summary>
    public ValueRangeUpdate ToUpdate(int firstRow, IReadOnlyCollection<CellValue[]> rows) => new(
        A1.Range(Place.Title, firstRow, _first, firstRow + rows.Count - 1, _last),
        [.. rows.Select(Values)]);

    private object?[] Values(CellValue[] row)
    {
        var values = new object?[_last - _first + 1];
        for (var i = 0; i < row.Length; i++) values[Positions[i] - _first] = row[i].Plain ?? "";
        return values;
    }
}
