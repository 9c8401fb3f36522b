namespace Wizart.Flow.Providers.LoadTest;

/// <summary>One second of a load test; calls are counted in the second in which they ended.</summary>
public sealed record LoadSecond
{
    /// <summary>The step.</summary>
    public required int Step { get; init; }

    /// <summary>The second's number, from the start of the test.</summary>
    public required int Second { get; init; }

    /// <summary>The rate that was meant, in calls per second.</summary>
    public required double Rps { get; init; }

    /// <summary>Calls sent.</summary>
    public required long Started { get; init; }

    /// <summary>Calls that ended well.</summary>
    public required long Good { get; init; }

    /// <summary>Calls that failed.</summary>
    public required long Failed { get; init; }

    /// <summary>Calls due and not sent.</summary>
    public required long Dropped { get; init; }

    /// <summary>Calls under way at the second's end.</summary>
    public required long InFlight { get; init; }

    /// <summary>Half of the calls took at most this long.</summary>
    public required TimeSpan P50 { get; init; }

    /// <summary>95 % of the calls took at most this long.</summary>
    public required TimeSpan P95 { get; init; }

    /// <summary>99 % of the calls took at most this long.</summary>
    public required TimeSpan P99 { get; init; }
}
