using System.CommandLine;
using System.Globalization;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Web;

namespace Wizart.Flow.Host.Cli;

/// <summary><c>flow runs DAG</c>.</summary>
internal sealed class RunsVerb(CommonOptions options, Terminal terminal) : DaemonVerb(options, terminal)
{
    private readonly Argument<string> _dag = CommonOptions.Dag();
    private readonly Option<int?> _count = CommonOptions.Number("--count", "How many, the newest first. Default: 20.", 1, 1_000);
    private readonly Option<long?> _before = new("--before") { Description = "Those with a smaller number than this: the next page.", HelpName = "RUN" };

    private readonly Option<RunState?> _only = new("--only")
    {
        Description = "Those in this state only: queued, running, success, failed, cancelled.",
        HelpName = "STATE",
        CustomParser = result =>
        {
            if (SnakeCaseEnums.Read<RunState>(result.Tokens[0].Value) is { } state) return state;
            result.AddError($"'{result.Tokens[0].Value}' for --only is not queued, running, success, failed or cancelled.");
            return null;
        },
    };

    /// <inheritdoc/>
    protected override Command Declare() => new("runs", "Lists the runs of a DAG, the newest first.") { _dag, _count, _before, _only };

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed, FlowClient client, CancellationToken cancellation)
    {
        var dagId = parsed.GetRequiredValue(_dag);
        var runs = await client.RunsAsync(dagId, parsed.GetValue(_only), parsed.GetValue(_before), parsed.GetValue(_count) ?? 20, cancellation);
        if (IsJson(parsed)) Terminal.WriteJson(runs);
        else if (runs.Length == 0) Terminal.Error.WriteLine($"DAG '{dagId}' has no such runs.");
        else Write(runs);
        return ExitCodes.Fine;
    }

    private void Write(RunResource[] runs)
    {
        var now = Terminal.Time.GetUtcNow();
        var columns = new Columns("RUN", "KIND", "INTERVAL", "STATE", "STARTED", "TOOK", "");
        foreach (var run in runs)
        {
            columns.Add(
                run.Id.ToString(CultureInfo.InvariantCulture), SnakeCaseEnums.Word(run.Kind), StateLook.Escaped(Interval(run)), StateLook.Markup(run.State),
                run.StartedAt is { } started ? Words.Away(started, now) : "", Words.Took(run.StartedAt, run.EndedAt, now),
                $"[dim]{StateLook.Escaped(Words.Line(run.Reason, 60))}[/]");
        }

        columns.Write(Terminal);
    }

    private static string Interval(RunResource run) => run.IntervalStart == run.IntervalEnd
        ? Words.Time(run.LogicalDate)
        : $"{Words.Time(run.IntervalStart)} + {Words.Span(run.IntervalEnd - run.IntervalStart)}";
}
