using Wizart.Flow.Engine.Alarms;
using Wizart.Flow.Engine.Coordination;
using Wizart.Flow.Engine.Telemetry;
using Wizart.Flow.Execution;

namespace Wizart.Flow.Engine.Attempts;

/// <summary>
/// What one slot of this node does: runs an attempt, has its end stored, and goes on with the next that the same commit
/// gave it, until there is none.
/// </summary>
public sealed class SlotLoop(
    IAttemptExecutor executor, OrderBuilder orders, RunCoordinator coordinator, RunningAttempts running, IAlarms alarms, TimeProvider time,
    EngineCounts counts)
{
    /// <summary>Runs attempts from <paramref name="first"/> on until no other waits.</summary>
    public async Task RunAsync(ClaimedAttempt first)
    {
        for (var attempt = first; attempt is not null;)
        {
            var begun = time.GetTimestamp();
            var (outcome, recorder) = await RunOneAsync(attempt).ConfigureAwait(false);
            counts.AttemptEnded(outcome, time.GetElapsedTime(begun));
            var next = await coordinator.EndAttemptAsync(attempt, outcome, recorder.Take()).ConfigureAwait(false);
            running.Remove(attempt.Key);
            attempt = next;
        }
    }

    private async Task<(AttemptOutcome, AttemptRecorder)> RunOneAsync(ClaimedAttempt attempt)
    {
        var recorder = new AttemptRecorder(attempt, coordinator, time);
        var control = running.ControlOf(attempt.Key);
        try
        {
            if (attempt.Look > 0) recorder.GoOnAfter(await orders.LogLinesAsync(attempt.Key, control.Stopping).ConfigureAwait(false));
            var order = await orders.BuildAsync(attempt, control.Stopping).ConfigureAwait(false);
            return (await executor.RunAsync(order, Hear, control).ConfigureAwait(false), recorder);
        }
        catch (Exception error)
        {
            // The executor does not throw for what a body does: this is a store that can't be read, a secret that can't
            // be decrypted, or a bug of ours. The attempt must end all the same, and say so.
            return (Broken(control, error), recorder);
        }
        finally
        {
            if (TimeoutOf(attempt) is { } timeout) alarms.Cancel(timeout.Key);
        }

        void Hear(AttemptEvent happened)
        {
            // The limit is the body's: a process that is slow to come up is not the body's fault, and has a limit of its own.
            if (happened is AttemptEvent.Started && TimeoutOf(attempt) is { } timeout) alarms.Set(timeout, time.GetUtcNow() + timeout.Limit);
            recorder.Tell(happened);
        }
    }

    private static Alarm.AttemptTimeout? TimeoutOf(ClaimedAttempt attempt) => attempt.Task.Timeout is { } limit
        ? new Alarm.AttemptTimeout(attempt.Run.Id, attempt.Task.Index, attempt.MapIndex, attempt.Number, limit)
        : null;

    private static AttemptOutcome Broken(AttemptControl control, Exception error) => control.Kind switch
    {
        StopKind.Cancel => new AttemptOutcome.Cancelled(control.Reason!),
        StopKind.Shutdown => new AttemptOutcome.Failed(new TaskError { Type = "Interrupted", Message = control.Reason! }),
        _ => new AttemptOutcome.Failed(new TaskError
        {
            Type = error.GetType().Name,
            Message = $"The attempt could not be begun: {error.Message}",
            Stack = error.ToString(),
        }),
    };
}
