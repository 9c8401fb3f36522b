namespace Wizart.Flow.Providers.Sheets.V4.Data;

internal sealed record RowData(IReadOnlyList<CellData> Values);

internal sealed record CellData
{
    public static CellData Empty { get; } = new();

    public ExtendedValue? UserEnteredValue { get; init; }

    public CellFormat? UserEnteredFormat { get; init; }
}

internal sealed record ExtendedValue
{
    public double? NumberValue { get; init; }

    public string? StringValue { get; init; }

    public bool? BoolValue { get; init; }
}

internal sealed record CellFormat
{
    public NumberFormat? NumberFormat { get; init; }

    public Color? BackgroundColor { get; init; }

    public TextFormat? TextFormat { get; init; }
}

/// <param name="Type"><c>DATE</c>, <c>TIME</c>, <c>DATE_TIME</c>…</param>
/// <param name="Pattern">How it is shown.</param>
internal sealed record NumberFormat(string Type, string Pattern);

/// <summary>Each part from 0 to 1.</summary>
internal sealed record Color(double Red, double Green, double Blue);

internal sealed record TextFormat(bool Bold);
