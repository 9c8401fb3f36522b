namespace Wizart.Flow.Providers.LoadTest;

/// <summary>How a search ended.</summary>
public enum CapacityOutcome
{
    /// <summary>The highest rate is known, with its interval, and was held once more for longer.</summary>
    Found,

    /// <summary>The service held the highest rate that was allowed: its limit is above.</summary>
    HeldUpTo,

    /// <summary>It held no rate that was tried.</summary>
    NothingHeld,

    /// <summary>The generator was the limit, or the samples too few: what is held is at least what is told.</summary>
    Inconclusive,

    /// <summary>Stopped before its end, by a condition or a budget: what is held is at least what is told.</summary>
    Stopped,
}

/// <summary>What a service can hold.</summary>
public sealed record CapacityResult
{
    /// <summary>How the search ended. All but <see cref="CapacityOutcome.Found"/> are partial results.</summary>
    public required CapacityOutcome Outcome { get; init; }

    /// <summary>The highest rate that was held, in calls per second; 0 when none was.</summary>
    public required double MaxRps { get; init; }

    /// <summary>The lowest rate that was not held: the limit lies between the two. Null when none failed.</summary>
    public required double? FirstFailingRps { get; init; }

    /// <summary>Whether <see cref="MaxRps"/> was held for the longer time as well.</summary>
    public required bool Confirmed { get; init; }

    /// <summary>What kept the rate from being higher, in words.</summary>
    public required string BindingLimit { get; init; }

    /// <summary>The step at <see cref="MaxRps"/>; when nothing was held, the one at the lowest rate.</summary>
    public required LoadStep AtMax { get; init; }

    /// <summary>The step that passed nearest to 80 % of <see cref="MaxRps"/>; its own rate is in it.</summary>
    public required LoadStep? At80 { get; init; }

    /// <summary>The step that passed nearest to half of <see cref="MaxRps"/>.</summary>
    public required LoadStep? At50 { get; init; }

    /// <summary>One step for each rate, the lowest rate first. Of a rate that was held more than once it is the last, which decided.</summary>
    public required IReadOnlyList<LoadStep> Steps { get; init; }

    /// <summary>All steps in the order in which they were held, those included that were held again.</summary>
    public required IReadOnlyList<LoadStep> Holds { get; init; }

    /// <summary>The test, second by second.</summary>
    public required IReadOnlyList<LoadSecond> Seconds { get; init; }

    /// <summary>The ways in which calls failed, the most frequent first.</summary>
    public required IReadOnlyList<LoadProblem> Problems { get; init; }

    /// <summary>Why the test was stopped; null when it was not.</summary>
    public required string? Stopped { get; init; }

    /// <summary>How long the service took to answer well again after the stop; null when it was not stopped, or did not recover in 30 s.</summary>
    public required TimeSpan? Recovery { get; init; }

    /// <summary>The text of the service level.</summary>
    public required string PassWhile { get; init; }

    /// <summary>The text of the harm.</summary>
    public required string StopWhen { get; init; }

    /// <summary>When the test began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Took { get; init; }

    /// <summary>Where the load came from.</summary>
    public required LoadEnvironment Environment { get; init; }

    /// <summary>Compares with an earlier result of the same test.</summary>
    /// <param name="earlier">The earlier one.</param>
    /// <param name="tolerance">The share by which rates may differ and be the same; 5 % by default.</param>
    public LoadComparison ComparedWith(CapacityResult earlier, double tolerance = 0.05)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        return LoadComparison.Of(this, LoadComparison.IsWhole(earlier) ? earlier.MaxRps : null, tolerance);
    }

    /// <summary>Compares with the newest earlier run of the same test, taken as an input: <c>Trend(LoadTest.MaxRps)</c>.</summary>
    /// <param name="earlier">The rates that earlier runs found; partial results are not among them.</param>
    /// <param name="tolerance">The share by which rates may differ and be the same; 5 % by default.</param>
    public LoadComparison ComparedWith(Trend earlier, double tolerance = 0.05)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        return LoadComparison.Of(this, earlier.Last, tolerance);
    }
}
