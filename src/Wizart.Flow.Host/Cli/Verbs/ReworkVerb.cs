using System.CommandLine;
using System.Globalization;
using Wizart.Flow.Web;

namespace Wizart.Flow.Host.Cli;

/// <summary>What <c>flow clear</c> and <c>flow mark</c> have in common: what is meant, and asking before much is changed.</summary>
internal abstract class ReworkVerb(CommonOptions options, Terminal terminal, string verb) : DaemonVerb(options, terminal)
{
    /// <summary>On a terminal, more than this many instances, or several runs, are not changed unasked.</summary>
    private const int Few = 10;

    private readonly Argument<string> _dag = CommonOptions.Dag();
    private readonly Argument<string> _run = new("RUN") { Description = "The run's number, latest, or all for the runs of a range (--from, --to)." };
    private readonly Argument<string[]> _tasks = new("TASK") { Description = "Tasks, elements of mapped ones as id[5]. Default: the whole run.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string?> _from = new("--from") { Description = "Runs with a logical date from then on (ISO 8601, local to the schedule's zone).", HelpName = "DATE" };
    private readonly Option<string?> _to = new("--to") { Description = "Runs with a logical date up to then, itself included.", HelpName = "DATE" };
    private readonly Option<bool> _past = new("--past") { Description = "The DAG's runs with an earlier logical date too." };
    private readonly Option<bool> _future = new("--future") { Description = "The DAG's runs with a later logical date too." };
    private readonly Option<bool> _upstream = new("--upstream") { Description = "What the tasks wait for too." };
    private readonly Option<bool> _onlyFailed = new("--only-failed") { Description = "Of all these only what failed, could not run because of a failure, or was cancelled." };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Shows what would be touched, and does nothing." };
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Does not ask." };
    private readonly Option<string?> _note = new("--note") { Description = "Why; kept with the instances and in the audit log.", HelpName = "TEXT" };

    /// <inheritdoc/>
    protected override Command Declare() => new(verb, Description)
    {
        _dag, _run, _tasks, _from, _to, _past, _future, _upstream, _onlyFailed, _dryRun, _yes, _note,
    };

    /// <summary>What the verb does.</summary>
    protected abstract string Description { get; }

    /// <summary>What it did, as in "3 task instances …".</summary>
    protected abstract string Done(ParseResult parsed);

    /// <summary>Adds the verb's own words.</summary>
    protected abstract ReworkBody Complete(ParseResult parsed, ReworkBody body);

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed, FlowClient client, CancellationToken cancellation)
    {
        var (dagId, run) = (parsed.GetRequiredValue(_dag), parsed.GetRequiredValue(_run));
        var isRange = run.Equals("all", StringComparison.OrdinalIgnoreCase);
        if (isRange && (parsed.GetValue(_from) is null || parsed.GetValue(_to) is null))
            throw CliException.Usage("With all, --from and --to must say which runs are meant.");
        var runId = isRange ? (long?)null : (await FindRunAsync(client, dagId, run, cancellation)).Id;
        var body = Complete(parsed, Body(parsed));
        var isDry = parsed.GetValue(_dryRun);
        if (!isDry && Terminal.In is not null && !parsed.GetValue(_yes) && !await AgreesAsync(parsed, client, dagId, runId, body, cancellation))
            return ExitCodes.Failed;

        var report = await client.ReworkAsync(dagId, runId, verb, body with { DryRun = isDry }, cancellation);
        if (IsJson(parsed)) Terminal.WriteJson(report);
        else Write(parsed, report, isDry);
        return report.Refused.Count > 0 ? ExitCodes.Failed : ExitCodes.Fine;
    }

    private ReworkBody Body(ParseResult parsed) => new(
        parsed.GetValue(_tasks) is { Length: > 0 } tasks ? tasks : null, From: parsed.GetValue(_from), To: parsed.GetValue(_to),
        Past: parsed.GetValue(_past), Future: parsed.GetValue(_future), Upstream: parsed.GetValue(_upstream),
        OnlyFailed: parsed.GetValue(_onlyFailed), Note: parsed.GetValue(_note));

    private async Task<bool> AgreesAsync(
        ParseResult parsed, FlowClient client, string dagId, long? runId, ReworkBody body, CancellationToken cancellation)
    {
        var preview = await client.ReworkAsync(dagId, runId, verb, body with { DryRun = true }, cancellation);
        if (preview is { Runs: <= 1, Instances: <= Few }) return true;
        List(preview, Terminal.Error);
        await Terminal.Error.WriteAsync($"{Counts(preview)} would be {Done(parsed)}. Go on? [y/N] ");
        var answer = await Terminal.In!.ReadLineAsync(cancellation);
        return answer?.Trim() is "y" or "Y" or "yes";
    }

    private void Write(ParseResult parsed, ReworkResource report, bool isDry)
    {
        if (isDry) List(report, Terminal.Out);
        Terminal.Out.WriteLine(isDry ? $"{Counts(report)} would be {Done(parsed)}." : $"{Counts(report)} {Done(parsed)}.");
        foreach (var refused in report.Refused) Terminal.Error.WriteLine($"Run {refused.RunId} was left as it is: {refused.Reason}");
    }

    private static void List(ReworkResource report, TextWriter writer)
    {
        foreach (var touched in report.Touched)
            writer.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"run {touched.RunId}  {Words.Time(touched.LogicalDate)}  {Name(touched.TaskId, touched.MapIndex)}  {touched.State}: {touched.Effect}"));
        if (report.Instances > report.Touched.Count)
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"… and {report.Instances - report.Touched.Count} more"));
    }

    private static string Name(string? task, int map) =>
        task is null ? "the run" : map < 0 ? task : string.Create(CultureInfo.InvariantCulture, $"{task}[{map}]");

    private static string Counts(ReworkResource report) => $"{BackfillWords.Count(report.Instances, "task instance")} of {BackfillWords.Count(report.Runs, "run")}";
}

