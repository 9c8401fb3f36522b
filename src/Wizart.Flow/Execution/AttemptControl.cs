namespace Wizart.Flow.Execution;

/// <summary>Why a running attempt is asked to stop.</summary>
public enum StopKind
{
    /// <summary>It lasted longer than its timeout; ends as failed.</summary>
    Timeout,

    /// <summary>A person, the API, or the run's own end asked for it; ends as cancelled.</summary>
    Cancel,

    /// <summary>The daemon is stopping; ends as failed with type <c>Interrupted</c>, and is retried by its policy.</summary>
    Shutdown,
}

/// <summary>The way to stop one running attempt, and the reason kept with it. The first reason counts.</summary>
public sealed class AttemptControl : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly Lock _lock = new();

    /// <summary>Cancelled when the attempt is asked to stop.</summary>
    public CancellationToken Stopping => _source.Token;

    /// <summary>Why it was asked; null while it was not.</summary>
    public StopKind? Kind { get; private set; }

    /// <summary>Who or what asked, for people.</summary>
    public string? Reason { get; private set; }

    /// <summary>Asks the attempt to stop: its body's token is cancelled at once, and its process is killed after a grace period.</summary>
    public void Stop(StopKind kind, string reason)
    {
        lock (_lock)
        {
            if (Kind is not null) return;
            (Kind, Reason) = (kind, reason);
        }

        _source.Cancel();
    }

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();
}
