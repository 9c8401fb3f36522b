using System.Net;

namespace Wizart.Flow.Providers.Slack;

/// <summary>A message that was not posted, or not known to be.</summary>
public sealed class SlackException : Exception
{
    internal SlackException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>The answer's status; null when there was none.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>Slack's word for what is wrong, such as <c>no_service</c>; null when it gave none.</summary>
    public string? Code { get; init; }

    /// <summary>How long the server asked to wait; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
