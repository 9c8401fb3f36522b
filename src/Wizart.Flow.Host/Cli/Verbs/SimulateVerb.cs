using System.CommandLine;
using Wizart.Flow.Engine.Commands;
using Wizart.Flow.Engine.Simulations;
using Wizart.Flow.Model;
using Wizart.Flow.Testing;
using Wizart.Flow.Values;
using Wizart.Flow.Web;

namespace Wizart.Flow.Host.Cli;

/// <summary><c>flow simulate [DAG…]</c>.</summary>
internal sealed class SimulateVerb(CommonOptions options, Terminal terminal) : Verb(options, terminal)
{
    private readonly Argument<string[]> _dags = new("DAG") { Description = "The DAGs. Default: all.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string> _from = new("--from") { Description = "When the daemon's clock begins (ISO 8601, UTC without an offset).", HelpName = "TIME", Required = true };
    private readonly Option<string> _to = new("--to") { Description = "When it ends, itself not included.", HelpName = "TIME", Required = true };
    private readonly Option<string[]> _downtimes = new("--downtime") { Description = "The daemon is stopped from X to Y. As often as needed.", HelpName = "X..Y" };
    private readonly Option<string[]> _pauses = new("--pause") { Description = "A DAG is paused from X to Y. As often as needed.", HelpName = "DAG@X..Y" };

    private readonly Option<bool> _fresh = new("--fresh")
    {
        Description = "Begins with an empty database: what came due before is missed, and caught up where the DAG says so. Default: all of that has been.",
    };

    /// <inheritdoc/>
    public override Command Create()
    {
        _dags.Validators.Add(dags =>
        {
            if (dags.Tokens.FirstOrDefault(t => t.Value.StartsWith("--", StringComparison.Ordinal)) is { } option)
                dags.AddError($"There is no option '{option.Value}'.");
        });
        var command = new Command(
            "simulate",
            "Lists every run that the schedules would create, when and why: the engine itself on a fake clock, without a daemon and without running bodies.")
        {
            _dags, _from, _to, _downtimes, _pauses, _fresh, Options.Output,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var simulated = new SimulationOptions([], Time(parsed.GetRequiredValue(_from), "--from"), Time(parsed.GetRequiredValue(_to), "--to"))
        {
            Downtimes = [.. (parsed.GetValue(_downtimes) ?? []).Select(text => Span(text, text, "--downtime", "X..Y"))],
            Pauses = [.. (parsed.GetValue(_pauses) ?? []).Select(Pause)],
            Fresh = parsed.GetValue(_fresh),
        };
        await using var folder = new LocalFolder(Pipelines(parsed), State(parsed), Terminal);
        var dags = await DagsAsync(folder, parsed.GetValue(_dags) ?? [], Pipelines(parsed), cancellation);
        SimulationResult result;
        try
        {
            result = await FlowSimulation.RunAsync(simulated with { Dags = dags }, cancellation);
        }
        catch (FlowCommandException refused)
        {
            throw CliException.Usage(refused.Message);
        }

        foreach (var dag in result.Continuous) Terminal.Error.WriteLine($"'{dag}' runs continuously: how often depends on how long its runs take, so it is left out.");
        foreach (var dag in result.Paused) Terminal.Error.WriteLine($"'{dag}' is declared paused: its schedule starts nothing.");
        foreach (var dag in result.Endless) Terminal.Error.WriteLine($"'{dag}' would be started through assets again and again, without an end, so it is left out.");
        if (IsJson(parsed)) Terminal.WriteJson(result.Runs.Select(Resource).ToArray());
        else if (result.Runs.Count == 0) Terminal.Error.WriteLine("No run would be created.");
        else Write(result.Runs);
        return ExitCodes.Fine;
    }

    private async Task<IReadOnlyList<DagModel>> DagsAsync(LocalFolder folder, string[] asked, string pipelines, CancellationToken cancellation)
    {
        if (asked.Length > 0)
        {
            var found = new List<DagModel>();
            foreach (var dagId in asked.Distinct(StringComparer.Ordinal)) found.Add((await folder.FindAsync(dagId, cancellation)).Dag);
            return found;
        }

        // Scripts that are broken are told and left out, as the daemon would.
        var imports = await folder.ImportAsync([pipelines], cancellation);
        var broken = imports.Where(i => ScriptChecks.Check([i]).Any(d => d.Severity == DiagnosticSeverity.Error)).ToArray();
        if (broken.Length > 0)
            Terminal.Error.WriteLine($"{Words.Count(broken.Length, "script")} with errors left out: {string.Join(", ", broken.Select(i => i.File))}. See 'flow check'.");
        return [.. imports.Except(broken).SelectMany(i => i.Description.Dags).DistinctBy(d => d.Id)];
    }

    private static DateTimeOffset Time(string text, string option) => DateText.Read(text, TimeZoneInfo.Utc)
        ?? throw CliException.Usage($"'{text}' for {option} is not a time such as 2026-11-01 or 2026-11-01T06:00+03:00 (ISO 8601).");

    private static SimulatedSpan Span(string text, string whole, string option, string form)
    {
        var dots = text.IndexOf("..", StringComparison.Ordinal);
        if (dots <= 0) throw CliException.Usage($"'{whole}' for {option} is not {form}, such as {form.Replace("X..Y", "2026-11-03..2026-11-05T12:00", StringComparison.Ordinal)}.");
        return new SimulatedSpan(Time(text[..dots], option), Time(text[(dots + 2)..], option));
    }

    private static (string DagId, SimulatedSpan Span) Pause(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        return at > 0 ? (text[..at], Span(text[(at + 1)..], text, "--pause", "DAG@X..Y")) : ("", Span("", text, "--pause", "DAG@X..Y"));
    }

    private static SimulatedRunResource Resource(SimulatedRun run) => new(
        run.DagId, run.Kind, run.LogicalDate, run.Interval.Start, run.Interval.End, run.CreatedAt, run.StartedAt, run.Cause);

    private void Write(IReadOnlyList<SimulatedRun> runs)
    {
        var columns = new Columns("CREATED", "DAG", "KIND", "INTERVAL FROM", "TO", "STARTED", "WHY");
        foreach (var run in runs)
        {
            columns.Add(
                Words.Time(run.CreatedAt), StateLook.Escaped(run.DagId), SnakeCaseEnums.Word(run.Kind), Words.Time(run.Interval.Start),
                Words.Time(run.Interval.End), run.StartedAt is { } started ? Words.Time(started) : "", Why(run.Cause));
        }

        columns.Write(Terminal);
    }

    private static string Why(SimulatedCause cause) => cause switch
    {
        SimulatedCause.Schedule => "schedule",
        SimulatedCause.FirstStart => "catchup at the first start",
        SimulatedCause.Downtime => "catchup after downtime",
        SimulatedCause.Trigger => "triggered by another run",
        SimulatedCause.Unpause => "after unpause",
        SimulatedCause.Assets => "assets updated",
        _ => throw new ArgumentOutOfRangeException(nameof(cause), cause, null),
    };
}
