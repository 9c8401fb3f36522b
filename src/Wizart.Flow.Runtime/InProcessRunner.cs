using System.Runtime.ExceptionServices;
using Wizart.Flow.Connections;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;
using Wizart.Flow.Runtime.Attempts;
using Wizart.Flow.Runtime.Descriptions;
using Wizart.Flow.Runtime.Images;
using Wizart.Flow.Runtime.Logs;

namespace Wizart.Flow.Runtime;

/// <summary>
/// Runs attempts and evaluates scripts in this very process: for <c>flow run</c> and for tests. The same contract as
/// <see cref="Workers.WorkerPool"/>, short of isolation: a body that ends the process ends it, and one that ignores its
/// cancellation is left behind, still running.
/// </summary>
/// <param name="connectionTypes">How clients are built.</param>
/// <param name="time">The clock; the system's by default.</param>
public sealed class InProcessRunner(ConnectionTypes connectionTypes, TimeProvider? time = null) : IScriptEvaluator
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly ImageCache _images = new();

    /// <summary>How long a body may go on after it was asked to stop. 5 s.</summary>
    public TimeSpan CancelGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a script may take to declare. 10 s.</summary>
    public TimeSpan DescribeTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Where artifacts are kept when an order names no place; empty for none.</summary>
    public string ArtifactRoot { get; init; } = "";

    /// <summary>Runs one attempt.</summary>
    /// <param name="order">What to run.</param>
    /// <param name="tell">Called for each event, never twice at once; <see cref="AttemptEvent.Ended"/> is the last.</param>
    /// <param name="control">The way to stop it.</param>
    /// <returns>How it ended; only what <paramref name="tell"/> throws is thrown.</returns>
    public async Task<AttemptOutcome> RunAsync(AttemptOrder order, Action<AttemptEvent> tell, AttemptControl control)
    {
        if (order.ArtifactRoot.Length == 0) order = order with { ArtifactRoot = ArtifactRoot };
        var events = new AttemptEvents(tell);
        events.Tell(new AttemptEvent.Started(Environment.ProcessId));
        await using var heartbeat = Heartbeat(events);
        var outcome = await BodyAsync(order, events, control);
        events.End(outcome);
        if (events.Failure is { } failure) ExceptionDispatchInfo.Throw(failure);
        return outcome;
    }

    /// <inheritdoc/>
    public async Task<ScriptDescription> DescribeAsync(ImageReference image, string file, CancellationToken cancellation)
    {
        var description = Task.Run(
            () =>
            {
                AttemptConsole.Silence(); // what a script prints while it is declared is nobody's log
                return ScriptDescriber.Describe(_images, connectionTypes, image, file);
            },
            cancellation);
        try
        {
            return await description.WaitAsync(DescribeTimeout, _time, cancellation);
        }
        catch (TimeoutException)
        {
            return DescribeFailures.TooSlow(file, DescribeTimeout);
        }
    }

    private async Task<AttemptOutcome> BodyAsync(AttemptOrder order, AttemptEvents events, AttemptControl control)
    {
        // The body's own stop, so that callbacks it hangs on its token neither hold up nor throw at whoever asked to stop.
        var inner = new AttemptControl();
        var runner = new AttemptRunner(_images, connectionTypes, _time);
        var body = Task.Run(async () => await runner.RunAsync(order, events, inner));
        using var grace = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _time);
        using var stop = control.Stopping.UnsafeRegister(
            _ =>
            {
                grace.CancelAfter(CancelGrace);
                ThreadPool.UnsafeQueueUserWorkItem(_ => AttemptStop.Pass(control, inner, events, _time), null);
            },
            null);
        try
        {
            return await body.WaitAsync(grace.Token);
        }
        catch (OperationCanceledException) when (grace.IsCancellationRequested && !body.IsCompleted)
        {
            return StopOutcomes.Of(
                order, control, $"The body ignored its cancellation for {CancelGrace.TotalSeconds:0.#} s and was left behind; it may still be running in this process.");
        }
    }

    private ITimer Heartbeat(AttemptEvents events) => _time.CreateTimer(
        _ => events.Tell(new AttemptEvent.Heartbeat(Environment.WorkingSet)), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
}
