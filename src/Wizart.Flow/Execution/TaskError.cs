using Wizart.Flow.Model;

namespace Wizart.Flow.Execution;

/// <summary>Why an attempt failed, for people.</summary>
public sealed record TaskError
{
    /// <summary>The exception's type, or a word of ours such as <c>Timeout</c>, <c>WorkerDied</c>, <c>MemoryLimit</c>.</summary>
    public required string Type { get; init; }

    /// <summary>What went wrong.</summary>
    public required string Message { get; init; }

    /// <summary>The script line that failed; null when no frame of the script is on the stack.</summary>
    public SourceLocation? Location { get; init; }

    /// <summary>The text of that line.</summary>
    public string? SourceLine { get; init; }

    /// <summary>The stack, script frames with file and line, inner exceptions included; null when there was none.</summary>
    public string? Stack { get; init; }
}
