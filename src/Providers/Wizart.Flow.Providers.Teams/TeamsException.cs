using System.Net;

namespace Wizart.Flow.Providers.Teams;

/// <summary>A message that was not posted, or not known to be.</summary>
public sealed class TeamsException : Exception
{
    internal TeamsException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>The answer's status; null when there was none.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>How long the server asked to wait; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
