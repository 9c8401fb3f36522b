using Wizart.Flow.Execution;

namespace Wizart.Flow.Engine.Runs;

/// <summary>Turns an outcome into the row that is kept of the attempt.</summary>
internal static class AttemptRecords
{
    public static TaskAttempt Of(DagRun run, TaskInstance instance, AttemptOutcome outcome, DateTimeOffset now, bool lost) => new()
    {
        RunId = run.Id,
        TaskIndex = instance.TaskIndex,
        MapIndex = instance.MapIndex,
        Number = instance.Attempt,
        QueuedAt = instance.QueuedAt,
        StartedAt = instance.StartedAt,
        EndedAt = now,
        Node = instance.Node,
        Result = lost ? AttemptResult.Lost : outcome switch
        {
            AttemptOutcome.Succeeded => AttemptResult.Success,
            AttemptOutcome.Skipped => AttemptResult.Skipped,
            AttemptOutcome.Cancelled => AttemptResult.Cancelled,
            _ => AttemptResult.Failed,
        },
        Reason = outcome switch
        {
            AttemptOutcome.Skipped skipped => skipped.Reason,
            AttemptOutcome.Cancelled cancelled => cancelled.Reason,
            AttemptOutcome.Failed failed => failed.Error.Message,
            _ => null,
        },
        Error = (outcome as AttemptOutcome.Failed)?.Error,
    };

    /// <summary>The row of an attempt whose outcome does not count, because its instance was cleared or marked while it ran.</summary>
    public static TaskAttempt Overruled(DagRun run, TaskInstance instance, AttemptOutcome outcome, DateTimeOffset now, bool lost)
    {
        var attempt = Of(run, instance, outcome, now, lost);
        return attempt.Result is AttemptResult.Success or AttemptResult.Skipped
            ? attempt with { Reason = instance.Reason }
            : attempt with { Result = AttemptResult.Cancelled, Reason = instance.Reason };
    }
}
