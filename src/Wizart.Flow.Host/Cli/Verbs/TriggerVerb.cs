using System.CommandLine;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Model;
using Wizart.Flow.Web;

namespace Wizart.Flow.Host.Cli;

/// <summary><c>flow trigger DAG</c>.</summary>
internal sealed class TriggerVerb(CommonOptions options, Terminal terminal) : DaemonVerb(options, terminal)
{
    private const int SecondsPerWait = 30;
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);
    private readonly Argument<string> _dag = CommonOptions.Dag();
    private readonly Option<bool> _wait = new("--wait", "-w") { Description = "Waits for the run's end. Exit code 1 when it did not succeed." };

    /// <inheritdoc/>
    protected override Command Declare() => new("trigger", "Starts a run on the daemon.") { _dag, Options.Params, Options.Date, _wait };

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed, FlowClient client, CancellationToken cancellation)
    {
        var dag = await client.DagAsync(parsed.GetRequiredValue(_dag), cancellation);
        var values = ParamArguments.Read(dag.Model, parsed.GetValue(Options.Params) ?? []);
        var date = parsed.GetValue(Options.Date);
        ParamArguments.Date(dag.Model, date, "--date");
        var run = await client.TriggerAsync(dag.Id, values, date, cancellation);
        if (!parsed.GetValue(_wait))
        {
            if (IsJson(parsed)) Terminal.WriteJson(run);
            else Terminal.Out.WriteLine($"Run {run.Id} of {run.DagId} is {StateLook.Word(run.State)}.{(dag.Paused ? " It waits: the DAG is paused." : "")}");
            return ExitCodes.Fine;
        }

        var isSeen = Terminal.IsInteractive && !IsJson(parsed);
        Terminal.Error.WriteLine($"Run {run.Id} of {run.DagId}{(dag.Paused ? $" waits: the DAG is paused. 'flow unpause {dag.Id}' lets it go on." : "")}");
        var ended = WaitAsync(client, run.Id, cancellation);
        if (isSeen) await ShowAsync(client, dag.Model, run.Id, ended, cancellation);
        run = await ended;
        if (IsJson(parsed)) Terminal.WriteJson(run);
        else Write(run);
        return run.State == RunState.Success ? ExitCodes.Fine : ExitCodes.Failed;
    }

    private static async Task<RunResource> WaitAsync(FlowClient client, long runId, CancellationToken cancellation)
    {
        while (true)
        {
            var run = await client.WaitAsync(runId, SecondsPerWait, cancellation);
            if (run.State.IsFinal()) return run;
        }
    }

    private async Task ShowAsync(FlowClient client, DagModel model, long runId, Task ended, CancellationToken cancellation)
    {
        TaskLine[]? lines = null;
        var looked = Terminal.Time.GetTimestamp();
        await new LivePicture(Terminal, model).ShowAsync(
            async () =>
            {
                if (lines is not null && !ended.IsCompleted && Terminal.Time.GetElapsedTime(looked) < LookEvery) return lines;
                lines = TaskLine.Of(await client.TasksAsync(runId, cancellation));
                looked = Terminal.Time.GetTimestamp();
                return lines;
            },
            ended);
    }

    private void Write(RunResource run)
    {
        var took = Words.Took(run.StartedAt ?? run.QueuedAt, run.EndedAt, Terminal.Time.GetUtcNow());
        var reason = run.Reason is { } why ? $" ({why})" : "";
        Terminal.Out.WriteLine($"Run {run.Id} of {Terminal.Paint.Bold(run.DagId)}: {Terminal.Paint.Painted(run.State)}{reason} in {took}");
        if (run.State == RunState.Failed) Terminal.Error.WriteLine($"See 'flow tasks {run.DagId} {run.Id}' and 'flow logs {run.DagId} {run.Id} TASK'.");
    }
}
