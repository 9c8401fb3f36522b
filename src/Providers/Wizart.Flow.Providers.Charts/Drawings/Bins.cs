using ScottPlot;
using Wizart.Flow.Providers.Charts.Pictures;

namespace Wizart.Flow.Providers.Charts.Drawings;

/// <summary>How many values there are in each of some ranges of the same width.</summary>
internal sealed class Bins : ChartDrawing
{
    private readonly double[] _values;
    private readonly int _count;

    public Bins(IEnumerable<double?> values, int? count)
    {
        var all = values.Select(Drawable).ToArray();
        _values = [.. all.OfType<double>()];
        Missing = all.Length - _values.Length;
        _count = count ?? Math.Clamp((int)Math.Ceiling(Math.Sqrt(_values.Length)), 5, 40);
    }

    public override bool IsEmpty => _values.Length == 0;

    public override int Missing { get; }

    public override void Draw(Plot plot)
    {
        if (IsEmpty) return;
        var (low, high) = (_values.Min(), _values.Max());
        var width = high > low ? (high - low) / _count : 1;
        var counts = new int[high > low ? _count : 1];
        foreach (var value in _values) counts[Math.Min((int)((value - low) / width), counts.Length - 1)]++;
        var bars = counts.Select((n, i) => new Bar
        {
            Position = low + (width * (i + (high > low ? 0.5 : 0))),
            Value = n,
            Size = width,
            FillColor = Look.Of(0),
            LineColor = Color.FromHex("#FFFFFF"),
            LineWidth = 1,
        });
        plot.Add.Bars(bars.ToArray());
        plot.Grid.XAxisStyle.IsVisible = false;
        plot.Axes.Margins(bottom: 0);
    }
}
