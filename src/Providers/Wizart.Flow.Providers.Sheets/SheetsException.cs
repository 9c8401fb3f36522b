using System.Net;

namespace Wizart.Flow.Providers.Sheets;

/// <summary>A call of Google Sheets that failed for good, or a sheet that is not as it must be.</summary>
public sealed class SheetsException : Exception
{
    internal SheetsException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>The connection's id.</summary>
    public required string ConnectionId { get; init; }

    /// <summary>The answer's status; null when there was none, or when not an answer was wrong but the sheet or the rows.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>How long the server asked to wait; null when it didn't say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the same call may well succeed later: quotas, timeouts, failures of the network or of Google.</summary>
    public bool IsTransient { get; init; }

    /// <summary>An answer is there that leaves open whether the change was made; looking again tells.</summary>
    internal bool IsUncertain { get; init; }
}
