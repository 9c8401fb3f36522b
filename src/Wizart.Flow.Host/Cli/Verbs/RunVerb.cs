using System.CommandLine;
using System.Text.Json;
using Wizart.Flow.Engine.Commands;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Execution;
using Wizart.Flow.Host.Connections;
using Wizart.Flow.Testing;

namespace Wizart.Flow.Host.Cli;

/// <summary><c>flow run DAG</c>.</summary>
internal sealed class RunVerb(CommonOptions options, Terminal terminal) : Verb(options, terminal)
{
    private readonly Argument<string> _dag = CommonOptions.Dag();
    private readonly Option<bool> _noWait = new("--no-wait") { Description = "Tries failed tasks again at once, however long their backoff is." };

    private readonly Option<string[]> _assets = new("--asset")
    {
        Description = "The value of an asset, as JSON, as often as needed. Assets that the DAG's schedule names count as what started the run.",
        HelpName = "URI=JSON",
    };

    /// <inheritdoc/>
    public override Command Create()
    {
        var command = new Command(
            "run",
            "Runs a DAG from end to end in this process: no daemon, nothing stored. Connections come from connections.json, earlier values of metrics from the daemon's database, if it is there. "
            + "Waits before retries are kept. Exit code 1 when the run fails.")
        {
            _dag, Options.Params, Options.Date, _assets, _noWait, Options.Output,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static (string Uri, JsonElement Value) Asset(string text)
    {
        // A uri may have an equals sign of its own; what follows the right one is JSON.
        for (var at = text.IndexOf('=', StringComparison.Ordinal); at > 0; at = text.IndexOf('=', at + 1))
        {
            try
            {
                using var document = JsonDocument.Parse(text[(at + 1)..]);
                return (text[..at], document.RootElement.Clone());
            }
            catch (JsonException)
            {
                // The next one, then.
            }
        }

        throw CliException.Usage($"'{Words.Line(text, 80)}' for --asset is not URI=JSON, such as wizart://prices='{{\"a\": 1}}'.");
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var pipelines = Pipelines(parsed);
        await using var folder = new LocalFolder(pipelines, State(parsed), Terminal);
        var (import, dag) = await folder.FindAsync(parsed.GetRequiredValue(_dag), cancellation);
        var run = new LocalRunOptions
        {
            ConnectionTypes = HostConnections.Create(),
            Connections = new ConnectionsFile(pipelines, State(parsed)),
            Params = ParamArguments.Read(dag, parsed.GetValue(Options.Params) ?? []),
            Date = ParamArguments.Date(dag, parsed.GetValue(Options.Date), "--date"),
            Assets = (parsed.GetValue(_assets) ?? []).Select(Asset).DistinctBy(a => a.Uri).ToDictionary(a => a.Uri, a => a.Value),
            Metrics = new LocalMetrics(Terminal, State(parsed)),
            SkipRetryWaits = parsed.GetValue(_noWait),
            Time = Terminal.Time,
        };

        LocalRunResult result;
        try
        {
            result = IsJson(parsed) ? await InLinesAsync(Terminal.Error, Terminal.ErrorPaint)
                : Terminal.IsInteractive ? await InPictureAsync()
                : await InLinesAsync(Terminal.Out, Terminal.Paint);
        }
        catch (FlowCommandException refused)
        {
            throw new CliException(refused.Message, refused.Refusal == Refusal.Invalid ? ExitCodes.Usage : ExitCodes.Failed, refused);
        }

        if (IsJson(parsed)) Terminal.WriteJson(writer => RunJson.Write(writer, result, Terminal));
        else RunReport.Write(Terminal, result);
        return result.State == RunState.Success ? ExitCodes.Fine : ExitCodes.Failed;

        Task<LocalRunResult> InLinesAsync(TextWriter writer, Paint paint)
        {
            var lines = new RunLines(writer, paint, Terminal.Time);
            return LocalRun.ExecuteAsync(import, dag.Id, run with { Tell = lines.Tell }, cancellation);
        }

        async Task<LocalRunResult> InPictureAsync()
        {
            var picture = new LivePicture(Terminal, dag);
            await using var local = await LocalRun.StartAsync(import, dag.Id, run with
            {
                Tell = (order, happened) =>
                {
                    if (happened is AttemptEvent.Log log) picture.Say(order.TaskId, log.Text);
                },
            });
            var end = local.EndAsync(cancellation);
            await picture.ShowAsync(async () => TaskLine.Of(dag, await local.TasksAsync()), end);
            return await end;
        }
    }
}
