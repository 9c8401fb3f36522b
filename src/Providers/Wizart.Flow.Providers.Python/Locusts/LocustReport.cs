using System.Text.Json;

namespace Wizart.Flow.Providers.Python.Locusts;

/// <summary>What our module tells of a run.</summary>
internal sealed record LocustReport
{
    public static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>What is not installed.</summary>
    public string? Missing { get; init; }

    /// <summary>The interpreter that misses it.</summary>
    public string? Python { get; init; }

    /// <summary>Whether the locustfile was read and its users may begin.</summary>
    public bool Started { get; init; }

    /// <summary>Whether the test was ended in order, at its time or before.</summary>
    public bool Completed { get; init; }

    /// <summary>What Locust ends with.</summary>
    public int ExitCode { get; init; }

    /// <summary>A place that the locustfile tried to reach and may not.</summary>
    public string? Refused { get; init; }

    public LocustError? Error { get; init; }

    public PaceTold? Paced { get; init; }
}

/// <summary>Why it did not begin.</summary>
internal sealed record LocustError(string Message, string File, int Line)
{
    public override string ToString() => File.Length == 0 ? Message : $"{File}({Line}): {Message}";
}

/// <summary>What became of the tasks that were due.</summary>
internal sealed record PaceTold(long Offered, long Dropped, double LatenessP99Ms);
