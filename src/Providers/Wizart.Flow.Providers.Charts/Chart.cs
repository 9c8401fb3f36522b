using System.Globalization;
using System.Text;
using ScottPlot;
using ScottPlot.TickGenerators;
using SkiaSharp;
using Wizart.Flow.Providers.Charts.Drawings;
using Wizart.Flow.Providers.Charts.Pictures;

namespace Wizart.Flow.Providers.Charts;

/// <summary>
/// A picture of figures: <c>Chart.Line(steps, s => s.Rps, s => s.P95.TotalMilliseconds).Title("…").Png("p95.png")</c>.
/// Values that are null, not a number or infinite are left out, and the picture says how many; without any it says that there
/// is no data.
/// </summary>
public sealed partial class Chart
{
    private readonly ChartDrawing _drawing;
    private readonly List<(double Value, string Label)> _thresholds = [];
    private string _title = "";
    private string? _x;
    private string _y = "";
    private bool _fromZero;
    private int _width = 800;
    private int _height = 450;

    private Chart(ChartDrawing drawing) => _drawing = drawing;

    /// <summary>The line above it.</summary>
    public Chart Title(string title)
    {
        _title = title ?? "";
        return this;
    }

    /// <summary>What the horizontal axis is.</summary>
    public Chart X(string label)
    {
        _x = label ?? "";
        return this;
    }

    /// <summary>What the vertical axis is.</summary>
    public Chart Y(string label)
    {
        _y = label ?? "";
        return this;
    }

    /// <summary>A dashed red line at a value that should not be passed.</summary>
    /// <param name="value">Where.</param>
    /// <param name="label">Written at the line; the value itself when left out.</param>
    public Chart Threshold(double value, string? label = null)
    {
        if (!double.IsFinite(value)) throw new ArgumentOutOfRangeException(nameof(value), value, "A threshold is a number.");
        _thresholds.Add((value, label ?? value.ToString("#,0.###", CultureInfo.InvariantCulture)));
        return this;
    }

    /// <summary>The vertical axis begins at zero, so that heights can be compared. Bars do so in any case.</summary>
    public Chart FromZero()
    {
        _fromZero = true;
        return this;
    }

    /// <summary>The wall clock of a time axis, such as <c>Europe/Minsk</c>; UTC by default.</summary>
    /// <exception cref="InvalidOperationException">This chart has no time axis.</exception>
    /// <exception cref="TimeZoneNotFoundException">There is no such zone.</exception>
    public Chart In(string zone)
    {
        if (_drawing is not Points { IsTime: true } points) throw new InvalidOperationException("In(zone) is for a chart with times on its horizontal axis.");
        points.Zone = TimeZoneInfo.FindSystemTimeZoneById(zone);
        return this;
    }

    /// <summary>Pixels; 800 × 450 by default, which a chat shows without making it smaller.</summary>
    public Chart Size(int width, int height)
    {
        if (width is < 100 or > 10_000) throw new ArgumentOutOfRangeException(nameof(width), width, "From 100 to 10,000 pixels.");
        if (height is < 100 or > 10_000) throw new ArgumentOutOfRangeException(nameof(height), height, "From 100 to 10,000 pixels.");
        (_width, _height) = (width, height);
        return this;
    }

    /// <summary>Keeps the picture with the run as a PNG file.</summary>
    /// <param name="name">The file name a person sees, such as <c>p95.png</c>.</param>
    public Artifact Png(string name) => ArtifactFile.Write(Ending(name, ".png"), ToPng());

    /// <summary>Keeps the picture with the run as an SVG file, which stays sharp at any size.</summary>
    /// <param name="name">The file name a person sees, such as <c>p95.svg</c>.</param>
    public Artifact Svg(string name) => ArtifactFile.Write(Ending(name, ".svg"), Encoding.UTF8.GetBytes(ToSvg()));

    /// <summary>The bytes of a PNG file.</summary>
    public byte[] ToPng()
    {
        using var plot = Draw(_width);
        using var bitmap = new SKBitmap(_width, _height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColors.White);
        plot.Render(canvas, _width, _height);
        return IndexedPng.Encode(bitmap);
    }

    /// <summary>The text of an SVG file.</summary>
    public string ToSvg() => ToSvg(_width, _height);

    /// <summary>The text of an SVG file of another size: drawn anew, with texts as large as ever.</summary>
    public string ToSvg(int width, int height)
    {
        using var plot = Draw(width);
        // Who looks at it has not this font under our name.
        return plot.GetSvgXml(width, height).Replace(ChartFont.Name, "DejaVu Sans", StringComparison.Ordinal);
    }

    private Plot Draw(int width)
    {
        _drawing.Width = width;
        var plot = Look.NewPlot(_title, _x ?? _drawing.DefaultX, _y);
        if (_drawing.IsEmpty)
        {
            plot.Axes.SetLimits(0, 1, 0, 1);
            plot.HideGrid();
            plot.Axes.Bottom.TickGenerator = new EmptyTickGenerator();
            plot.Axes.Left.TickGenerator = new EmptyTickGenerator();
            Note(plot, "no data", Alignment.MiddleCenter, 24);
            return plot;
        }

        if (_drawing is not Cells) NumberAxis(plot.Axes.Left);
        if (_drawing is Points { IsTime: false } or Bins) NumberAxis(plot.Axes.Bottom);
        _drawing.Draw(plot);
        foreach (var (value, label) in _thresholds) Threshold(plot, value, label);
        if (_drawing.Names.Any()) Look.ShowLegend(plot, _drawing.Names);
        if (_drawing.Missing > 0) Note(plot, _drawing.Missing == 1 ? "1 value is missing" : $"{_drawing.Missing} values are missing", Alignment.UpperLeft, 12);
        if (_fromZero && plot.Axes.GetDataLimits() is var limits && limits.Bottom >= 0)
        {
            plot.Axes.AutoScale();
            plot.Axes.SetLimitsY(0, plot.Axes.GetLimits().Top);
        }

        return plot;
    }

    private static void Threshold(Plot plot, double value, string label)
    {
        var line = plot.Add.HorizontalLine(value, 2, Look.Alarm, LinePattern.Dashed);
        line.EnableAutoscale = true;
        line.LegendText = "";
        line.LabelText = label;
        line.LabelOppositeAxis = true;
        line.LabelFontName = ChartFont.For(label);
        line.LabelFontSize = 13;
        line.LabelBold = false;
        line.LabelFontColor = Look.Alarm;
        line.LabelBackgroundColor = Color.FromHex("#FFFFFF");
        plot.Axes.Right.MinimumSize = 14 + (label.Length * 8.2f);
    }

    private static void Note(Plot plot, string text, Alignment alignment, float size)
    {
        var note = plot.Add.Annotation(text, alignment);
        note.LabelFontName = ChartFont.Name;
        note.LabelFontSize = size;
        note.LabelFontColor = Look.Muted;
        note.LabelBackgroundColor = Color.FromHex("#FFFFFF");
        note.LabelBorderWidth = 0;
        note.LabelShadowColor = Color.FromHex("#FFFFFF");
    }

    private static void NumberAxis(IAxis axis) => axis.TickGenerator = new NumericAutomatic
    {
        LabelFormatter = value => Math.Abs(value) >= 1e9 ? value.ToString("0.###e0", CultureInfo.InvariantCulture) : value.ToString("#,0.######", CultureInfo.InvariantCulture),
    };

    private static string Ending(string name, string ending) => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)
        ? name
        : throw new ArgumentException($"The picture's name is '{name}'; it must end in {ending}.", nameof(name));
}
