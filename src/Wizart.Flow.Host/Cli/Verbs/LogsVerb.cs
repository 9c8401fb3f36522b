using System.CommandLine;
using System.Text.Json;
using Wizart.Flow.Execution;
using Wizart.Flow.Web;

namespace Wizart.Flow.Host.Cli;

/// <summary><c>flow logs DAG RUN TASK</c>.</summary>
internal sealed class LogsVerb(CommonOptions options, Terminal terminal) : DaemonVerb(options, terminal)
{
    private readonly Argument<string> _dag = CommonOptions.Dag();
    private readonly Argument<string> _run = CommonOptions.Run();
    private readonly Argument<string> _task = new("TASK") { Description = "The task's id." };
    private readonly Option<int?> _attempt = CommonOptions.Number("--attempt", "Which attempt, from 1. Default: the newest.", 1, int.MaxValue);
    private readonly Option<int?> _map = CommonOptions.Number("--map-index", "Which instance of a mapped task, from 0.", 0, int.MaxValue);
    private readonly Option<bool> _follow = new("--follow", "-f") { Description = "Goes on with new lines until the attempt has ended." };

    /// <inheritdoc/>
    protected override Command Declare() => new("logs", "Shows what a task said.") { _dag, _run, _task, _attempt, _map, _follow };

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed, FlowClient client, CancellationToken cancellation)
    {
        var run = await FindRunAsync(client, parsed.GetRequiredValue(_dag), parsed.GetRequiredValue(_run), cancellation);
        var lines = client.LogAsync(
            run.Id, parsed.GetRequiredValue(_task), parsed.GetValue(_attempt), parsed.GetValue(_map) ?? -1, parsed.GetValue(_follow), cancellation);
        if (IsJson(parsed)) await WriteJsonAsync(lines);
        else await foreach (var line in lines) Terminal.Out.WriteLine(Painted(line));
        return ExitCodes.Fine;
    }

    // An array, one line at a time: a log may be long, and one that is followed has no end yet.
    private async Task WriteJsonAsync(IAsyncEnumerable<LogLineResource> lines)
    {
        var before = "[";
        await foreach (var line in lines)
        {
            Terminal.Out.Write($"{before}{Environment.NewLine}  {JsonSerializer.Serialize(line, ApiJson.Default.LogLineResource)}");
            before = ",";
        }

        Terminal.Out.WriteLine(before == "[" ? "[]" : $"{Environment.NewLine}]");
    }

    private string Painted(LogLineResource line)
    {
        var paint = Terminal.Paint;
        var text = line.Level switch
        {
            Wizart.Flow.LogLevel.Error => paint.Red(line.Text),
            Wizart.Flow.LogLevel.Warning => paint.Yellow(line.Text),
            _ when line.Source == LogSource.Error => paint.Yellow(line.Text),
            _ when line.Source == LogSource.System => paint.Dim(line.Text),
            _ => line.Text,
        };
        return $"{paint.Dim(Words.Clock(line.Time))} {text}";
    }
}
