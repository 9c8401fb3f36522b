using ScottPlot;
using ScottPlot.TickGenerators;
using Wizart.Flow.Providers.Charts.Pictures;

namespace Wizart.Flow.Providers.Charts.Drawings;

/// <summary>Bars over labels; of several series side by side.</summary>
internal sealed class BarGroups : ChartDrawing
{
    private const double GroupWidth = 0.8;
    private const int RoomForLabels = 85;
    private const int LongestLabel = 24;

    private readonly List<(string Name, (string Label, double? Value)[] Bars)> _series = [];

    public override IEnumerable<string> Names => _series.Select(s => s.Name).Where(n => n.Length > 0);

    public override bool IsEmpty => _series.All(s => s.Bars.All(b => b.Value is null));

    public override int Missing => _series.Sum(s => s.Bars.Count(b => b.Value is null));

    public void Add(string name, IEnumerable<(string Label, double? Value)> bars)
    {
        var all = bars.Select(b => (b.Label ?? "", Drawable(b.Value))).ToArray();
        if (all.GroupBy(b => b.Item1).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ArgumentException($"Two bars{(name.Length > 0 ? $" of '{name}'" : "")} are called '{twice.Key}'. Group the rows first, so that each label comes once.");
        _series.Add((name, all));
    }

    public override void Draw(Plot plot)
    {
        var labels = _series.SelectMany(s => s.Bars.Select(b => b.Label)).Distinct().ToList();
        var width = GroupWidth / _series.Count;
        for (var i = 0; i < _series.Count; i++)
        {
            var left = -(GroupWidth / 2) + (width * (i + 0.5));
            var bars = _series[i].Bars.Where(b => b.Value is not null)
                .Select(b => new Bar { Position = labels.IndexOf(b.Label) + left, Value = b.Value!.Value, Size = width * 0.92, FillColor = Look.Of(i), LineWidth = 0 })
                .ToArray();
            if (bars.Length == 0) continue;
            plot.Add.Bars(bars).LegendText = _series[i].Name;
        }

        Labels(plot.Axes.Bottom, labels, Width);
        if (plot.Axes.Bottom.TickLabelStyle.Rotation != 0) plot.Axes.Left.MinimumSize = 110; // turned labels begin left of their bar
        plot.Grid.XAxisStyle.IsVisible = false;
        plot.Axes.Margins(bottom: _series.SelectMany(s => s.Bars).Any(b => b.Value < 0) ? 0.05 : 0);
    }

    /// <summary>Texts instead of numbers along an axis; long or many ones are turned.</summary>
    public static void Labels(IAxis axis, IReadOnlyList<string> labels, int pixels)
    {
        // So many texts can't be read: every second, third… is left out.
        var most = Math.Max(4, 40 * pixels / UsualWidth);
        var every = (labels.Count + most - 1) / most;
        axis.TickGenerator = new NumericManual(
            [.. labels.Select((_, i) => (double)i).Where(i => i % every == 0)], [.. labels.Where((_, i) => i % every == 0).Select(Cut)]);
        axis.MajorTickStyle.Length = 0;
        axis.TickLabelStyle.FontName = ChartFont.For(string.Concat(labels));
        if (axis is not IXAxis || labels.Sum(l => Math.Min(l.Length, LongestLabel) + 1) / every <= RoomForLabels * pixels / UsualWidth) return;
        axis.TickLabelStyle.Rotation = -40;
        axis.TickLabelStyle.Alignment = Alignment.MiddleRight;
        axis.TickLabelStyle.OffsetY = 8;
        axis.MinimumSize = 30 + (labels.Max(l => Math.Min(l.Length, LongestLabel)) * 5.6f);
    }

    private static string Cut(string label) => label.Length > LongestLabel ? label[..(LongestLabel - 1)] + "…" : label;
}
