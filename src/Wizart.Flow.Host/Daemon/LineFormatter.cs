using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Level = Microsoft.Extensions.Logging.LogLevel;

namespace Wizart.Flow.Host.Daemon;

/// <summary>The daemon's own log as people read it: time, what matters, the message; an exception on the lines after it.</summary>
internal sealed class LineFormatter() : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "line";

    private const string Plain = "\e[0m";

    private static readonly bool HasColour =
        !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    /// <inheritdoc/>
    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var message = logEntry.Formatter(logEntry.State, logEntry.Exception);
        var (word, colour) = Of(logEntry.LogLevel);
        textWriter.Write(Coloured($"{TimeProvider.System.GetLocalNow():HH:mm:ss}", "\e[2m"));
        textWriter.Write(' ');
        if (word.Length > 0) textWriter.Write(Coloured(word, colour) + ": ");
        textWriter.WriteLine(message);
        if (logEntry.Exception is { } error) textWriter.WriteLine(error);
    }

    /// <summary>What is as it should be needs no word.</summary>
    private static (string Word, string Colour) Of(Level level) => level switch
    {
        Level.Trace => ("trace", "\e[2m"),
        Level.Debug => ("debug", "\e[2m"),
        Level.Warning => ("warning", "\e[33m"),
        Level.Error => ("error", "\e[31m"),
        Level.Critical => ("critical", "\e[1;31m"),
        _ => ("", ""),
    };

    private static string Coloured(string text, string colour) => HasColour ? colour + text + Plain : text;
}
