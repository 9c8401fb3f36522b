using Wizart.Flow.Execution;

namespace Wizart.Flow.Engine.Attempts;

/// <summary>Runs one attempt somewhere: in a worker process, or in this one.</summary>
public interface IAttemptExecutor
{
    /// <summary>Runs the attempt to its end. Never throws for what a body does.</summary>
    /// <param name="order">What to run.</param>
    /// <param name="tell">Hears what the attempt tells, in order, one at a time; never after the task returned is complete.</param>
    /// <param name="control">The way to stop it.</param>
    Task<AttemptOutcome> RunAsync(AttemptOrder order, Action<AttemptEvent> tell, AttemptControl control);
}
