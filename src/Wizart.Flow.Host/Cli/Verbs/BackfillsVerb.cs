using System.CommandLine;
using System.Globalization;
using Wizart.Flow.Web;

namespace Wizart.Flow.Host.Cli;

/// <summary><c>flow backfills [DAG]</c>, and <c>pause</c>, <c>unpause</c> and <c>cancel</c> of one.</summary>
internal sealed class BackfillsVerb(CommonOptions options, Terminal terminal) : DaemonVerb(options, terminal)
{
    private readonly Argument<string?> _dag = new("DAG") { Description = "The DAG's id. Default: all DAGs.", Arity = ArgumentArity.ZeroOrOne };

    /// <inheritdoc/>
    protected override Command Declare() => new("backfills", "Lists backfills, the newest first; pauses and cancels them.")
    {
        _dag,
        new Change(Options, Terminal, "pause", "Pauses a backfill: none of its runs is started any more; runs under way go on.").Create(),
        new Change(Options, Terminal, "unpause", "Lets a paused backfill go on.").Create(),
        new Change(Options, Terminal, "cancel", "Cancels a backfill, with its queued and running runs.").Create(),
    };

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed, FlowClient client, CancellationToken cancellation)
    {
        var backfills = await client.BackfillsAsync(parsed.GetValue(_dag), cancellation);
        if (IsJson(parsed)) Terminal.WriteJson(backfills);
        else if (backfills.Length == 0) Terminal.Error.WriteLine("There are no backfills.");
        else Write(backfills);
        return ExitCodes.Fine;
    }

    private void Write(BackfillResource[] backfills)
    {
        var columns = new Columns("BACKFILL", "DAG", "FROM", "TO", "PROGRESS", "BY");
        foreach (var backfill in backfills)
        {
            columns.Add(
                backfill.Id!.Value.ToString(CultureInfo.InvariantCulture), StateLook.Escaped(backfill.DagId), Words.Time(backfill.From),
                Words.Time(backfill.To), StateLook.Escaped(BackfillWords.Progress(backfill)), StateLook.Escaped(backfill.CreatedBy));
        }

        columns.Write(Terminal);
    }

    private sealed class Change(CommonOptions options, Terminal terminal, string verb, string description) : DaemonVerb(options, terminal)
    {
        private readonly Argument<long> _id = new("BACKFILL") { Description = "The backfill's number." };

        protected override Command Declare() => new(verb, description) { _id };

        protected override async Task<int> RunAsync(ParseResult parsed, FlowClient client, CancellationToken cancellation)
        {
            var backfill = await client.ChangeBackfillAsync(parsed.GetRequiredValue(_id), verb, cancellation);
            if (IsJson(parsed)) Terminal.WriteJson(backfill);
            else Terminal.Out.WriteLine($"Backfill {backfill.Id} of {backfill.DagId}: {BackfillWords.Progress(backfill)}");
            return ExitCodes.Fine;
        }
    }
}
