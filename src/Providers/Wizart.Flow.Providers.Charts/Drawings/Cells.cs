using System.Globalization;
using ScottPlot;
using ScottPlot.Colormaps;
using Wizart.Flow.Providers.Charts.Pictures;

namespace Wizart.Flow.Providers.Charts.Drawings;

/// <summary>Values as colors over two rows of labels, in the order in which the labels come.</summary>
internal sealed class Cells : ChartDrawing
{
    private const int MostColumnsWithNumbers = 16;
    private const int MostRowsWithNumbers = 14;

    private readonly List<string> _columns;
    private readonly List<string> _rows;
    private readonly Dictionary<(string, string), double> _values = [];

    public Cells(IEnumerable<(string X, string Y, double? Value)> cells)
    {
        var all = cells.ToArray();
        (_columns, _rows) = ([.. all.Select(c => c.X).Distinct()], [.. all.Select(c => c.Y).Distinct()]);
        foreach (var (x, y, value) in all)
        {
            if (Drawable(value) is not { } number) Missing++;
            else if (!_values.TryAdd((x, y), number)) throw new ArgumentException($"Two values are for '{x}' and '{y}'. Group the rows first, so that each cell comes once.");
        }
    }

    public override bool IsEmpty => _values.Count == 0;

    public override int Missing { get; }

    public override void Draw(Plot plot)
    {
        if (IsEmpty) return;
        var grid = new double[_rows.Count, _columns.Count];
        for (var y = 0; y < _rows.Count; y++)
            for (var x = 0; x < _columns.Count; x++)
                grid[y, x] = _values.TryGetValue((_columns[x], _rows[y]), out var value) ? value : double.NaN;
        var map = plot.Add.Heatmap(grid);
        map.Colormap = new CustomInterpolated([Color.FromHex("#F1F6FC"), Color.FromHex("#8FC1EC"), Color.FromHex("#0B66C3"), Color.FromHex("#082F63")]);
        map.NaNCellColor = Color.FromHex("#FFFFFF");
        map.FlipVertically = false;
        if (_columns.Count <= MostColumnsWithNumbers && _rows.Count <= MostRowsWithNumbers) Write(plot, map.GetRange());
        var scale = plot.Add.ColorBar(map);
        scale.Axis.TickLabelStyle.FontName = ChartFont.Name;
        scale.Axis.TickLabelStyle.FontSize = Look.TextSize;
        BarGroups.Labels(plot.Axes.Bottom, _columns, Width);
        BarGroups.Labels(plot.Axes.Left, [.. Enumerable.Reverse(_rows)], UsualWidth);
        plot.HideGrid();
        plot.Axes.Margins(0, 0);
    }

    private void Write(Plot plot, ScottPlot.Range range)
    {
        foreach (var ((x, y), value) in _values)
        {
            var text = plot.Add.Text(value.ToString("0.##", CultureInfo.InvariantCulture), _columns.IndexOf(x), _rows.Count - 1 - _rows.IndexOf(y));
            text.LabelFontName = ChartFont.Name;
            text.LabelFontSize = Look.TextSize - 1;
            text.LabelAlignment = Alignment.MiddleCenter;
            text.LabelFontColor = range.Max > range.Min && (value - range.Min) / (range.Max - range.Min) > 0.5 ? Color.FromHex("#FFFFFF") : Look.Ink;
        }
    }
}
