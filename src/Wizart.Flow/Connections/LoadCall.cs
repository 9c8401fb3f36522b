namespace Wizart.Flow.Connections;

/// <summary>
/// One call of a load test, as the clients that are used within it see it. A client that finds one sends exactly one request
/// for each call (no retries, no redirects), ends with its <see cref="Cancellation"/>, and tells how it was answered.
/// </summary>
public sealed class LoadCall(CancellationToken cancellation)
{
    private static readonly AsyncLocal<LoadCall?> Ambient = new();

    /// <summary>The call that is running here; null outside of load tests.</summary>
    public static LoadCall? Current => Ambient.Value;

    /// <summary>Cancelled when the call has timed out, or the test ends.</summary>
    public CancellationToken Cancellation { get; } = cancellation;

    /// <summary>The first status of the call that is no success; null while there was none.</summary>
    public int? FailedStatus { get; private set; }

    /// <summary>Which request was answered with <see cref="FailedStatus"/>.</summary>
    public string? FailedRequest { get; private set; }

    /// <summary>How long the server asked to wait; null when it didn't.</summary>
    public TimeSpan? RetryAfter { get; private set; }

    /// <summary>Makes this the call that is running, until the calling method or work item is over.</summary>
    public void Enter() => Ambient.Value = this;

    /// <summary>A request of this call was answered.</summary>
    /// <param name="status">The HTTP status; from 300 on the call has failed.</param>
    /// <param name="retryAfter">How long the server asks to wait.</param>
    /// <param name="request">The request as a person should see it, without credentials.</param>
    public void Answered(int status, TimeSpan? retryAfter, string request)
    {
        if (status < 300 || FailedStatus is not null) return;
        (FailedStatus, FailedRequest, RetryAfter) = (status, request, retryAfter);
    }
}
