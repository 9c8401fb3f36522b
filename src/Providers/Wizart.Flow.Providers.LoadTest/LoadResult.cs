namespace Wizart.Flow.Providers.LoadTest;

/// <summary>What a profile measured.</summary>
public sealed record LoadResult
{
    /// <summary>One step for all rates that follow each other, and one for each part with callers.</summary>
    public required IReadOnlyList<LoadStep> Steps { get; init; }

    /// <summary>The test, second by second.</summary>
    public required IReadOnlyList<LoadSecond> Seconds { get; init; }

    /// <summary>The ways in which calls failed.</summary>
    public required IReadOnlyList<LoadProblem> Problems { get; init; }

    /// <summary>Why the test was stopped, which makes this a partial result; null when it was not.</summary>
    public required string? Stopped { get; init; }

    /// <summary>How long the service took to answer well again after the stop; null when it was not stopped, or did not recover in 30 s.</summary>
    public required TimeSpan? Recovery { get; init; }

    /// <summary>When the test began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Took { get; init; }

    /// <summary>Where the load came from.</summary>
    public required LoadEnvironment Environment { get; init; }
}
