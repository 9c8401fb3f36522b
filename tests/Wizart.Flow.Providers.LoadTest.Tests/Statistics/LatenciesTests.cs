using Wizart.Flow.Providers.LoadTest.Statistics;

namespace Wizart.Flow.Providers.LoadTest.Tests.Statistics;

public class LatenciesTests
{
    [Fact]
    public void Percentiles_of_two_distributions_are_those_of_all_their_values()
    {
        var (quick, slow) = (new Latencies(), new Latencies());
        for (var i = 0; i < 990; i++) quick.Add(10.Milliseconds());
        for (var i = 0; i < 10; i++) slow.Add(1.Seconds());
        quick.Add(slow);
        Assert.InRange(quick.At(98), 9.9.Seconds() / 1000, 10.1.Seconds() / 1000); // an average would be half a second
        Assert.InRange(quick.At(99.5), 0.99.Seconds(), 1.01.Seconds());
        Assert.Equal(1_000, quick.Count);
    }

    [Fact]
    public void Nothing_has_no_percentile_and_what_is_too_long_is_cut()
    {
        var latencies = new Latencies();
        Assert.Equal(TimeSpan.Zero, latencies.At(95));
        latencies.Add(5.Hours());
        latencies.Add(-1.Seconds());
        Assert.InRange(latencies.At(100), 0.99.Hours(), 1.01.Hours());
    }
}
