namespace Wizart.Flow.Providers.Shell;

/// <summary>A program could not be started, did not end in time, or ended with an exit code that is no success.</summary>
public sealed class ShellException : Exception
{
    internal ShellException(string message, string command, ShellResult? result = null, bool timedOut = false, Exception? inner = null)
        : base(message, inner) => (Command, Result, TimedOut) = (command, result, timedOut);

    /// <summary>The program and its arguments as a person would type them, with secrets masked.</summary>
    public string Command { get; }

    /// <summary>How it ended; null when it was not started.</summary>
    public ShellResult? Result { get; }

    /// <summary>Whether it was ended because its time was over.</summary>
    public bool TimedOut { get; }
}
