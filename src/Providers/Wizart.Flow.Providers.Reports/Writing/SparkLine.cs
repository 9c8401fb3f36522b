using System.Globalization;

namespace Wizart.Flow.Providers.Reports.Writing;

/// <summary>A small line of how a figure went, with a mark at its end.</summary>
internal static class SparkLine
{
    private const double Width = 160;
    private const double Height = 32;
    private const double Edge = 3;

    /// <summary>The line of values, the oldest first.</summary>
    public static string Svg(IReadOnlyList<double> values)
    {
        var (low, high) = (values.Min(), values.Max());
        var points = values.Select((value, i) => (
            X: Edge + (i * (Width - (2 * Edge)) / Math.Max(1, values.Count - 1)),
            Y: high > low ? Height - Edge - ((value - low) / (high - low) * (Height - (2 * Edge))) : Height / 2)).ToArray();
        var line = string.Join(' ', points.Select(p => $"{Number(p.X)},{Number(p.Y)}"));
        return $"<svg class=\"spark\" viewBox=\"0 0 {Number(Width)} {Number(Height)}\" aria-hidden=\"true\"><polyline points=\"{line}\"/>"
            + $"<circle cx=\"{Number(points[^1].X)}\" cy=\"{Number(points[^1].Y)}\" r=\"2.5\"/></svg>";
    }

    private static string Number(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);
}
