namespace Wizart.Flow.Engine.Telemetry;

/// <summary>How often which values were seen, in fixed steps. Noting one costs no lock.</summary>
/// <param name="bounds">The steps' upper bounds, growing.</param>
public sealed class Distribution(params double[] bounds)
{
    private readonly long[] _counts = new long[bounds.Length + 1];
    private double _sum;

    /// <summary>Spans from a hundredth of a second to hours, in seconds.</summary>
    public static Distribution OfSpans() => new(0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 900, 3_600, 14_400);

    /// <summary>Delays from a millisecond to a minute, in seconds.</summary>
    public static Distribution OfDelays() => new(0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 10, 60);

    /// <summary>Notes a value.</summary>
    public void Note(double value)
    {
        var step = Array.FindIndex(bounds, bound => value <= bound);
        Interlocked.Increment(ref _counts[step < 0 ? bounds.Length : step]);
        double before;
        do before = Volatile.Read(ref _sum);
        while (Interlocked.CompareExchange(ref _sum, before + value, before) != before);
    }

    /// <summary>What was noted: for each bound how many values were not above it, how many there were, and their sum.</summary>
    public (IReadOnlyList<(double Bound, long Count)> Steps, long Count, double Sum) Read()
    {
        var steps = new (double, long)[bounds.Length];
        long all = 0;
        for (var i = 0; i < bounds.Length; i++)
        {
            all += Volatile.Read(ref _counts[i]);
            steps[i] = (bounds[i], all);
        }

        return (steps, all + Volatile.Read(ref _counts[^1]), Volatile.Read(ref _sum));
    }
}
