using ScottPlot;

namespace Wizart.Flow.Providers.Charts.Pictures;

/// <summary>How all charts look: white, a light grid, no frame but the axes, texts that can be read in a chat.</summary>
internal static class Look
{
    public const float LineWidth = 2.5f;
    public const float TextSize = 14;
    public const float TitleSize = 19;

    public static readonly Color Ink = Color.FromHex("#222B36");
    public static readonly Color Muted = Color.FromHex("#5B6675");
    public static readonly Color Faint = Color.FromHex("#E4E8ED");
    public static readonly Color Alarm = Color.FromHex("#C62828");

    // Told apart by people who see few colours, too (after Okabe and Ito), darkened for white.
    private static readonly Color[] Colors = [.. new[] { "#0B66C3", "#E07A00", "#0A8F6A", "#B8448F", "#4FA8DB", "#8A6D00", "#5B4BC4", "#7A7A7A" }.Select(Color.FromHex)];

    /// <summary>The color of a series.</summary>
    public static Color Of(int series) => Colors[series % Colors.Length];

    /// <summary>An empty plot in this look.</summary>
    public static Plot NewPlot(string title, string x, string y)
    {
        ChartFont.Install();
        var plot = new Plot();
        plot.FigureBackground.Color = Color.FromHex("#FFFFFF");
        plot.DataBackground.Color = Color.FromHex("#FFFFFF");
        plot.Axes.Color(Muted);
        Grid(plot);
        plot.Axes.Right.MinimumSize = 30; // the last label of the horizontal axis reaches over its end
        plot.Axes.Right.FrameLineStyle.Width = 0;
        plot.Axes.Top.FrameLineStyle.Width = 0;
        plot.Axes.Left.FrameLineStyle.Width = 0;
        plot.Axes.Bottom.FrameLineStyle.Color = Muted;
        plot.Axes.Left.MajorTickStyle.Length = 0;
        plot.Axes.Left.MinorTickStyle.Length = 0;
        plot.Axes.Bottom.MinorTickStyle.Length = 0;
        Label(plot.Axes.Title.Label, title, TitleSize, Ink);
        Label(plot.Axes.Bottom.Label, x, TextSize, Muted);
        Label(plot.Axes.Left.Label, y, TextSize, Muted);
        plot.Axes.Title.IsVisible = title.Length > 0;
        foreach (var axis in (IAxis[])[plot.Axes.Bottom, plot.Axes.Left])
        {
            axis.TickLabelStyle.FontName = ChartFont.Name;
            axis.TickLabelStyle.FontSize = TextSize;
            axis.TickLabelStyle.ForeColor = Ink;
        }

        return plot;
    }

    /// <summary>Light lines; again when an axis was replaced.</summary>
    public static void Grid(Plot plot)
    {
        plot.Grid.XAxis = plot.Axes.Bottom;
        plot.Grid.YAxis = plot.Axes.Left;
        plot.Grid.MajorLineColor = Faint;
        plot.Grid.MajorLineWidth = 1;
    }

    /// <summary>Shows what the lines are, where there is more than one.</summary>
    public static void ShowLegend(Plot plot, IEnumerable<string> names)
    {
        plot.ShowLegend(Edge.Bottom);
        plot.Legend.Orientation = Orientation.Horizontal;
        plot.Legend.FontName = ChartFont.For(string.Concat(names));
        plot.Legend.SetBestFontOnEachRender = false;
        plot.Legend.FontSize = TextSize;
        plot.Legend.FontColor = Ink;
        plot.Legend.OutlineWidth = 0;
        plot.Legend.ShadowColor = Colors[0].WithAlpha(0);
        plot.Legend.BackgroundColor = Color.FromHex("#FFFFFF");
    }

    public static void Label(LabelStyle label, string text, float size, Color color)
    {
        label.Text = text;
        label.FontName = ChartFont.For(text);
        label.FontSize = size;
        label.Bold = false;
        label.ForeColor = color;
    }
}
