namespace Wizart.Flow.Providers.Sheets.V4.Data;

internal sealed record BatchUpdateSpreadsheetRequest(IReadOnlyList<Request> Requests);

/// <summary>One change of a spreadsheet; exactly one of its members is set.</summary>
internal sealed record Request
{
    public AddSheetRequest? AddSheet { get; init; }

    public UpdateSheetPropertiesRequest? UpdateSheetProperties { get; init; }

    public AppendDimensionRequest? AppendDimension { get; init; }

    public DeleteDimensionRequest? DeleteDimension { get; init; }

    public AppendCellsRequest? AppendCells { get; init; }

    public RepeatCellRequest? RepeatCell { get; init; }

    public AddChartRequest? AddChart { get; init; }

    public UpdateChartSpecRequest? UpdateChartSpec { get; init; }
}

internal sealed record AddSheetRequest(SheetProperties Properties);

internal sealed record UpdateSheetPropertiesRequest(SheetProperties Properties, string Fields);

internal sealed record AppendDimensionRequest(int SheetId, string Dimension, int Length);

internal sealed record DeleteDimensionRequest(DimensionRange Range);

/// <summary>Rows or columns of a sheet, counted from 0, the end not included.</summary>
internal sealed record DimensionRange(int SheetId, string Dimension, int StartIndex, int EndIndex);

/// <summary>Adds rows after the last one that holds anything, and makes room for them.</summary>
internal sealed record AppendCellsRequest(int SheetId, IReadOnlyList<RowData> Rows, string Fields);

internal sealed record RepeatCellRequest(GridRange Range, CellData Cell, string Fields);

internal sealed record BatchUpdateSpreadsheetResponse
{
    public IList<Response>? Replies { get; init; }
}

internal sealed record Response
{
    public AddSheetResponse? AddSheet { get; init; }

    public AddChartResponse? AddChart { get; init; }
}

internal sealed record AddSheetResponse
{
    public SheetProperties? Properties { get; init; }
}

internal sealed record AddChartResponse
{
    public EmbeddedChart? Chart { get; init; }
}

/// <summary>A part of a sheet, counted from 0, the ends not included; what is null has no bound.</summary>
internal sealed record GridRange
{
    public int SheetId { get; init; }

    public int? StartRowIndex { get; init; }

    public int? EndRowIndex { get; init; }

    public int? StartColumnIndex { get; init; }

    public int? EndColumnIndex { get; init; }
}
