using System.CommandLine;
using System.Globalization;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Web;

namespace Wizart.Flow.Host.Cli;

/// <summary><c>flow why DAG [RUN [TASK]]</c>.</summary>
internal sealed class WhyVerb(CommonOptions options, Terminal terminal) : DaemonVerb(options, terminal)
{
    private readonly Argument<string> _dag = CommonOptions.Dag();
    private readonly Argument<string?> _run = new("RUN") { Description = "The run's number, or latest. Without it: what the DAG's next run waits for.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Argument<string?> _task = new("TASK") { Description = "One task only.", Arity = ArgumentArity.ZeroOrOne };

    /// <inheritdoc/>
    protected override Command Declare() => new("why", "Tells why what has not begun in a run has not: which task, limit, pause or time it waits for.") { _dag, _run, _task };

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed, FlowClient client, CancellationToken cancellation)
    {
        if (parsed.GetValue(_run) is not { } wanted) return await OfDagAsync(parsed, client, cancellation);
        var run = await FindRunAsync(client, parsed.GetRequiredValue(_dag), wanted, cancellation);
        var task = parsed.GetValue(_task);
        var reasons = (await client.WhyAsync(run.Id, cancellation)).Where(reason => task is null || reason.Task is null || reason.Task == task).ToArray();
        if (IsJson(parsed))
        {
            Terminal.WriteJson(reasons);
            return ExitCodes.Fine;
        }

        if (reasons.Length == 0) Terminal.Out.WriteLine(run.EndedAt is null ? "Nothing waits." : $"Nothing waits: run {run.Id} is over.");
        var columns = new Columns("TASK", "STATE", "WHY");
        foreach (var reason in reasons)
        {
            var name = reason.Task is null ? $"run {run.Id}"
                : reason.MapIndex < 0 ? reason.Task
                : string.Create(CultureInfo.InvariantCulture, $"{reason.Task}[{reason.MapIndex}]");
            columns.Add(
                StateLook.Escaped(name), reason.Task is null ? StateLook.Markup(run.State) : StateLook.Markup(reason.State),
                StateLook.Escaped(reason.Reason));
        }

        if (reasons.Length > 0) columns.Write(Terminal);
        return ExitCodes.Fine;
    }

    private async Task<int> OfDagAsync(ParseResult parsed, FlowClient client, CancellationToken cancellation)
    {
        var dag = await client.DagAsync(parsed.GetRequiredValue(_dag), cancellation);
        string[] reasons = [.. await ReasonsAsync(dag, client, cancellation)];
        if (IsJson(parsed)) Terminal.WriteJson(reasons.Select(reason => new WhyResource(null, -1, TaskState.None, reason)).ToArray());
        else foreach (var reason in reasons) Terminal.Out.WriteLine(reason);
        return ExitCodes.Fine;
    }

    private static async Task<IReadOnlyList<string>> ReasonsAsync(DagResource dag, FlowClient client, CancellationToken cancellation)
    {
        if (!dag.Active) return [$"No script declares '{dag.Id}' any more; restore {dag.File}."];
        var reasons = new List<string>();
        if (dag.Paused) reasons.Add($"It is paused: flow unpause {dag.Id}");
        if (dag.Next is { } next) reasons.Add($"Its next run is due at {Words.Time(next.RunAfter)}.");
        if (dag.Model.AssetSchedule is not null)
        {
            var waiting = (await client.WaitingAsync(dag.Id, cancellation))[0];
            var open = string.Join(", ", waiting.Assets.Where(a => !a.Updated).Select(a => a.Uri));
            reasons.Add(waiting.Holds
                ? $"All that it waits for has been updated: {waiting.Condition}."
                : $"It waits for {open}{(waiting.Assets.Any(a => a.Updated) ? $"; updated since its last run: {string.Join(", ", waiting.Assets.Where(a => a.Updated).Select(a => a.Uri))}" : "")}.");
        }

        if (reasons.Count == 0) reasons.Add(dag.Model.Schedule is { } schedule ? $"Nothing more is due: {schedule.Text}." : "It has no schedule: it runs by hand, by API, or by backfill.");
        return reasons;
    }
}
