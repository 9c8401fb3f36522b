using Wizart.Flow.Execution;
using Wizart.Flow.Runtime.Errors;

namespace Wizart.Flow.Runtime.Attempts;

/// <summary>What an exception makes of its attempt.</summary>
internal sealed class AttemptFailure(AttemptOrder order, AttemptContext context, AttemptScript script, AttemptControl control)
{
    public AttemptOutcome OutcomeOf(Exception thrown)
    {
        var exception = Unwrapped.Of(thrown);
        return exception switch
        {
            Skip skip => new AttemptOutcome.Skipped(context.Mask.Hide(skip.Message)),
            Fail => Failed(thrown, mayRetry: false),
            RetryAfter again => Failed(thrown) with { RetryAfter = again.After },
            _ when control.Kind is not null => Stopped(exception),
            InputException or OutputException or TaskNotFoundException or BranchException => Failed(thrown, mayRetry: false),
            OutOfMemoryException => OutOfMemory(thrown),
            _ => Filtered(thrown, exception),
        };
    }

    // A body that was asked to stop ends in whatever its clients make of a cancellation, not only in OperationCanceledException.
    private AttemptOutcome Stopped(Exception exception)
    {
        if (exception is OperationCanceledException) return StopOutcomes.Of(order, control);
        var words = context.Mask.Hide(ErrorReport.MessageOf(exception));
        return StopOutcomes.Of(order, control, $"Its body then threw {ReadableNames.OfType(exception.GetType())}: {words}");
    }

    private AttemptOutcome.Failed Failed(Exception thrown, bool mayRetry = true) =>
        new(ErrorReport.Of(thrown, script.Image, context.Mask), mayRetry);

    private AttemptOutcome.Failed OutOfMemory(Exception thrown)
    {
        var error = ErrorReport.Of(thrown, script.Image, context.Mask);
        // The heap may have nine tenths of what the worker may have; see WorkerProgram.
        var limit = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 9 * 10;
        return new(error with
        {
            Type = "MemoryLimit",
            Message = $"The body needed more memory than the {limit / 1024 / 1024} MB that its process may have ({error.Message}) Work in smaller pieces, or raise the workers' memory limit.",
        });
    }

    private AttemptOutcome Filtered(Exception thrown, Exception exception)
    {
        if (script.Task?.RetryFilter is not { } mayRetry) return Failed(thrown);
        try
        {
            return Failed(thrown, mayRetry(exception));
        }
        catch (Exception e)
        {
            var failed = Failed(thrown, mayRetry: false);
            var note = $" (Not tried again: its retry filter threw {ReadableNames.OfType(e.GetType())}: {ErrorReport.MessageOf(e)})";
            return failed with { Error = failed.Error with { Message = failed.Error.Message + context.Mask.Hide(note) } };
        }
    }
}
