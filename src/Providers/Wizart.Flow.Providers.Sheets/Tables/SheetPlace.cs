using Wizart.Flow.Providers.Sheets.V4.Data;

namespace Wizart.Flow.Providers.Sheets.Tables;

/// <summary>A sheet as it is now.</summary>
/// <param name="SpreadsheetUrl">The spreadsheet's address.</param>
/// <param name="SheetId">Its number within the spreadsheet.</param>
/// <param name="Title">Its name.</param>
/// <param name="Rows">How many rows it has, empty ones included.</param>
/// <param name="Columns">How many columns it has, empty ones included.</param>
/// <param name="Charts">Its charts.</param>
/// <param name="AllCells">How many cells all sheets of the spreadsheet have, empty ones included.</param>
/// <param name="AllSheets">How many sheets there are.</param>
internal sealed record SheetPlace(
    string SpreadsheetUrl, int SheetId, string Title, int Rows, int Columns, IReadOnlyList<EmbeddedChart> Charts, long AllCells, int AllSheets)
{
    public string Url => FormattableString.Invariant($"{SpreadsheetUrl}#gid={SheetId}");
}
