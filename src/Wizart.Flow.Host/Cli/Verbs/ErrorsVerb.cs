using System.CommandLine;

namespace Wizart.Flow.Host.Cli;

/// <summary><c>flow errors</c>.</summary>
internal sealed class ErrorsVerb(CommonOptions options, Terminal terminal) : DaemonVerb(options, terminal)
{
    /// <inheritdoc/>
    protected override Command Declare() => new("errors", "Shows the scripts that the daemon could not take.");

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed, FlowClient client, CancellationToken cancellation)
    {
        var errors = await client.ErrorsAsync(cancellation);
        if (IsJson(parsed))
        {
            Terminal.WriteJson(errors);
        }
        else if (errors.Length == 0)
        {
            Terminal.Out.WriteLine("All scripts are in force.");
        }
        else
        {
            var printer = new DiagnosticPrinter(Terminal, FlowSettings.Pipelines(parsed, Options, Terminal));
            foreach (var diagnostic in errors.SelectMany(e => e.Diagnostics)) printer.Write(diagnostic);
            Terminal.Out.WriteLine($"{Words.Count(errors.Length, "script")} could not be taken; the last good versions stay in force.");
        }

        return ExitCodes.Fine;
    }
}
