namespace Wizart.Flow.Model;

/// <summary>How often and when a failed attempt is tried again.</summary>
/// <param name="Count">Attempts after the first; zero for none.</param>
/// <param name="Backoff">How long to wait before each.</param>
/// <param name="HasFilter">Whether a predicate on the exception may refuse the retry.</param>
public sealed record RetryModel(int Count, Backoff Backoff, bool HasFilter = false)
{
    /// <summary>No retries.</summary>
    public static RetryModel None { get; } = new(0, Backoff.None);
}
