namespace Wizart.Flow.Providers.Python;

/// <summary>What a locustfile measured.</summary>
public sealed record LocustResult
{
    /// <summary>All requests together.</summary>
    public required LocustEndpoint Total { get; init; }

    /// <summary>The requests by method and name.</summary>
    public required IReadOnlyList<LocustEndpoint> Endpoints { get; init; }

    /// <summary>The ways in which requests failed.</summary>
    public required IReadOnlyList<LocustFailure> Failures { get; init; }

    /// <summary>What the locustfile's own code has thrown.</summary>
    public required IReadOnlyList<LocustProblem> Problems { get; init; }

    /// <summary>Why the run was stopped before its time, which makes this a partial result; null when it was not.</summary>
    public required string? Stopped { get; init; }

    /// <summary>Why the figures say nothing certain of the service: fewer tasks were started than the rate asked for. Null when they do.</summary>
    public required string? Inconclusive { get; init; }

    /// <summary>What became of the tasks that were due; null without a rate.</summary>
    public required LocustPace? Pace { get; init; }

    /// <summary>The server.</summary>
    public required string Host { get; init; }

    /// <summary>How many users were asked for.</summary>
    public required int Users { get; init; }

    /// <summary>When Locust was started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How long it ran.</summary>
    public required TimeSpan Took { get; init; }

    /// <summary>What Locust ended with; a locustfile may set it, and it decides nothing here.</summary>
    public required int ExitCode { get; init; }
}

/// <summary>The requests of one method and name.</summary>
public sealed record LocustEndpoint
{
    /// <summary>The method, or whatever else the locustfile calls the type; empty for the total.</summary>
    public required string Method { get; init; }

    /// <summary>The path, or the name that the locustfile gives; <c>Aggregated</c> for the total.</summary>
    public required string Name { get; init; }

    /// <summary>How many were made.</summary>
    public required long Requests { get; init; }

    /// <summary>How many failed.</summary>
    public required long Failures { get; init; }

    /// <summary>The share that failed, from 0 to 1.</summary>
    public double ErrorRate => Requests == 0 ? 0 : (double)Failures / Requests;

    /// <summary>Requests a second, from the first to the last.</summary>
    public required double Rps { get; init; }

    /// <summary>The mean response time.</summary>
    public required TimeSpan Mean { get; init; }

    /// <summary>The shortest response time.</summary>
    public required TimeSpan Min { get; init; }

    /// <summary>The longest response time.</summary>
    public required TimeSpan Max { get; init; }

    /// <summary>Half of the requests took at most this long. Locust rounds percentiles of more than 100 ms to two digits.</summary>
    public required TimeSpan P50 { get; init; }

    /// <summary>90 % of the requests took at most this long.</summary>
    public required TimeSpan P90 { get; init; }

    /// <summary>95 % of the requests took at most this long.</summary>
    public required TimeSpan P95 { get; init; }

    /// <summary>99 % of the requests took at most this long.</summary>
    public required TimeSpan P99 { get; init; }

    /// <summary>All percentiles that Locust tells, by per cent.</summary>
    public required IReadOnlyDictionary<double, TimeSpan> Percentiles { get; init; }

    /// <summary>The mean size of an answer, in bytes.</summary>
    public required double MeanBytes { get; init; }

    /// <summary>The run, second by second.</summary>
    public required IReadOnlyList<LocustSecond> Seconds { get; init; }
}

/// <summary>A second of a run; requests are counted in the second in which they ended.</summary>
public sealed record LocustSecond
{
    /// <summary>When it ended.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Users at that time.</summary>
    public required int Users { get; init; }

    /// <summary>Requests that ended in it.</summary>
    public required long Requests { get; init; }

    /// <summary>Requests that failed in it.</summary>
    public required long Failures { get; init; }

    /// <summary>Half of the requests of the last ten seconds took at most this long; zero when there were none.</summary>
    public required TimeSpan P50 { get; init; }

    /// <summary>95 % of the requests of the last ten seconds took at most this long.</summary>
    public required TimeSpan P95 { get; init; }

    /// <summary>99 % of the requests of the last ten seconds took at most this long.</summary>
    public required TimeSpan P99 { get; init; }
}

/// <summary>A way in which requests failed.</summary>
/// <param name="Method">The method.</param>
/// <param name="Name">The path or name.</param>
/// <param name="Error">The error.</param>
/// <param name="Count">How often.</param>
public sealed record LocustFailure(string Method, string Name, string Error, long Count);

/// <summary>What the locustfile's own code has thrown.</summary>
/// <param name="Text">The error.</param>
/// <param name="Place">Where, as Python tells it.</param>
/// <param name="Count">How often.</param>
public sealed record LocustProblem(string Text, string Place, long Count);

/// <summary>How well a rate was kept.</summary>
/// <param name="Rps">The rate that was asked for.</param>
/// <param name="Offered">Tasks that were due.</param>
/// <param name="Dropped">Tasks that were due and not started, because no user was free.</param>
/// <param name="LatenessP99">99 % of the started tasks were at most this late.</param>
public sealed record LocustPace(double Rps, long Offered, long Dropped, TimeSpan LatenessP99);
