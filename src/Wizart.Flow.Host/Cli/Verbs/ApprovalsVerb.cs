using System.CommandLine;
using System.Globalization;

namespace Wizart.Flow.Host.Cli;

/// <summary><c>flow approvals [DAG]</c>.</summary>
internal sealed class ApprovalsVerb(CommonOptions options, Terminal terminal) : DaemonVerb(options, terminal)
{
    private const int TitleLength = 60;
    private readonly Argument<string?> _dag = new("DAG") { Description = "Of this DAG only.", Arity = ArgumentArity.ZeroOrOne };

    /// <inheritdoc/>
    protected override Command Declare() => new("approvals", "Lists the tasks that wait for a person's answer. 'flow approve' and 'flow refuse' give it.") { _dag };

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed, FlowClient client, CancellationToken cancellation)
    {
        var waiting = await client.ApprovalsAsync(parsed.GetValue(_dag), cancellation);
        if (IsJson(parsed))
        {
            Terminal.WriteJson(waiting);
            return ExitCodes.Fine;
        }

        if (waiting.Length == 0)
        {
            Terminal.Error.WriteLine("Nothing waits for an answer.");
            return ExitCodes.Fine;
        }

        var now = Terminal.Time.GetUtcNow();
        var columns = new Columns("DAG", "RUN", "TASK", "ASKED", "GIVES UP", "QUESTION");
        foreach (var approval in waiting)
        {
            var task = approval.MapIndex < 0 ? approval.Task : string.Create(CultureInfo.InvariantCulture, $"{approval.Task}[{approval.MapIndex}]");
            columns.Add(
                StateLook.Escaped(approval.DagId), approval.RunId.ToString(CultureInfo.InvariantCulture), StateLook.Escaped(task),
                Words.Away(approval.Since, now), approval.Until is { } until ? Words.Away(until, now) : "never",
                StateLook.Escaped(Words.Line(approval.Title, TitleLength)));
        }

        columns.Write(Terminal);
        return ExitCodes.Fine;
    }
}
