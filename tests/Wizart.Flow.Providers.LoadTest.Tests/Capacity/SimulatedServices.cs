using Wizart.Flow.Providers.LoadTest.Calls;

namespace Wizart.Flow.Providers.LoadTest.Tests.Capacity;

/// <summary>A service that only exists in arithmetic: what becomes of a call that arrives at a time.</summary>
internal abstract class SimulatedService
{
    public static readonly TimeSpan Never = TimeSpan.FromDays(1);

    /// <summary>Times are those of the whole test, and never go back.</summary>
    public abstract (TimeSpan Latency, CallOutcome Outcome) Answer(TimeSpan at);
}

/// <summary>Workers with one queue: the limit is workers ÷ service time, known by arithmetic.</summary>
internal class QueueService(int workers, TimeSpan serviceTime) : SimulatedService
{
    private readonly PriorityQueue<int, TimeSpan> _free = new(Enumerable.Range(0, workers).Select(w => (w, TimeSpan.Zero)));

    public double Limit => workers / serviceTime.TotalSeconds;

    public override (TimeSpan, CallOutcome) Answer(TimeSpan at)
    {
        _free.TryPeek(out _, out var free);
        var start = free > at ? free : at;
        if (start - at > TimeSpan.FromSeconds(30)) return (Never, CallOutcome.Timeout); // the client is gone before its turn
        var end = start + Needed(at);
        _free.DequeueEnqueue(0, end);
        return (end - at, CallOutcome.Good);
    }

    protected virtual TimeSpan Needed(TimeSpan at) => serviceTime;
}

/// <summary>Slow until it is warm.</summary>
internal sealed class SlowStart(int workers, TimeSpan serviceTime, TimeSpan cold) : QueueService(workers, serviceTime)
{
    private TimeSpan? _first;

    protected override TimeSpan Needed(TimeSpan at) => at - (_first ??= at) < cold ? base.Needed(at) * 8 : base.Needed(at);
}

/// <summary>Answers more slowly the more it is asked, without ever refusing: 20 ms × (1 + (rate/limit)^6 × 14) reaches 300 ms at the limit.</summary>
internal sealed class SlowDegradation(double limit) : SimulatedService
{
    private readonly Queue<TimeSpan> _lastSecond = new();

    public override (TimeSpan, CallOutcome) Answer(TimeSpan at)
    {
        while (_lastSecond.Count > 0 && _lastSecond.Peek() <= at - TimeSpan.FromSeconds(1)) _lastSecond.Dequeue();
        _lastSecond.Enqueue(at);
        return (TimeSpan.FromMilliseconds(20 * (1 + (14 * Math.Pow(_lastSecond.Count / limit, 6)))), CallOutcome.Good);
    }
}

/// <summary>A token bucket that answers 429 to what is too much.</summary>
internal sealed class RateLimiter(double limit) : SimulatedService
{
    private double _tokens = limit / 10;
    private TimeSpan _last;

    public override (TimeSpan, CallOutcome) Answer(TimeSpan at)
    {
        _tokens = Math.Min(limit / 10, _tokens + ((at - _last).TotalSeconds * limit));
        _last = at;
        if (_tokens < 1) return (TimeSpan.FromMilliseconds(1), CallOutcome.ClientError);
        _tokens--;
        return (TimeSpan.FromMilliseconds(5), CallOutcome.Good);
    }
}

/// <summary>Holds a higher rate in one half of each period than in the other: what it holds is the lower.</summary>
internal sealed class Flapping(double low, double high, TimeSpan period) : SimulatedService
{
    private readonly RateLimiter _low = new(low);
    private readonly RateLimiter _high = new(high);

    public override (TimeSpan, CallOutcome) Answer(TimeSpan at) =>
        (at / period) % 1 < 0.5 ? _high.Answer(at) : _low.Answer(at);
}

/// <summary>Never answers again what arrives above its limit, until it is left alone for a second.</summary>
internal sealed class Hanging(double limit) : SimulatedService
{
    private readonly Queue<TimeSpan> _lastSecond = new();
    private bool _hung;

    public override (TimeSpan, CallOutcome) Answer(TimeSpan at)
    {
        while (_lastSecond.Count > 0 && _lastSecond.Peek() <= at - TimeSpan.FromSeconds(1)) _lastSecond.Dequeue();
        if (_lastSecond.Count == 0) _hung = false;
        _lastSecond.Enqueue(at);
        _hung |= _lastSecond.Count > limit;
        return _hung ? (Never, CallOutcome.Timeout) : (TimeSpan.FromMilliseconds(10), CallOutcome.Good);
    }
}

/// <summary>Breaks for good above a rate: every answer is a 500.</summary>
internal sealed class Breaking(double limit) : SimulatedService
{
    private readonly Queue<TimeSpan> _lastSecond = new();

    public TimeSpan? BrokenAt { get; private set; }

    public override (TimeSpan, CallOutcome) Answer(TimeSpan at)
    {
        while (_lastSecond.Count > 0 && _lastSecond.Peek() <= at - TimeSpan.FromSeconds(1)) _lastSecond.Dequeue();
        _lastSecond.Enqueue(at);
        if (_lastSecond.Count > limit) BrokenAt ??= at;
        return (TimeSpan.FromMilliseconds(10), BrokenAt is null ? CallOutcome.Good : CallOutcome.ServerError);
    }
}
