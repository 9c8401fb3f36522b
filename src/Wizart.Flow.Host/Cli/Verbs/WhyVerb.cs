using System.CommandLine;
using System.Globalization;

namespace Wizart.Flow.Host.Cli;

/// <summary><c>flow why DAG RUN [TASK]</c>.</summary>
internal sealed class WhyVerb(CommonOptions options, Terminal terminal) : DaemonVerb(options, terminal)
{
    private readonly Argument<string> _dag = CommonOptions.Dag();
    private readonly Argument<string> _run = CommonOptions.Run();
    private readonly Argument<string?> _task = new("TASK") { Description = "One task only.", Arity = ArgumentArity.ZeroOrOne };

    /// <inheritdoc/>
    protected override Command Declare() => new("why", "Tells why what has not begun in a run has not: which task, limit, pause or time it waits for.") { _dag, _run, _task };

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed, FlowClient client, CancellationToken cancellation)
    {
        var run = await FindRunAsync(client, parsed.GetRequiredValue(_dag), parsed.GetRequiredValue(_run), cancellation);
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
}
