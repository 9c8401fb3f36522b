using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;
using Wizart.Flow.Providers.Charts.Pictures;

namespace Wizart.Flow.Providers.Charts.Drawings;

/// <summary>Series of points: lines or marks, over numbers or over time.</summary>
internal sealed class Points(bool connected) : ChartDrawing
{
    private const int FewPoints = 30;

    private readonly List<(string Name, (double X, double? Y)[] Points)> _series = [];

    /// <summary>The zone of a time axis; null for numbers.</summary>
    public TimeZoneInfo? Zone { get; set; }

    public bool IsTime { get; init; }

    public override string DefaultX => IsTime && !AreDays ? (Zone ?? TimeZoneInfo.Utc).Id : "";

    /// <summary>Whether the times are days of a calendar, which are the same in every zone.</summary>
    public bool AreDays { get; init; }

    public override IEnumerable<string> Names => _series.Select(s => s.Name).Where(n => n.Length > 0);

    public override bool IsEmpty => _series.All(s => s.Points.All(p => p.Y is null));

    public override int Missing => _series.Sum(s => s.Points.Count(p => p.Y is null));

    public void Add(string name, IEnumerable<(double X, double? Y)> points)
    {
        var all = points.Select(p => (p.X, Drawable(p.Y))).ToArray();
        for (var i = 0; i < all.Length; i++)
            if (!double.IsFinite(all[i].X)) throw new ArgumentException($"Row {i + 1}{(name.Length > 0 ? $" of '{name}'" : "")} has {all[i].X.ToString(CultureInfo.InvariantCulture)} on the horizontal axis, which has no place there.");
        _series.Add((name, connected ? [.. all.OrderBy(p => p.X)] : all));
    }

    public override void Draw(Plot plot)
    {
        for (var i = 0; i < _series.Count; i++)
        {
            var named = false;
            foreach (var run in Runs(_series[i].Points))
            {
                var points = run.Select(p => new Coordinates(Place(p.X), p.Y!.Value)).ToArray();
                var drawn = connected ? plot.Add.Scatter(points) : plot.Add.ScatterPoints(points);
                drawn.Color = Look.Of(i);
                drawn.LineWidth = connected ? Look.LineWidth : 0;
                drawn.MarkerSize = !connected ? 7 : points.Length <= FewPoints ? 6 : points.Length == 1 ? 5 : 0;
                drawn.LegendText = named ? "" : _series[i].Name;
                named = true;
            }
        }

        if (IsTime) TimeAxis(plot);
    }

    // A gap in the values is a gap in the line.
    private IEnumerable<(double X, double? Y)[]> Runs((double X, double? Y)[] points)
    {
        if (!connected) return points.Any(p => p.Y is not null) ? [[.. points.Where(p => p.Y is not null)]] : [];
        var runs = new List<List<(double, double?)>> { new() };
        foreach (var point in points)
        {
            if (point.Y is not null) runs[^1].Add(point);
            else if (runs[^1].Count > 0) runs.Add([]);
        }

        return runs.Where(r => r.Count > 0).Select(r => r.ToArray());
    }

    /// <summary>Times come as UTC ticks, and stand on the axis as days of the zone's wall clock.</summary>
    private double Place(double x) => IsTime
        ? TimeZoneInfo.ConvertTimeFromUtc(new DateTime((long)x, DateTimeKind.Utc), AreDays ? TimeZoneInfo.Utc : Zone ?? TimeZoneInfo.Utc).ToOADate()
        : x;

    private static void TimeAxis(Plot plot)
    {
        var label = plot.Axes.Bottom.Label.Text;
        var axis = plot.Axes.DateTimeTicksBottom();
        Look.Label(axis.LabelStyle, label, Look.TextSize, Look.Muted);
        axis.TickLabelStyle.FontName = ChartFont.Name;
        axis.TickLabelStyle.FontSize = Look.TextSize;
        axis.TickLabelStyle.ForeColor = Look.Ink;
        axis.MinorTickStyle.Length = 0;
        axis.FrameLineStyle.Color = Look.Muted;
        Look.Grid(plot);
        var limits = plot.Axes.GetDataLimits();
        var span = TimeSpan.FromDays(Math.Max(limits.HorizontalSpan, 0));
        var format = span.TotalDays > 730 ? "yyyy" : span.TotalDays > 90 ? "MMM yyyy" : span.TotalDays > 3 ? "d MMM" : span.TotalHours > 20 ? "d MMM\nHH:mm" : span.TotalMinutes > 3 ? "HH:mm" : "HH:mm:ss";
        axis.TickGenerator = new DateTimeAutomatic { LabelFormatter = time => time.ToString(format, CultureInfo.InvariantCulture) };
    }
}
