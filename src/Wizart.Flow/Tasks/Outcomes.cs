namespace Wizart.Flow;

/// <summary>Thrown by a body to end its attempt in a way other than success or an ordinary failure.</summary>
public abstract class TaskSignal : Exception
{
    private protected TaskSignal(string message)
        : base(message)
    {
    }
}

/// <summary>The task is skipped: <c>throw new Skip("no new files")</c>.</summary>
public sealed class Skip(string why) : TaskSignal(why);

/// <summary>The task fails and is not tried again: <c>throw new Fail("the key was revoked")</c>.</summary>
public sealed class Fail(string why) : TaskSignal(why);

/// <summary>The attempt is tried again after a time of its own: <c>throw new RetryAfter(1.Minutes())</c>.</summary>
/// <param name="after">How long to wait; counts as one of the task's retries.</param>
/// <param name="why">The reason shown; optional.</param>
public sealed class RetryAfter(TimeSpan after, string? why = null) : TaskSignal(why ?? $"Retry after {after}")
{
    /// <summary>How long to wait.</summary>
    public TimeSpan After { get; } = after;
}
