using ScottPlot;

namespace Wizart.Flow.Providers.Charts.Drawings;

/// <summary>What stands between the axes of a chart.</summary>
internal abstract class ChartDrawing
{
    /// <summary>What the horizontal axis is called when the author says nothing.</summary>
    public virtual string DefaultX => "";

    /// <summary>The names of the series, those without one left out.</summary>
    public virtual IEnumerable<string> Names => [];

    /// <summary>Whether there is nothing to draw.</summary>
    public abstract bool IsEmpty { get; }

    /// <summary>How many values are missing: null, not a number, or infinite.</summary>
    public abstract int Missing { get; }

    /// <summary>How wide the picture is, in pixels: what there is room for.</summary>
    public int Width { get; set; } = UsualWidth;

    /// <summary>The width where nobody says otherwise.</summary>
    public const int UsualWidth = 800;

    /// <summary>Draws it.</summary>
    public abstract void Draw(Plot plot);

    /// <summary>A value that can be drawn, or null.</summary>
    protected static double? Drawable(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
