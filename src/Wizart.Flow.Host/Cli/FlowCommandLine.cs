using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;

namespace Wizart.Flow.Host.Cli;

/// <summary>The command line: all verbs, and what the program ends with.</summary>
internal sealed class FlowCommandLine
{
    private readonly Terminal _terminal;
    private readonly RootCommand _root;

    /// <summary>The command line of a terminal.</summary>
    public FlowCommandLine(Terminal terminal)
    {
        _terminal = terminal;
        var options = new CommonOptions();
        _root = new RootCommand("Wizart.Flow: workflows as C# scripts. Without a verb it serves.")
        {
            options.Pipelines,
            options.State,
            new ServeVerb(options, terminal).Create(),
            new CheckVerb(options, terminal).Create(),
            new RunVerb(options, terminal).Create(),
            new NextVerb(options, terminal).Create(),
            new SimulateVerb(options, terminal).Create(),
            new ShowVerb(options, terminal).Create(),
            new DiffVerb(options, terminal).Create(),
            new VersionsVerb(options, terminal).Create(),
            new DagsVerb(options, terminal).Create(),
            new TriggerVerb(options, terminal).Create(),
            new BackfillVerb(options, terminal).Create(),
            new BackfillsVerb(options, terminal).Create(),
            new RunsVerb(options, terminal).Create(),
            new TasksVerb(options, terminal).Create(),
            new LogsVerb(options, terminal).Create(),
            new WhyVerb(options, terminal).Create(),
            new ApprovalsVerb(options, terminal).Create(),
            new ApproveVerb(options, terminal, approves: true).Create(),
            new ApproveVerb(options, terminal, approves: false).Create(),
            new ArtifactsVerb(options, terminal).Create(),
            new DeliveriesVerb(options, terminal).Create(),
            new ClearVerb(options, terminal).Create(),
            new MarkVerb(options, terminal).Create(),
            new NoteVerb(options, terminal).Create(),
            new CancelVerb(options, terminal).Create(),
            new PauseVerb(options, terminal, pauses: true).Create(),
            new PauseVerb(options, terminal, pauses: false).Create(),
            new ErrorsVerb(options, terminal).Create(),
            new PoolsVerb(options, terminal).Create(),
            new AssetsVerb(options, terminal).Create(),
            new MetricsVerb(options, terminal).Create(),
            new WaitingVerb(options, terminal).Create(),
            VariablesVerb.Create(options, terminal),
            UserVerb.Create(options, terminal),
            TokenVerb.Create(options, terminal),
            ConnectionsVerb.Create(options, terminal),
        };
        new ServeVerb(options, terminal).AddTo(_root);
    }

    /// <summary>Does what the arguments ask for.</summary>
    /// <returns>What the program ends with.</returns>
    public async Task<int> RunAsync(string[] arguments, CancellationToken cancellation)
    {
        var parsed = _root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var invocation = new InvocationConfiguration
        {
            Output = _terminal.Out,
            Error = _terminal.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null, // Ctrl+C comes in by the token
        };
        if (parsed.Errors.Count > 0 && parsed.Action is not (HelpAction or null)) return Misused(parsed);
        try
        {
            return await parsed.InvokeAsync(invocation, cancellation);
        }
        catch (CliException error)
        {
            _terminal.Fail(error.Message);
            return error.ExitCode;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return ExitCodes.Interrupted;
        }
        catch (Exception error)
        {
            _terminal.Fail($"{error.Message}{Environment.NewLine}This is a mistake in flow itself, or something it did not expect:{Environment.NewLine}{error}");
            return ExitCodes.Failed;
        }
    }

    private int Misused(ParseResult parsed)
    {
        foreach (var message in parsed.Errors.Select(e => e.Message).Distinct()) _terminal.Fail(message);
        _terminal.Error.WriteLine();
        var help = _root.Parse([.. Path(parsed.CommandResult), "--help"]);
        help.Invoke(new InvocationConfiguration { Output = _terminal.Error, Error = _terminal.Error });
        return ExitCodes.Usage;
    }

    private static string[] Path(CommandResult command) => command.Parent is CommandResult parent
        ? [.. Path(parent), command.Command.Name]
        : [];
}
