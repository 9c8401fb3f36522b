using System.Text.Json.Serialization;

namespace Wizart.Flow.Execution;

/// <summary>What an attempt tells while it runs. The last is always <see cref="Ended"/>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(Started), "started")]
[JsonDerivedType(typeof(Log), "log")]
[JsonDerivedType(typeof(Heartbeat), "heartbeat")]
[JsonDerivedType(typeof(Progress), "progress")]
[JsonDerivedType(typeof(Metric), "metric")]
[JsonDerivedType(typeof(ArtifactKept), "artifact")]
[JsonDerivedType(typeof(Ended), "ended")]
public abstract record AttemptEvent
{
    /// <summary>The body is about to be called.</summary>
    public sealed record Started(int ProcessId) : AttemptEvent;

    /// <summary>One line of log.</summary>
    public sealed record Log(DateTimeOffset Time, LogLevel Level, LogSource Source, string Text) : AttemptEvent;

    /// <summary>The process lives.</summary>
    public sealed record Heartbeat(long MemoryBytes) : AttemptEvent;

    /// <summary>How far the work is.</summary>
    public sealed record Progress(double Share, string? Text) : AttemptEvent;

    /// <summary>One point of a time series.</summary>
    public sealed record Metric(DateTimeOffset Time, string Name, double Value, IReadOnlyDictionary<string, string> Tags) : AttemptEvent;

    /// <summary>A file was put into the artifact store.</summary>
    public sealed record ArtifactKept(Artifact Artifact) : AttemptEvent;

    /// <summary>The attempt is over.</summary>
    public sealed record Ended(AttemptOutcome Outcome) : AttemptEvent;
}

/// <summary>Who wrote a log line.</summary>
public enum LogSource
{
    /// <summary>The body, by <see cref="TaskContext.Log"/>.</summary>
    Task,

    /// <summary>Standard output.</summary>
    Output,

    /// <summary>Standard error.</summary>
    Error,

    /// <summary>Wizart.Flow itself.</summary>
    System,
}
