using Wizart.Flow.Execution;

namespace Wizart.Flow.Runtime.Logs;

/// <summary>
/// The way an attempt's events go out: one at a time, whichever thread they come from, and none after the last. A
/// listener that throws is not called again, and its exception is kept for whoever runs the attempt.
/// </summary>
internal sealed class AttemptEvents(Action<AttemptEvent> tell)
{
    private readonly Lock _lock = new();
    private bool _closed;

    /// <summary>What the listener threw; null when it did not.</summary>
    public Exception? Failure { get; private set; }

    public void Tell(AttemptEvent happened)
    {
        lock (_lock)
        {
            if (_closed) return;
            Pass(happened);
        }
    }

    /// <summary>Tells the end; whatever a body left behind says later is not heard.</summary>
    public void End(AttemptOutcome outcome)
    {
        lock (_lock)
        {
            if (_closed) return;
            Pass(new AttemptEvent.Ended(outcome));
            _closed = true;
        }
    }

    private void Pass(AttemptEvent happened)
    {
        if (Failure is not null) return;
        try
        {
            tell(happened);
        }
        catch (Exception e)
        {
            Failure = e;
        }
    }
}
