using Wizart.Flow.Providers.Sheets.Requests;
using Wizart.Flow.Providers.Sheets.Rows;
using Wizart.Flow.Providers.Sheets.Tables;
using Wizart.Flow.Providers.Sheets.V4.Data;

namespace Wizart.Flow.Providers.Sheets.Charts;

/// <summary>The change that puts a chart into a sheet: a new one, or a new look of the one that has its title.</summary>
internal static class SheetCharts
{
    private const int Width = 720;
    private const int Height = 400;
    private const int RowsPerChart = 21;

    /// <exception cref="SheetsException">The header has not all its columns.</exception>
    public static Request Request(SheetPlace place, SheetHeader header, SheetChart chart, Calls calls)
    {
        if (chart.Series.Length == 0) throw new ArgumentException($"The chart '{chart.Title}' draws nothing: name a column.");
        var spec = Spec(place, header, chart, calls);
        if (place.Charts.FirstOrDefault(c => c.Spec?.Title == chart.Title) is { ChartId: { } there })
            return new Request { UpdateChartSpec = new UpdateChartSpecRequest(there, spec) };

        // Beside the table, one beneath the other.
        var row = Math.Min((place.Charts.Count * RowsPerChart) + 1, place.Rows - 1);
        var column = Math.Min(header.Names.Count + 1, place.Columns - 1);
        return new Request
        {
            AddChart = new AddChartRequest(new EmbeddedChart
            {
                // Of its own making, so that adding it a second time is refused instead of done.
                ChartId = IdOf(place.SheetId, chart.Title),
                Spec = spec,
                Position = new EmbeddedObjectPosition(new OverlayPosition(new GridCoordinate(place.SheetId, row, column), Width, Height)),
            }),
        };
    }

    private static ChartSpec Spec(SheetPlace place, SheetHeader header, SheetChart chart, Calls calls) => new()
    {
        Title = chart.Title,
        BasicChart = new BasicChartSpec
        {
            ChartType = chart.Kind.ToString().ToUpperInvariant(),
            LegendPosition = chart.Series.Length > 1 ? "BOTTOM_LEGEND" : "NO_LEGEND",
            Axis =
            [
                new BasicChartAxis("BOTTOM_AXIS", chart.XTitle ?? chart.X),
                new BasicChartAxis("LEFT_AXIS", chart.YTitle ?? (chart.Series.Length == 1 ? chart.Series[0] : "")),
            ],
            Domains = [new BasicChartDomain(Column(chart.X, place, header, chart, calls))],
            Series = [.. chart.Series.Select(name => new BasicChartSeries(Column(name, place, header, chart, calls), "LEFT_AXIS"))],
            HeaderCount = 1,
        },
    };

    private static ChartData Column(string name, SheetPlace place, SheetHeader header, SheetChart chart, Calls calls)
    {
        var column = header.Find(ColumnName.Key(name), calls)
            ?? throw calls.Wrong($"'{place.Title}' has no column '{name}' for the chart '{chart.Title}'. Its header is: {header}.");
        return new ChartData(new ChartSourceRange([new GridRange
        {
            SheetId = place.SheetId,
            StartRowIndex = 0,
            EndRowIndex = place.Rows,
            StartColumnIndex = column,
            EndColumnIndex = column + 1,
        }]));
    }

    private static int IdOf(int sheetId, string title)
    {
        var hash = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{sheetId} {title}"));
        return BitConverter.ToInt32(hash) & int.MaxValue;
    }
}
