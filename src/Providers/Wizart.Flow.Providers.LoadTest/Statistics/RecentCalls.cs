using Wizart.Flow.Providers.LoadTest.Calls;

namespace Wizart.Flow.Providers.LoadTest.Statistics;

/// <summary>The calls that ended in the last second, or the last twenty where that is longer.</summary>
internal sealed class RecentCalls
{
    public const int Fewest = 20;

    private static readonly TimeSpan Span = TimeSpan.FromSeconds(1);
    private readonly Queue<CallSample> _samples = new();
    private readonly Tally _tally = new();

    public void Add(in CallSample sample) => _samples.Enqueue(sample);

    /// <summary>Their tally, until it is asked for again.</summary>
    public Tally At(TimeSpan now)
    {
        while (_samples.Count > Fewest && _samples.Peek().Ended < now - Span) _samples.Dequeue();
        _tally.Clear();
        foreach (var sample in _samples) _tally.Add(sample);
        return _tally;
    }
}
