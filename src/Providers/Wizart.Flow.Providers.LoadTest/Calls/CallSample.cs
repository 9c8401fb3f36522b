namespace Wizart.Flow.Providers.LoadTest.Calls;

/// <summary>One call that has ended; times are counted from the start of its step.</summary>
/// <param name="Intended">When the schedule meant it to be sent.</param>
/// <param name="Started">When it was sent.</param>
/// <param name="Ended">When its end was seen.</param>
/// <param name="End">What came of it.</param>
internal readonly record struct CallSample(TimeSpan Intended, TimeSpan Started, TimeSpan Ended, CallEnd End)
{
    /// <summary>From the intended time: what a user would have waited, whoever was late.</summary>
    public TimeSpan Latency => Ended - Intended;

    /// <summary>From the real start: what the service needed.</summary>
    public TimeSpan Service => Ended - Started;

    /// <summary>How late the generator was.</summary>
    public TimeSpan Lateness => Started - Intended;
}
