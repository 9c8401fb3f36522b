using Wizart.Flow.Providers.Sheets.Requests;
using Wizart.Flow.Providers.Sheets.V4;
using Wizart.Flow.Providers.Sheets.V4.Data;

namespace Wizart.Flow.Providers.Sheets.Tables;

/// <summary>Finds sheets by name, and adds them.</summary>
internal sealed class SheetPlaces(SheetsService service, Calls calls, string spreadsheetId)
{
    /// <summary>Google's limit for a spreadsheet, empty cells included.</summary>
    public const long MostCells = 10_000_000;

    private const string Seen = "spreadsheetId,spreadsheetUrl,properties.title,sheets(properties,charts(chartId,spec(title)))";
    private const int FirstRows = 1000;
    private const int FirstColumns = 26;

    /// <summary>The sheet.</summary>
    /// <exception cref="SheetsException">It is not there.</exception>
    public async Task<SheetPlace> Find(string sheet)
    {
        var spreadsheet = await Look();
        return PlaceIn(spreadsheet, sheet) ?? throw calls.Wrong(
            $"'{spreadsheet.Properties?.Title}' has no sheet '{sheet}'. It has: "
                + $"{string.Join(", ", Sheets(spreadsheet).Select(s => $"'{s.Properties!.Title}'"))}.");
    }

    /// <summary>The sheet; it is added when it is not there.</summary>
    public async Task<SheetPlace> Ensure(string sheet, int columns)
    {
        if (sheet.Length is 0 or > 100) throw new ArgumentException($"A sheet's name has 1 to 100 characters; '{sheet}' has {sheet.Length}.");
        var spreadsheet = await Look();
        if (PlaceIn(spreadsheet, sheet) is { } there) return there;

        var grid = new GridProperties { RowCount = FirstRows, ColumnCount = Math.Max(columns, FirstColumns) };
        CheckRoom(spreadsheet.Properties?.Title ?? spreadsheetId, AllCells(spreadsheet), (long)FirstRows * grid.ColumnCount.Value);
        var add = new Request { AddSheet = new AddSheetRequest(new SheetProperties { Title = sheet, GridProperties = grid }) };
        await calls.Send(service.Spreadsheets.BatchUpdate(new BatchUpdateSpreadsheetRequest([add]), spreadsheetId), $"Adding the sheet '{sheet}'");
        return await Find(sheet);
    }

    /// <summary>What the spreadsheet is called.</summary>
    public async Task<string> Title() => (await Look()).Properties?.Title ?? spreadsheetId;

    /// <exception cref="SheetsException">So many more cells are too many.</exception>
    public void CheckRoom(string where, long cells, long more)
    {
        if (cells + more <= MostCells) return;
        throw calls.Wrong(FormattableString.Invariant(
            $"'{where}': the spreadsheet has {cells:N0} cells, empty ones included, and {more:N0} more would be needed; Google allows {MostCells:N0}. Nothing was written. Delete sheets, rows or columns that are not needed, or begin a new spreadsheet."));
    }

    private Task<Spreadsheet> Look()
    {
        var get = service.Spreadsheets.Get(spreadsheetId);
        get.Fields = Seen;
        return calls.Send(get, $"Opening the spreadsheet {spreadsheetId}");
    }

    private SheetPlace? PlaceIn(Spreadsheet spreadsheet, string sheet)
    {
        // Google takes names that differ in case only for the same.
        var found = Sheets(spreadsheet).FirstOrDefault(s => string.Equals(s.Properties!.Title, sheet, StringComparison.OrdinalIgnoreCase));
        if (found?.Properties is not { GridProperties: { } grid } properties) return null;
        return new SheetPlace(
            spreadsheet.SpreadsheetUrl ?? $"https://docs.google.com/spreadsheets/d/{spreadsheetId}/edit",
            properties.SheetId ?? 0,
            properties.Title!,
            grid.RowCount ?? 0,
            grid.ColumnCount ?? 0,
            [.. found.Charts ?? []],
            AllCells(spreadsheet),
            spreadsheet.Sheets!.Count);
    }

    private static IEnumerable<Sheet> Sheets(Spreadsheet spreadsheet) => spreadsheet.Sheets?.Where(s => s.Properties?.Title is not null) ?? [];

    private static long AllCells(Spreadsheet spreadsheet) =>
        Sheets(spreadsheet).Sum(s => (long)(s.Properties!.GridProperties?.RowCount ?? 0) * (s.Properties.GridProperties?.ColumnCount ?? 0));
}
