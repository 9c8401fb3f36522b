using System.Globalization;

namespace Wizart.Flow.Providers.Python;

/// <summary>What a stop condition sees, once a second.</summary>
public sealed class LocustWindow
{
    private const int FewestRequests = 20;
    private readonly LocustSecond _last;
    private readonly long _requests;
    private readonly long _failures;
    private readonly double _errorRate;

    internal LocustWindow(IReadOnlyList<LocustSecond> seconds, TimeSpan elapsed)
    {
        _last = seconds[^1];
        Elapsed = elapsed;
        _requests = seconds.Sum(s => s.Requests);
        _failures = seconds.Sum(s => s.Failures);
        long recent = 0, failed = 0;
        for (var i = seconds.Count - 1; i >= 0 && recent < FewestRequests; i--) (recent, failed) = (recent + seconds[i].Requests, failed + seconds[i].Failures);
        _errorRate = recent < FewestRequests / 2 ? 0 : (double)failed / recent;
    }

    /// <summary>Time since the start.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>Users there are.</summary>
    public int Users => _last.Users;

    /// <summary>Requests that ended in the last second.</summary>
    public double Rps => Seen("rate", _last.Requests, "/s");

    /// <summary>The share of failures in the last second, or in as many seconds as hold twenty requests; 0 where fewer than ten have ended.</summary>
    public double ErrorRate
    {
        get
        {
            Seen("error rate", _errorRate * 100, " %");
            return _errorRate;
        }
    }

    /// <summary>Requests that have ended so far.</summary>
    public long Requests => (long)Seen("requests", _requests, "");

    /// <summary>Requests that have failed so far.</summary>
    public long Failures => (long)Seen("failures", _failures, "");

    /// <summary>Half of the requests of the last ten seconds took at most this long.</summary>
    public TimeSpan P50 => Seen("p50", _last.P50);

    /// <summary>95 % of the requests of the last ten seconds took at most this long.</summary>
    public TimeSpan P95 => Seen("p95", _last.P95);

    /// <summary>99 % of the requests of the last ten seconds took at most this long.</summary>
    public TimeSpan P99 => Seen("p99", _last.P99);

    /// <summary>The figure that a condition looked at last, in words: with <c>&amp;&amp;</c> and <c>||</c> the one that decided.</summary>
    internal string? LastSeen { get; private set; }

    private double Seen(string name, double value, string unit)
    {
        LastSeen = string.Create(CultureInfo.InvariantCulture, $"{name} {value:0.##}{unit}");
        return value;
    }

    private TimeSpan Seen(string name, TimeSpan value)
    {
        Seen(name, value.TotalMilliseconds, " ms");
        return value;
    }
}
