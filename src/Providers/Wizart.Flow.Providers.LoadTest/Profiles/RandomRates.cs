namespace Wizart.Flow.Providers.LoadTest.Profiles;

/// <summary>Rates that jump about, and do so alike in every run: two tests of the same profile can be compared.</summary>
internal static class RandomRates
{
    private const ulong Step = 0x9E3779B97F4A7C15;

    public static IEnumerable<RatePart> Of(double least, double most, TimeSpan interval, TimeSpan during)
    {
        ulong state = 1;
        for (var start = TimeSpan.Zero; start < during; start += interval)
        {
            var rate = least + ((most - least) * Next(ref state));
            yield return new RatePart(rate, rate, during - start < interval ? during - start : interval);
        }
    }

    // SplitMix64.
    private static double Next(ref ulong state)
    {
        var mixed = state += Step;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return ((mixed ^ (mixed >> 31)) >> 11) / (double)(1UL << 53);
    }
}
