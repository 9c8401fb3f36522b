namespace Wizart.Flow.Providers.Sheets;

/// <summary>What was written, and where it can be seen.</summary>
/// <param name="Sheet">The sheet's name.</param>
/// <param name="Url">Opens the spreadsheet at this sheet.</param>
/// <param name="Added">Rows added at the end.</param>
/// <param name="Replaced">Rows replaced in place.</param>
/// <param name="Removed">Rows taken away because their key was there before them.</param>
public sealed record SheetWrite(string Sheet, string Url, int Added, int Replaced, int Removed);
