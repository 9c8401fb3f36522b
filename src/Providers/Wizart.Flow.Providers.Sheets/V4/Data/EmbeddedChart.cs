namespace Wizart.Flow.Providers.Sheets.V4.Data;

internal sealed record AddChartRequest(EmbeddedChart Chart);

internal sealed record UpdateChartSpecRequest(int ChartId, ChartSpec Spec);

internal sealed record EmbeddedChart
{
    public int? ChartId { get; init; }

    public ChartSpec? Spec { get; init; }

    public EmbeddedObjectPosition? Position { get; init; }
}

internal sealed record ChartSpec
{
    public string? Title { get; init; }

    public BasicChartSpec? BasicChart { get; init; }
}

internal sealed record BasicChartSpec
{
    public string? ChartType { get; init; }

    public string? LegendPosition { get; init; }

    public IReadOnlyList<BasicChartAxis>? Axis { get; init; }

    public IReadOnlyList<BasicChartDomain>? Domains { get; init; }

    public IReadOnlyList<BasicChartSeries>? Series { get; init; }

    public int? HeaderCount { get; init; }
}

internal sealed record BasicChartAxis(string Position, string Title);

internal sealed record BasicChartDomain(ChartData Domain);

internal sealed record BasicChartSeries(ChartData Series, string TargetAxis);

internal sealed record ChartData(ChartSourceRange SourceRange);

internal sealed record ChartSourceRange(IReadOnlyList<GridRange> Sources);

internal sealed record EmbeddedObjectPosition(OverlayPosition OverlayPosition);

internal sealed record OverlayPosition(GridCoordinate AnchorCell, int WidthPixels, int HeightPixels);

internal sealed record GridCoordinate(int SheetId, int RowIndex, int ColumnIndex);
