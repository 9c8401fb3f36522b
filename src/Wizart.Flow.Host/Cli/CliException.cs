namespace Wizart.Flow.Host.Cli;

/// <summary>Why a verb can't do what it was asked: told as <c>error: …</c>.</summary>
internal sealed class CliException(string message, int exitCode = ExitCodes.Failed, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What the program ends with.</summary>
    public int ExitCode => exitCode;

    /// <summary>The verb was used wrongly.</summary>
    public static CliException Usage(string message) => new(message, ExitCodes.Usage);
}
