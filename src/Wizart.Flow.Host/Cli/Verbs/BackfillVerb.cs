using System.CommandLine;
using Wizart.Flow.Engine.Backfills;
using Wizart.Flow.Execution;
using Wizart.Flow.Web;

namespace Wizart.Flow.Host.Cli;

/// <summary><c>flow backfill DAG</c>.</summary>
internal sealed class BackfillVerb(CommonOptions options, Terminal terminal) : DaemonVerb(options, terminal)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private readonly Argument<string> _dag = CommonOptions.Dag();
    private readonly Option<string> _from = Time("--from", "The first logical date: intervals that begin from then on (ISO 8601, local to the schedule's zone).");
    private readonly Option<string> _to = Time("--to", "The last logical date, itself included.");
    private readonly Option<int?> _most = CommonOptions.Number(
        "--max-active", $"How many runs may be queued or running at once. Default: {Backfill.DefaultMaxActive}.", 1, 10_000);

    private readonly Option<string[]> _tasks = new("--task")
    {
        Description = "Only this task or group, with what it waits for; the others are left out. May be given several times.",
        HelpName = "TASK",
    };

    private readonly Option<bool> _backwards = new("--backwards") { Description = "The newest interval first." };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Shows what would be run, and does nothing." };
    private readonly Option<bool> _wait = new("--wait", "-w") { Description = "Shows the progress until the end. Exit code 1 when a run did not succeed." };

    private readonly Option<Reprocess?> _reprocess = new("--reprocess")
    {
        Description = "Which intervals that have a run get another: none (default), failed (those whose newest run failed), all.",
        HelpName = "none|failed|all",
        CustomParser = result =>
        {
            if (SnakeCaseEnums.Read<Reprocess>(result.Tokens[0].Value) is { } word) return word;
            result.AddError($"'{result.Tokens[0].Value}' for --reprocess is not none, failed or all.");
            return null;
        },
    };

    /// <inheritdoc/>
    protected override Command Declare() => new("backfill", "Runs a DAG for past intervals: a few at a time, after live runs.")
    {
        _dag, _from, _to, _tasks, _reprocess, _most, _backwards, Options.Params, _dryRun, _wait,
    };

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed, FlowClient client, CancellationToken cancellation)
    {
        var dag = await client.DagAsync(parsed.GetRequiredValue(_dag), cancellation);
        var (from, to) = (parsed.GetRequiredValue(_from), parsed.GetRequiredValue(_to));
        ParamArguments.Date(dag.Model, from, "--from");
        ParamArguments.Date(dag.Model, to, "--to");
        var values = ParamArguments.Read(dag.Model, parsed.GetValue(Options.Params) ?? []);
        var isDry = parsed.GetValue(_dryRun);
        var backfill = await client.BackfillAsync(
            dag.Id,
            new CreateBackfillRequest(
                from, to, parsed.GetValue(_reprocess), parsed.GetValue(_most), parsed.GetValue(_backwards),
                values.ToDictionary(v => v.Key, v => JsonPayload.Parse(v.Value.GetRawText())), isDry,
                parsed.GetValue(_tasks) is { Length: > 0 } tasks ? tasks : null),
            cancellation);

        if (!isDry && parsed.GetValue(_wait)) return await WaitAsync(parsed, client, backfill, cancellation);
        if (IsJson(parsed)) Terminal.WriteJson(backfill);
        else if (isDry) WriteDry(backfill);
        else Terminal.Out.WriteLine(Begun(backfill, dag.Paused));
        return ExitCodes.Fine;
    }

    private static Option<string> Time(string name, string description) => new(name) { Description = description, HelpName = "DATE", Required = true };

    private static string Begun(BackfillResource backfill, bool isPaused) =>
        $"Backfill {backfill.Id} of {backfill.DagId}: {BackfillWords.Count(backfill.Total, "interval")}{Only(backfill)}."
        + (isPaused ? $" It waits: the DAG is paused. 'flow unpause {backfill.DagId}' lets it go on." : $" See 'flow backfills {backfill.DagId}'.");

    private static string Only(BackfillResource backfill) =>
        backfill.Tasks is { } tasks ? $", only {string.Join(", ", tasks)} and what they wait for" : "";

    private async Task<int> WaitAsync(ParseResult parsed, FlowClient client, BackfillResource backfill, CancellationToken cancellation)
    {
        var told = "";
        while (true)
        {
            var line = $"Backfill {backfill.Id} of {backfill.DagId}: {BackfillWords.Progress(backfill)}";
            if (line != told) Terminal.Error.WriteLine(told = line);
            if (backfill.State.IsFinal()) break;
            await Task.Delay(LookEvery, Terminal.Time, cancellation);
            backfill = await client.BackfillAsync(backfill.Id!.Value, cancellation);
        }

        if (IsJson(parsed)) Terminal.WriteJson(backfill);
        else Terminal.Out.WriteLine($"Backfill {backfill.Id} of {Terminal.Paint.Bold(backfill.DagId)} is {SnakeCaseEnums.Word(backfill.State)}: {BackfillWords.Runs(backfill)}.");
        return backfill.State == BackfillState.Completed && backfill.Runs.Keys.All(state => state == "success") ? ExitCodes.Fine : ExitCodes.Failed;
    }

    private void WriteDry(BackfillResource backfill)
    {
        Terminal.Out.WriteLine(
            $"{BackfillWords.Count(backfill.Created, "run")} of {backfill.DagId} would be created{Only(backfill)}, {BackfillWords.Count(backfill.Skipped, "interval")} left alone.");
        if (backfill.Intervals is not { Count: > 0 } intervals) return;
        var columns = new Columns("INTERVAL FROM", "TO");
        foreach (var interval in intervals) columns.Add(Words.Time(interval.IntervalStart), Words.Time(interval.IntervalEnd));
        columns.Write(Terminal);
        if (backfill.Created > intervals.Count) Terminal.Out.WriteLine($"… and {backfill.Created - intervals.Count} more");
    }
}
