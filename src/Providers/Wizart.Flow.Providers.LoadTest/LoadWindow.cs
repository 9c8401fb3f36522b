using System.Globalization;
using Wizart.Flow.Providers.LoadTest.Statistics;

namespace Wizart.Flow.Providers.LoadTest;

/// <summary>
/// What a condition sees. <c>PassWhile</c> sees the judged window of a step; <c>StopWhen</c> sees, ten times a second, the
/// counts of the step so far, and the shares and percentiles of the last second (or the last twenty calls, where those took longer).
/// </summary>
public sealed class LoadWindow
{
    private readonly Tally _counts;
    private readonly Tally _recent;
    private readonly long _inFlight;
    private readonly bool _byService;

    /// <param name="counts">What is counted.</param>
    /// <param name="recent">What shares and percentiles are taken of.</param>
    /// <param name="rps">The rate that is meant.</param>
    /// <param name="inFlight">Calls under way.</param>
    /// <param name="byService">Whether latencies are counted from the real start.</param>
    internal LoadWindow(Tally counts, Tally recent, double rps, long inFlight, bool byService = false)
    {
        (_counts, _recent, Rps, _inFlight, _byService) = (counts, recent, rps, inFlight, byService);
    }

    /// <summary>The rate that is offered, in calls per second.</summary>
    public double Rps { get; }

    /// <summary>Calls that are under way: at the window's end, or now.</summary>
    public long InFlight => Seen("in flight", _inFlight);

    /// <summary>The share of ended calls that failed, from 0 to 1; 0 where fewer than ten have ended.</summary>
    public double ErrorRate => Seen("error rate", _recent.Completed < 10 ? 0 : (double)_recent.Failed / _recent.Completed);

    /// <summary>Calls that were sent.</summary>
    public long Started => Seen("started", _counts.Started);

    /// <summary>Calls that ended, well or not.</summary>
    public long Completed => Seen("completed", _counts.Completed);

    /// <summary>Calls that failed, of all classes.</summary>
    public long Failed => Seen("failed", _counts.Failed);

    /// <summary>Calls that were not answered in time.</summary>
    public long Timeouts => Seen("timeouts", _counts.Timeouts);

    /// <summary>Calls answered with a status from 400 to 499.</summary>
    public long ClientErrors => Seen("4xx", _counts.ClientErrors);

    /// <summary>Calls answered with a status from 500 on.</summary>
    public long ServerErrors => Seen("5xx", _counts.ServerErrors);

    /// <summary>Calls that found no connection, or lost it.</summary>
    public long ConnectionErrors => Seen("connection errors", _counts.ConnectionErrors);

    /// <summary>Calls whose answer the scenario did not accept.</summary>
    public long CheckFailures => Seen("failed checks", _counts.CheckFailures);

    /// <summary>Answers that asked to wait (429 or 503 with Retry-After).</summary>
    public long RetryAfters => Seen("answers with Retry-After", _counts.RetryAfters);

    /// <summary>Calls that were due and not sent: too many were under way, or the generator came too late.</summary>
    public long Dropped => Seen("dropped", _counts.Dropped);

    /// <summary>Half of the calls took at most this long.</summary>
    public TimeSpan P50 => Percentile(50);

    /// <summary>90 % of the calls took at most this long.</summary>
    public TimeSpan P90 => Percentile(90);

    /// <summary>95 % of the calls took at most this long.</summary>
    public TimeSpan P95 => Percentile(95);

    /// <summary>99 % of the calls took at most this long.</summary>
    public TimeSpan P99 => Percentile(99);

    /// <summary>The time within which this share of the calls ended.</summary>
    /// <param name="percent">From 0 to 100.</param>
    public TimeSpan Percentile(double percent)
    {
        var value = (_byService ? _recent.Service : _recent.Latency).At(percent);
        LastSeen = string.Create(CultureInfo.InvariantCulture, $"p{percent:0.##} {value.TotalMilliseconds:0.#} ms");
        return value;
    }

    /// <summary>The figure that a condition looked at last, in words: with <c>&amp;&amp;</c> and <c>||</c> the one that decided.</summary>
    internal string? LastSeen { get; private set; }

    private double Seen(string name, double share)
    {
        LastSeen = string.Create(CultureInfo.InvariantCulture, $"{name} {share * 100:0.##} %");
        return share;
    }

    private long Seen(string name, long count)
    {
        LastSeen = string.Create(CultureInfo.InvariantCulture, $"{name} {count}");
        return count;
    }
}
