namespace Wizart.Flow.Providers.Shell;

/// <summary>How a program is run.</summary>
public sealed record ShellOptions
{
    /// <summary>The working folder; that of this process by default.</summary>
    public string? Folder { get; init; }

    /// <summary>
    /// Variables beside those of this process; a null takes one away. Values of secret names (<c>…_TOKEN</c>, <c>…PASSWORD…</c>)
    /// are masked.
    /// </summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>What the program reads from its standard input, as UTF-8; nothing by default.</summary>
    public string Input { get; init; } = "";

    /// <summary>How long it may take; as long as the attempt by default.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How long a program that is asked to end may take, before it is killed. By default less than an attempt has that is cancelled.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Which exit codes are good; only 0 by default.</summary>
    public Func<int, bool> Succeeds { get; init; } = code => code == 0;

    /// <summary>How its output is logged; null leaves it out of the log.</summary>
    public LogLevel? OutputLevel { get; init; } = LogLevel.Information;

    /// <summary>How what it prints to standard error is logged; null leaves it out of the log.</summary>
    public LogLevel? ErrorLevel { get; init; } = LogLevel.Warning;

    /// <summary>How many characters of the output's end are kept in the result, and as many of the errors'.</summary>
    public int KeptOutput { get; init; } = 64 * 1024;

    /// <summary>Values that are masked in the log, in the result and in errors. Secrets of connections are masked in logs and errors anyway.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>The attempt whose log and end count; that of the running body by default.</summary>
    public TaskContext? Attempt { get; init; }

    /// <summary>Sees each line as it comes, after the log.</summary>
    public Action<ShellLine>? OnLine { get; init; }
}

/// <summary>A line that a program has printed.</summary>
/// <param name="Text">The line, with secrets masked.</param>
/// <param name="IsError">Whether it came from standard error.</param>
public readonly record struct ShellLine(string Text, bool IsError);
