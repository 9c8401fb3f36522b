using System.CommandLine;
using Wizart.Flow.Web;

namespace Wizart.Flow.Host.Cli;

/// <summary><c>flow dags</c>.</summary>
internal sealed class DagsVerb(CommonOptions options, Terminal terminal) : DaemonVerb(options, terminal)
{
    /// <inheritdoc/>
    protected override Command Declare() => new("dags", "Lists the DAGs: what there is, when each runs next, how its last run ended.");

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed, FlowClient client, CancellationToken cancellation)
    {
        var dags = await client.DagsAsync(cancellation);
        if (IsJson(parsed)) Terminal.WriteJson(dags);
        else if (dags.Length == 0) Terminal.Error.WriteLine("There are no DAGs yet. Save a script into the pipelines folder.");
        else Write(dags);
        return ExitCodes.Fine;
    }

    private void Write(DagItem[] dags)
    {
        var now = Terminal.Time.GetUtcNow();
        var columns = new Columns("DAG", "SCHEDULE", "NEXT", "LAST RUN", "");
        foreach (var dag in dags)
        {
            var last = dag.LastRun is { } run
                ? $"{StateLook.Markup(run.State)} [dim]{Words.Away(run.EndedAt ?? run.StartedAt ?? run.QueuedAt, now)}[/]"
                : "[dim]never[/]";
            columns.Add(
                StateLook.Escaped(dag.Id), StateLook.Escaped(dag.Schedule ?? "by hand"),
                dag.Paused ? "[yellow]paused[/]" : dag.Next is { } next ? Words.Away(next.RunAfter, now) : "[dim]–[/]", last,
                dag.PauseReason is { } why ? $"[yellow]{StateLook.Escaped(why)}[/]" : dag.Errors.Count > 0 ? $"[red]{Words.Count(dag.Errors.Count, "error")}: flow errors[/]" : "");
        }

        columns.Write(Terminal);
    }
}
