namespace Wizart.Flow.Benchmarks.Figures;

/// <summary>Several measurements of the same thing.</summary>
internal sealed class Spread(IEnumerable<double> samples)
{
    private readonly double[] _sorted = [.. samples.Order()];

    public int Count => _sorted.Length;

    public double Median => At(0.5);

    public double Min => _sorted[0];

    public double Max => _sorted[^1];

    /// <summary>The sample that this share of all lies at or below.</summary>
    public double At(double share) => _sorted[Math.Clamp((int)Math.Ceiling(share * _sorted.Length) - 1, 0, _sorted.Length - 1)];

    /// <summary>Median, smallest and largest, as a text.</summary>
    public string Text(string format, string unit) =>
        $"{Median.ToString(format)} {unit} ({Min.ToString(format)}–{Max.ToString(format)}, n={Count})";
}
