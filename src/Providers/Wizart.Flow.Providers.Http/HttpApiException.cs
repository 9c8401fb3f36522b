using System.Net;

namespace Wizart.Flow.Providers.Http;

/// <summary>A request that failed for good: refused, unanswered, or answered with something else than was asked for.</summary>
public sealed class HttpApiException : Exception
{
    internal HttpApiException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>The connection's id.</summary>
    public required string ConnectionId { get; init; }

    /// <summary>GET, POST…</summary>
    public required string Method { get; init; }

    /// <summary>Where the request went, without credentials.</summary>
    public required string Url { get; init; }

    /// <summary>The answer's status; null when there was no answer.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>The beginning of the answer's body, at most 2 KB, without credentials; null when there was none.</summary>
    public string? Body { get; init; }

    /// <summary>How long the server asked to wait; null when it didn't say.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
