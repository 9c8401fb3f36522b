namespace Wizart.Flow.Providers.Sheets.V4.Data;

internal sealed record Spreadsheet
{
    public string? SpreadsheetId { get; init; }

    public string? SpreadsheetUrl { get; init; }

    public SpreadsheetProperties? Properties { get; init; }

    public IList<Sheet>? Sheets { get; init; }
}

internal sealed record SpreadsheetProperties
{
    public string? Title { get; init; }
}

internal sealed record Sheet
{
    public SheetProperties? Properties { get; init; }

    public IList<EmbeddedChart>? Charts { get; init; }
}

internal sealed record SheetProperties
{
    public int? SheetId { get; init; }

    public string? Title { get; init; }

    public GridProperties? GridProperties { get; init; }
}

internal sealed record GridProperties
{
    public int? RowCount { get; init; }

    public int? ColumnCount { get; init; }

    public int? FrozenRowCount { get; init; }
}
