namespace Wizart.Flow.Providers.LoadTest;

/// <summary>Why a step was held.</summary>
public enum LoadStepKind
{
    /// <summary>Left out of every judgement.</summary>
    WarmUp,

    /// <summary>On the way up.</summary>
    Climb,

    /// <summary>On the way down, while nothing has passed yet.</summary>
    Descend,

    /// <summary>Between the highest rate that passed and the lowest that failed.</summary>
    Bisect,

    /// <summary>The failing rate once more, near the boundary: a service may have been slow for other reasons.</summary>
    Recheck,

    /// <summary>The found rate, held longer.</summary>
    Confirm,

    /// <summary>A part of a profile, not of a search.</summary>
    Profile,
}

/// <summary>What came of a step.</summary>
public enum LoadVerdict
{
    /// <summary>It was not judged.</summary>
    NotJudged,

    /// <summary>The service held the rate.</summary>
    Passed,

    /// <summary>The service did not hold the rate.</summary>
    Failed,

    /// <summary>The generator, or too few samples, leave it open.</summary>
    Inconclusive,

    /// <summary>It was stopped before its end.</summary>
    Stopped,
}

/// <summary>
/// One step: what was asked of the service and what it gave. Counts and times are those of the judged window, each call
/// counted where it was meant to be sent.
/// </summary>
public sealed record LoadStep
{
    /// <summary>From one, in the order in which they were held.</summary>
    public required int Number { get; init; }

    /// <summary>Why it was held.</summary>
    public required LoadStepKind Kind { get; init; }

    /// <summary>The rate that was offered, in calls per second.</summary>
    public required double Rps { get; init; }

    /// <summary>What came of it.</summary>
    public required LoadVerdict Verdict { get; init; }

    /// <summary>The figure that decided, in words; empty when it passed.</summary>
    public required string Reason { get; init; }

    /// <summary>The length of the judged window.</summary>
    public required TimeSpan Window { get; init; }

    /// <summary>The rate that was really sent, in calls per second.</summary>
    public required double StartedRps { get; init; }

    /// <summary>Good calls per second of the window.</summary>
    public required double GoodRps { get; init; }

    /// <summary>The share of ended calls that failed, from 0 to 1.</summary>
    public required double ErrorRate { get; init; }

    /// <summary>Half of the calls took at most this long, from the time at which they were meant to be sent.</summary>
    public required TimeSpan P50 { get; init; }

    /// <summary>90 % of the calls took at most this long.</summary>
    public required TimeSpan P90 { get; init; }

    /// <summary>95 % of the calls took at most this long.</summary>
    public required TimeSpan P95 { get; init; }

    /// <summary>99 % of the calls took at most this long.</summary>
    public required TimeSpan P99 { get; init; }

    /// <summary>The slowest.</summary>
    public required TimeSpan Slowest { get; init; }

    /// <summary>Calls that were due.</summary>
    public required long Offered { get; init; }

    /// <summary>Calls that were sent.</summary>
    public required long Started { get; init; }

    /// <summary>Calls that ended, well or not.</summary>
    public required long Completed { get; init; }

    /// <summary>Calls that ended well.</summary>
    public required long Good { get; init; }

    /// <summary>Answered with a status from 400 to 499.</summary>
    public required long ClientErrors { get; init; }

    /// <summary>Answered with a status from 500 on.</summary>
    public required long ServerErrors { get; init; }

    /// <summary>Not answered in time.</summary>
    public required long Timeouts { get; init; }

    /// <summary>No connection, or lost.</summary>
    public required long ConnectionErrors { get; init; }

    /// <summary>Answers that the scenario did not accept.</summary>
    public required long CheckFailures { get; init; }

    /// <summary>Due and not sent.</summary>
    public required long Dropped { get; init; }

    /// <summary>Given up when the test was stopped.</summary>
    public required long Cancelled { get; init; }

    /// <summary>Calls under way at the end.</summary>
    public required long InFlight { get; init; }

    /// <summary>99 % of the calls were sent at most this late.</summary>
    public required TimeSpan LatenessP99 { get; init; }

    /// <summary>The share of this machine's processors that the generator's process used, from 0 to 1.</summary>
    public required double GeneratorCpu { get; init; }
}
