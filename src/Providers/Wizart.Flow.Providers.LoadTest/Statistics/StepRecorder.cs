using Wizart.Flow.Providers.LoadTest.Calls;

namespace Wizart.Flow.Providers.LoadTest.Statistics;

/// <summary>
/// All that is counted during one step. A call belongs to the judged window by its intended time, so that slow answers count
/// where they were caused. Safe for many threads.
/// </summary>
/// <param name="settle">The beginning of the step that is not judged.</param>
/// <param name="length">The time over which calls are sent.</param>
internal sealed class StepRecorder(TimeSpan settle, TimeSpan length)
{
    private const int MostProblems = 20;

    private readonly Lock _lock = new();
    private readonly Tally _whole = new();
    private readonly Tally _window = new();
    private readonly RecentCalls _recent = new();
    private readonly Dictionary<string, long> _problems = [];
    private readonly Tally _second = new();
    private long _inFlight;
    private long _overAtSettle;
    private long _overAtEnd;

    /// <summary>The longest wait that the service asked for.</summary>
    public TimeSpan? RetryAfter { get; private set; }

    public Tally Whole => _whole;

    public Tally Window => _window;

    public TimeSpan WindowLength => length - settle;

    /// <summary>How many more calls were under way at the window's end than at its beginning. Known when all have ended.</summary>
    public long BacklogGrowth => _overAtEnd - _overAtSettle;

    /// <summary>Calls under way when the last was due. Known when all have ended.</summary>
    public long InFlightAtEnd => _overAtEnd;

    /// <summary>The problems seen, the most frequent first.</summary>
    public IReadOnlyList<LoadProblem> Problems()
    {
        lock (_lock) return [.. _problems.OrderByDescending(p => p.Value).Select(p => new LoadProblem(p.Key, p.Value))];
    }

    public void Offered(TimeSpan intended, bool dropped)
    {
        lock (_lock)
        {
            Count(_whole);
            Count(_second);
            if (intended >= settle) Count(_window);
        }

        void Count(Tally tally)
        {
            tally.Offered++;
            if (dropped) tally.Dropped++;
        }
    }

    /// <summary>A call that was offered is not sent after all.</summary>
    public void Dropped(TimeSpan intended)
    {
        lock (_lock)
        {
            _whole.Dropped++;
            _second.Dropped++;
            if (intended >= settle) _window.Dropped++;
        }
    }

    public void Started(TimeSpan intended, TimeSpan started)
    {
        lock (_lock)
        {
            _inFlight++;
            Count(_whole);
            Count(_second);
            if (intended >= settle) Count(_window);
        }

        void Count(Tally tally)
        {
            tally.Started++;
            tally.Lateness.Add(started - intended);
        }
    }

    public void Ended(in CallSample sample)
    {
        lock (_lock)
        {
            _inFlight--;
            _whole.Add(sample);
            _second.Add(sample);
            _recent.Add(sample);
            if (sample.Intended >= settle) _window.Add(sample);
            if (sample.Started < settle && sample.Ended >= settle) _overAtSettle++;
            if (sample.Ended > length) _overAtEnd++;
            if (sample.End.RetryAfter is { } wait && !(wait < RetryAfter)) RetryAfter = wait;
            if (sample.End.Problem is { } problem && (_problems.Count < MostProblems || _problems.ContainsKey(problem)))
                _problems[problem] = _problems.GetValueOrDefault(problem) + 1;
        }
    }

    /// <summary>What a stop condition sees now.</summary>
    public LoadWindow Now(double rps, TimeSpan now)
    {
        lock (_lock) return new LoadWindow(_whole, _recent.At(now), rps, _inFlight);
    }

    /// <summary>The second that is over; the next one begins.</summary>
    public LoadSecond TakeSecond(int step, int second, double rps)
    {
        lock (_lock)
        {
            var over = new LoadSecond
            {
                Step = step,
                Second = second,
                Rps = rps,
                Started = _second.Started,
                Good = _second.Good,
                Failed = _second.Failed,
                Dropped = _second.Dropped,
                InFlight = _inFlight,
                P50 = _second.Latency.At(50),
                P95 = _second.Latency.At(95),
                P99 = _second.Latency.At(99),
            };
            _second.Clear();
            return over;
        }
    }
}
