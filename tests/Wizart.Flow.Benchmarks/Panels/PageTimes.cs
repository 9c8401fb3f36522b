using Wizart.Flow.Benchmarks.Figures;

namespace Wizart.Flow.Benchmarks.Panels;

/// <summary>How long a page takes.</summary>
/// <param name="Spread">Milliseconds from the request to the last byte.</param>
/// <param name="Processor">Milliseconds of processor time of the daemon for each, which other work on the machine changes little.</param>
internal sealed record PageTimes(Spread Spread, double Processor)
{
    /// <summary>The goal: at most so many ms in the median.</summary>
    public const double Limit = 100;

    public bool IsWithin => Spread.Median <= Limit;

    public override string ToString() => $"p50 {Spread.Median:0.0} ms, p95 {Spread.At(0.95):0.0} ms, processor {Processor:0.0} ms (n={Spread.Count})";
}
