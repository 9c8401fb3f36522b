namespace Wizart.Flow.Providers.Sheets;

/// <summary>A chart in a sheet, over columns of the same sheet.</summary>
/// <param name="Title">Its title, by which it is found again.</param>
/// <param name="X">The column along the horizontal axis.</param>
/// <param name="Series">The columns that are drawn.</param>
public sealed record SheetChart(string Title, string X, params string[] Series)
{
    /// <summary>Lines by default.</summary>
    public SheetChartKind Kind { get; init; } = SheetChartKind.Line;

    /// <summary>What the horizontal axis is called; the column's name by default.</summary>
    public string? XTitle { get; init; }

    /// <summary>What the vertical axis is called; the column's name by default when there is only one.</summary>
    public string? YTitle { get; init; }
}

/// <summary>How a chart draws its series.</summary>
public enum SheetChartKind
{
    /// <summary>A line through the values.</summary>
    Line,

    /// <summary>A standing bar for each value.</summary>
    Column,

    /// <summary>A line with the area beneath it filled.</summary>
    Area,

    /// <summary>Points, both axes by number.</summary>
    Scatter,
}
