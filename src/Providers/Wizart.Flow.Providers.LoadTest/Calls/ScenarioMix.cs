namespace Wizart.Flow.Providers.LoadTest.Calls;

/// <summary>
/// The calls in their proportions, interleaved as evenly as they can be and always in the same order, so that two steps of
/// the same rate ask the same of a service.
/// </summary>
internal sealed class ScenarioMix
{
    private readonly WeightedCall[] _cycle;

    public ScenarioMix(IReadOnlyList<WeightedCall> calls)
    {
        if (calls.GroupBy(c => c.Name).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ArgumentException($"Two scenarios are called '{twice.Key}'. Give each a name of its own.");
        All = calls;
        _cycle = Interleave(calls);
    }

    public IReadOnlyList<WeightedCall> All { get; }

    /// <summary>The call of the n-th arrival.</summary>
    public WeightedCall At(long number) => _cycle[number % _cycle.Length];

    // Smooth weighted round robin.
    private static WeightedCall[] Interleave(IReadOnlyList<WeightedCall> calls)
    {
        var divisor = calls.Select(c => c.Weight).Aggregate(GreatestCommonDivisor);
        var weights = calls.Select(c => c.Weight / divisor).ToArray();
        var total = weights.Sum();
        if (total > 100_000) throw new ArgumentException($"The weights add up to {total}, which is more than 100,000. Give smaller ones.");

        var credit = new int[weights.Length];
        var cycle = new WeightedCall[total];
        for (var place = 0; place < total; place++)
        {
            for (var i = 0; i < weights.Length; i++) credit[i] += weights[i];
            var next = Array.IndexOf(credit, credit.Max());
            credit[next] -= total;
            cycle[place] = calls[next];
        }

        return cycle;
    }

    private static int GreatestCommonDivisor(int a, int b) => b == 0 ? a : GreatestCommonDivisor(b, a % b);
}
