using System.CommandLine;
using System.Globalization;
using Wizart.Flow.Model;
using Wizart.Flow.Web;

namespace Wizart.Flow.Host.Cli;

/// <summary><c>flow waiting [DAG]</c>, and <c>mark</c> and <c>clear</c> of one asset.</summary>
internal sealed class WaitingVerb(CommonOptions options, Terminal terminal) : DaemonVerb(options, terminal)
{
    private readonly Argument<string?> _dag = new("DAG") { Description = "The DAG's id. Default: all that follow assets.", Arity = ArgumentArity.ZeroOrOne };

    /// <inheritdoc/>
    protected override Command Declare() => new("waiting", "Shows which assets DAGs wait for: what was updated since their last run, and what was not.")
    {
        _dag,
        new Change(Options, Terminal, "mark", "Marks an asset as updated for one DAG, without an update of it.", updated: true).Create(),
        new Change(Options, Terminal, "clear", "Forgets the updates of an asset that one DAG has noted.", updated: false).Create(),
    };

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed, FlowClient client, CancellationToken cancellation)
    {
        var waiting = await client.WaitingAsync(parsed.GetValue(_dag), cancellation);
        if (IsJson(parsed)) Terminal.WriteJson(waiting);
        else if (waiting.Length == 0) Terminal.Error.WriteLine("No DAG follows assets.");
        else foreach (var dag in waiting) Write(Terminal, dag);
        return ExitCodes.Fine;
    }

    private static void Write(Terminal terminal, WaitingResource dag)
    {
        var kind = dag.Timing == AssetTiming.Waits ? "the clock waits for" : "runs on";
        var state = (dag.Holds, dag.Paused) switch
        {
            (true, true) => ": all has come, but it is paused",
            (true, false) => ": all has come, and the clock decides",
            (false, true) => "; it is paused",
            _ => "",
        };
        terminal.Out.WriteLine($"{terminal.Paint.Bold(dag.DagId)}  {kind} {dag.Condition}{state}");
        foreach (var asset in dag.Assets)
        {
            terminal.Out.WriteLine(asset.Updated
                ? $"  {terminal.Paint.Green("updated")}  {asset.Uri}  {Words.Time(asset.Last!.Value)}{(asset.Updates > 1 ? $", {asset.Updates.ToString(CultureInfo.InvariantCulture)} times" : "")}"
                : $"  {terminal.Paint.Yellow("waiting")}  {asset.Uri}");
        }
    }

    private sealed class Change(CommonOptions options, Terminal terminal, string verb, string description, bool updated) : DaemonVerb(options, terminal)
    {
        private readonly Argument<string> _dag = CommonOptions.Dag();
        private readonly Argument<string> _uri = new("URI") { Description = "The asset's uri." };

        protected override Command Declare() => new(verb, description) { _dag, _uri };

        protected override async Task<int> RunAsync(ParseResult parsed, FlowClient client, CancellationToken cancellation)
        {
            var waiting = await client.MarkAsync(parsed.GetRequiredValue(_dag), parsed.GetRequiredValue(_uri), updated, cancellation);
            if (IsJson(parsed)) Terminal.WriteJson(waiting);
            else Write(Terminal, waiting);
            return ExitCodes.Fine;
        }
    }
}
