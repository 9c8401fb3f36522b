namespace Wizart.Flow.Providers.Shell;

/// <summary>How a program ended.</summary>
public sealed record ShellResult
{
    /// <summary>What it ended with; 128 and the signal's number when a signal ended it.</summary>
    public required int ExitCode { get; init; }

    /// <summary>What it printed, without the last line break: all of it, or its end (<see cref="OutputIsCut"/>).</summary>
    public required string Output { get; init; }

    /// <summary>Whether <see cref="Output"/> is only the end of what was printed.</summary>
    public required bool OutputIsCut { get; init; }

    /// <summary>What it printed to standard error, or its end.</summary>
    public required string Errors { get; init; }

    /// <summary>How long it ran.</summary>
    public required TimeSpan Took { get; init; }
}