/// <summary><c>flow clear DAG RUN [TASK…]</c>.</summary>
internal sealed class ClearVerb(CommonOptions options, Terminal terminal) : ReworkVerb(options, terminal, "clear")
{
    private readonly Option<bool> _noDownstream = new("--no-downstream") { Description = "Only the tasks that are named, not what waits for them." };
    private readonly Option<string> _version = new Option<string>("--version")
    {
        Description = "The version of the DAG that the runs go on with: own (default) or newest.",
        DefaultValueFactory = _ => "own",
    }.AcceptOnlyFromAmong("own", "newest");

    /// <inheritdoc/>
    protected override string Description => "Lets tasks of a run begin anew, with what waits for them. Earlier attempts stay readable.";

    /// <inheritdoc/>
    protected override Command Declare()
    {
        var command = base.Declare();
        command.Add(_noDownstream);
        command.Add(_version);
        return command;
    }

    /// <inheritdoc/>
    protected override string Done(ParseResult parsed) => "cleared";

    /// <inheritdoc/>
    protected override ReworkBody Complete(ParseResult parsed, ReworkBody body) =>
        body with { Downstream = !parsed.GetValue(_noDownstream), Version = parsed.GetValue(_version) };
}

/// <summary><c>flow mark DAG RUN [TASK…] --as STATE</c>.</summary>
internal sealed class MarkVerb(CommonOptions options, Terminal terminal) : ReworkVerb(options, terminal, "mark")
{
    private readonly Option<bool> _downstream = new("--downstream") { Description = "What waits for the tasks too." };
    private readonly Option<bool> _noContinue = new("--no-continue") { Description = "What a failure kept from running does not go on." };
    private readonly Option<string> _as = new Option<string>("--as")
    {
        Description = "What it becomes: success, failed or skipped; a whole run success or failed.",
        Required = true,
    }.AcceptOnlyFromAmong("success", "failed", "skipped");

    /// <inheritdoc/>
    protected override string Description => "Says what became of tasks of a run, or, without a task, of the run itself.";

    /// <inheritdoc/>
    protected override Command Declare()
    {
        var command = base.Declare();
        command.Add(_as);
        command.Add(_downstream);
        command.Add(_noContinue);
        return command;
    }

    /// <inheritdoc/>
    protected override string Done(ParseResult parsed) => $"marked {parsed.GetRequiredValue(_as)}";

    /// <inheritdoc/>
    protected override ReworkBody Complete(ParseResult parsed, ReworkBody body) =>
        body with { As = parsed.GetRequiredValue(_as), Downstream = parsed.GetValue(_downstream), Continue = !parsed.GetValue(_noContinue) };
}
