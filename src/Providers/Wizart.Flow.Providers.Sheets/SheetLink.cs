namespace Wizart.Flow.Providers.Sheets;

/// <summary>A spreadsheet, or a sheet of one.</summary>
/// <param name="SpreadsheetId">What <see cref="GoogleSheets.In"/> takes.</param>
/// <param name="Url">Opens it.</param>
public sealed record SheetLink(string SpreadsheetId, string Url);
