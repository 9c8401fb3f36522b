using System.CommandLine;

namespace Wizart.Flow.Host.Cli;

/// <summary><c>flow pause DAG</c> and <c>flow unpause DAG</c>.</summary>
internal sealed class PauseVerb(CommonOptions options, Terminal terminal, bool pauses) : DaemonVerb(options, terminal)
{
    private readonly Argument<string> _dag = CommonOptions.Dag();

    /// <inheritdoc/>
    protected override Command Declare() => pauses
        ? new Command("pause", "Pauses a DAG: nothing of it is started any more; runs under way go on.") { _dag }
        : new Command("unpause", "Lets a paused DAG run again.") { _dag };

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed, FlowClient client, CancellationToken cancellation)
    {
        var dag = await client.PauseAsync(parsed.GetRequiredValue(_dag), pauses, cancellation);
        if (IsJson(parsed))
        {
            Terminal.WriteJson(dag);
            return ExitCodes.Fine;
        }

        var next = dag.Next is { } due ? $" Next: {Words.Time(due.RunAfter)}, {Words.Away(due.RunAfter, Terminal.Time.GetUtcNow())}." : "";
        Terminal.Out.WriteLine(pauses ? $"{dag.Id} is paused." : $"{dag.Id} runs again.{next}");
        return ExitCodes.Fine;
    }
}
