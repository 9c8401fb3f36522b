namespace Wizart.Flow.Host.Cli;

/// <summary>A series in one line of text: <c>▁▂▄▆█▅▂</c>.</summary>
internal static class Sparkline
{
    private const string Heights = "▁▂▃▄▅▆▇█";

    /// <summary>The line of values, the oldest first; of more values than fit, neighbours become their mean.</summary>
    public static string Of(IReadOnlyList<double> values, int width = 24)
    {
        if (values.Count == 0) return "";
        var shown = Fitted(values, width);
        var (low, high) = (shown.Min(), shown.Max());
        return string.Concat(shown.Select(v => high > low ? Heights[(int)Math.Round((v - low) / (high - low) * (Heights.Length - 1))] : Heights[3]));
    }

    private static double[] Fitted(IReadOnlyList<double> values, int width) => values.Count <= width
        ? [.. values]
        : [.. Enumerable.Range(0, width).Select(i => values.Skip(i * values.Count / width).Take(Math.Max(1, ((i + 1) * values.Count / width) - (i * values.Count / width))).Average())];
}
