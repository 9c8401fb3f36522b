using HdrHistogram;

namespace Wizart.Flow.Providers.LoadTest.Statistics;

/// <summary>A distribution of times: microseconds to an hour, three significant digits.</summary>
internal sealed class Latencies
{
    private static readonly long Longest = (long)TimeSpan.FromHours(1).TotalMicroseconds;
    private readonly LongHistogram _histogram = new(Longest, 3);

    public long Count => _histogram.TotalCount;

    public void Add(TimeSpan time) => _histogram.RecordValue(Math.Clamp((long)time.TotalMicroseconds, 0, Longest));

    /// <summary>Merges another distribution in: percentiles of both together, which no average of percentiles gives.</summary>
    public void Add(Latencies other) => _histogram.Add(other._histogram);

    /// <summary>The time within which this share of them lies; zero when there are none.</summary>
    public TimeSpan At(double percentile) =>
        Count == 0 ? TimeSpan.Zero : TimeSpan.FromMicroseconds(_histogram.GetValueAtPercentile(percentile));

    public void Clear()
    {
        if (Count > 0) _histogram.Reset();
    }
}
