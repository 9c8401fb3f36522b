using System.CommandLine;

namespace Wizart.Flow.Host.Cli;

/// <summary><c>flow cancel RUN</c>.</summary>
internal sealed class CancelVerb(CommonOptions options, Terminal terminal) : DaemonVerb(options, terminal)
{
    private readonly Argument<string> _run = new("RUN") { Description = "The run's number." };

    /// <inheritdoc/>
    protected override Command Declare() => new("cancel", "Cancels a run: what has not begun is not begun, what runs is asked to stop.") { _run };

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed, FlowClient client, CancellationToken cancellation)
    {
        var id = parsed.GetRequiredValue(_run);
        CheckRun(id);
        var run = await client.CancelAsync(id, cancellation);
        if (IsJson(parsed)) Terminal.WriteJson(run);
        else Terminal.Out.WriteLine($"Run {run.Id} of {run.DagId} is {(run.EndedAt is null ? "being cancelled" : "cancelled")}.");
        return ExitCodes.Fine;
    }
}
