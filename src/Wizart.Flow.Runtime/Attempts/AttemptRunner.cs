using Wizart.Flow.Connections;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;
using Wizart.Flow.Runtime.Images;
using Wizart.Flow.Runtime.Logs;

namespace Wizart.Flow.Runtime.Attempts;

/// <summary>Runs one attempt of one task in this process: loads the script, evaluates it, reads the inputs, calls the body, writes its output.</summary>
/// <param name="images">The scripts loaded here.</param>
/// <param name="connectionTypes">How clients are built.</param>
/// <param name="time">The clock that bodies see.</param>
public sealed class AttemptRunner(ImageCache images, ConnectionTypes connectionTypes, TimeProvider time)
{
    /// <summary>
    /// Whether one attempt at a time has the whole process, so that what is printed on threads that have lost their
    /// attempt's flow is its own too.
    /// </summary>
    internal bool HasProcess { get; init; }

    /// <summary>Runs it. Never throws for what a script or a body does.</summary>
    /// <param name="order">What to run.</param>
    /// <param name="events">Where its log, progress, metrics and artifacts go.</param>
    /// <param name="control">The way to stop it.</param>
    internal async ValueTask<AttemptOutcome> RunAsync(AttemptOrder order, AttemptEvents events, AttemptControl control)
    {
        var context = new AttemptContext(order, events, time, control.Stopping);
        AttemptConsole.Install();
        if (HasProcess) AttemptConsole.Fallback = context.Output;
        context.Enter();
        var script = new AttemptScript(images);
        var outcome = await PerformAsync(order, context, script, control);
        if (HasProcess) AttemptConsole.Fallback = null;
        context.Output.Flush();
        if (context.Label is { } label) outcome = outcome with { Label = label };
        return context.ChangedState is { } state ? outcome with { State = state } : outcome;
    }

    private async ValueTask<AttemptOutcome> PerformAsync(
        AttemptOrder order, AttemptContext context, AttemptScript script, AttemptControl control)
    {
        try
        {
            script.Prepare(order);
            await using var inputs = new AttemptInputs(order, context, connectionTypes);
            var task = script.Task!;
            if (task.Label is { } label) context.Label = context.Mask.Hide(label(inputs));
            if (task.Condition?.Invoke(inputs) == false)
                return new AttemptOutcome.Skipped(context.Mask.Hide(task.ConditionText ?? "The condition did not hold."));

            var value = await task.Body!(inputs);
            if (task.Kind == TaskKind.Branch) return BranchChoice.OutcomeOf(task, value);
            if (task.Wait is not null) return WaitOutcome.Of(task, value);
            if (task.OutputType is not { } type) return new AttemptOutcome.Succeeded(null);
            var written = OutputValues.Write(order, value, type, out var count);
            return new AttemptOutcome.Succeeded(written) { Count = count };
        }
        catch (Exception e)
        {
            return new AttemptFailure(order, context, script, control).OutcomeOf(e);
        }
    }
}
