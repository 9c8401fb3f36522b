using System.Net.Sockets;
using Wizart.Flow.Connections;

namespace Wizart.Flow.Providers.LoadTest.Calls;

/// <summary>What came of a call.</summary>
/// <param name="Outcome">Its class.</param>
/// <param name="Problem">What a person should read; null for a good one.</param>
/// <param name="RetryAfter">How long the server asked to wait.</param>
internal readonly record struct CallEnd(CallOutcome Outcome, string? Problem, TimeSpan? RetryAfter)
{
    /// <summary>Judges a call by what its clients told of it, then by what it threw.</summary>
    public static CallEnd Of(LoadCall call, Exception? error)
    {
        if (call.FailedStatus is { } status)
            return new CallEnd(ByStatus(status), $"{call.FailedRequest} answered {status}", call.RetryAfter);
        if (error is null) return new CallEnd(CallOutcome.Good, null, null);
        return new CallEnd(ByError(error), FirstLine(error.Message), null);
    }

    private static CallOutcome ByStatus(int status) => status switch
    {
        >= 500 => CallOutcome.ServerError,
        >= 400 => CallOutcome.ClientError,
        _ => CallOutcome.Check,
    };

    private static CallOutcome ByError(Exception error)
    {
        for (var cause = error; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case TimeoutException or OperationCanceledException:
                    return CallOutcome.Timeout;
                case HttpRequestException { StatusCode: { } status }:
                    return ByStatus((int)status);
                case HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } or SocketException or HttpIOException:
                    return cause.InnerException is { } inner && ByError(inner) == CallOutcome.Timeout ? CallOutcome.Timeout : CallOutcome.Connection;
            }
        }

        return CallOutcome.Check;
    }

    private static string FirstLine(string text) => text.Split('\n', 2)[0] is var line && line.Length > 300 ? line[..300] + "…" : text.Split('\n', 2)[0];
}
