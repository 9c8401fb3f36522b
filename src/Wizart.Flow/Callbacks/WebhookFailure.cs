using System.Net;

namespace Wizart.Flow.Callbacks;

/// <summary>Why a message was not posted, or is not known to be.</summary>
/// <param name="Message">In words, without what is secret.</param>
internal sealed record WebhookFailure(string Message)
{
    public Exception? Inner { get; init; }

    /// <summary>The answer's status; null when there was none.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>What the service said, shown and cut.</summary>
    public string Answer { get; init; } = "";

    /// <summary>How long the server asked to wait; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether it may be sent again: after any other failure the message may stand in the channel already.</summary>
    public bool IsNotPosted => Status is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable
        || this is { Status: null, Inner: HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError } };
}
