using System.CommandLine;

namespace Wizart.Flow.Host.Cli;

/// <summary>What all verbs have.</summary>
/// <param name="options">The options that several verbs share.</param>
/// <param name="terminal">Where to write.</param>
internal abstract class Verb(CommonOptions options, Terminal terminal)
{
    /// <summary>The options that several verbs share.</summary>
    protected CommonOptions Options => options;

    /// <summary>Where to write.</summary>
    protected Terminal Terminal => terminal;

    /// <summary>The verb as the parser knows it.</summary>
    public abstract Command Create();

    /// <summary>Whether a program reads the output.</summary>
    protected bool IsJson(ParseResult parsed) => parsed.GetValue(options.Output) == OutputFormat.Json;

    /// <summary>The folder of scripts.</summary>
    /// <exception cref="CliException">It isn't there.</exception>
    protected string Pipelines(ParseResult parsed)
    {
        var folder = FlowSettings.Pipelines(parsed, options, terminal);
        return Directory.Exists(folder)
            ? folder
            : throw new CliException($"There is no folder {terminal.Shown(folder)}. Make it, or name the folder of your scripts with --pipelines.");
    }

    /// <summary>The folder of the daemon's own files.</summary>
    protected string State(ParseResult parsed) => FlowSettings.State(parsed, options, terminal);
}
