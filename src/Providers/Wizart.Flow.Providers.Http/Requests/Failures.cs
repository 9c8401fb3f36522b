using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Wizart.Flow.Providers.Http.Resilience;

namespace Wizart.Flow.Providers.Http.Requests;

/// <summary>Makes of what went wrong an error that says what, where, and what to do.</summary>
internal sealed class Failures(HttpApiSettings settings, TimeProvider time)
{
    private const int LongestBody = 2048;

    /// <summary>The server answered, and the answer is a failure.</summary>
    public async Task<HttpApiException> Answered(RequestPlan plan, HttpResponseMessage response)
    {
        var body = await Excerpt(response.Content);
        var retryAfter = RetryPolicy.RetryAfter(response, time);
        var reason = string.IsNullOrEmpty(response.ReasonPhrase) ? response.StatusCode.ToString() : response.ReasonPhrase;
        var what = $"answered {(int)response.StatusCode} {reason}.";
        return Make(plan, what, Advice(response, retryAfter), body, null, response.StatusCode, retryAfter);
    }

    /// <summary>The answer came and is not what was asked for.</summary>
    public async Task<HttpApiException> Unreadable(RequestPlan plan, HttpResponseMessage response, string why, Exception? inner) =>
        Make(plan, $"answered {(int)response.StatusCode}, but {why}", "", await Excerpt(response.Content), inner, response.StatusCode);

    /// <summary>No answer in time.</summary>
    public HttpApiException TimedOut(RequestPlan plan, Exception inner) =>
        Make(
            plan,
            $"did not answer within {settings.Timeout.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture)} s.",
            $"If it needs longer, raise 'timeout' of connection '{settings.Id}'.",
            null,
            inner);

    /// <summary>No answer at all.</summary>
    public HttpApiException Unreachable(RequestPlan plan, HttpRequestException inner)
    {
        var url = plan.Target.Url;
        var check = plan.Target.Trusted ? $"Check 'url' of connection '{settings.Id}', and that the server runs." : "Check the address.";
        var (what, advice) = (inner.HttpRequestError, inner.InnerException) switch
        {
            (HttpRequestError.NameResolutionError, _) => ($"failed: the host '{url.Host}' is not known.", check),
            (HttpRequestError.SecureConnectionError, _) =>
                ($"failed: no secure connection to {url.Host}:{url.Port} ({inner.GetBaseException().Message}).", "Check the server's certificate."),
            (_, SocketException { SocketErrorCode: SocketError.ConnectionRefused }) =>
                ($"failed: nothing listens at {url.Host}:{url.Port} (connection refused).", check),
            (HttpRequestError.ConnectionError, _) =>
                ($"failed: {url.Host}:{url.Port} can't be reached ({inner.GetBaseException().Message}).", check),
            _ => ($"failed while {url.Host}:{url.Port} was answering: {inner.GetBaseException().Message}", ""),
        };
        return Make(plan, what, advice, null, inner);
    }

    private HttpApiException Make(
        RequestPlan plan,
        string what,
        string advice,
        string? body,
        Exception? inner,
        HttpStatusCode? status = null,
        TimeSpan? retryAfter = null)
    {
        var url = Redaction.Url(plan.Target.Url, settings.Secrets);
        var message = new StringBuilder($"{plan.Method} {url} (connection '{settings.Id}') {Redaction.Text(what, settings.Secrets)}");
        if (advice.Length > 0) message.Append(' ').Append(advice);
        if (!string.IsNullOrWhiteSpace(body)) message.Append('\n').Append(body);
        return new HttpApiException(message.ToString(), inner)
        {
            ConnectionId = settings.Id,
            Method = plan.Method.Method,
            Url = url,
            Status = status,
            Body = body,
            RetryAfter = retryAfter,
        };
    }

    private string Advice(HttpResponseMessage response, TimeSpan? retryAfter) => response.StatusCode switch
    {
        HttpStatusCode.Unauthorized when settings.Authorization is null && settings.Headers.Count == 0 =>
            $"Connection '{settings.Id}' has no credentials: add 'token', or 'username' and 'password'.",
        HttpStatusCode.Unauthorized =>
            $"The server does not accept the credentials of connection '{settings.Id}': they may be wrong or expired.",
        HttpStatusCode.Forbidden => $"The credentials of connection '{settings.Id}' are known there, but may not do this.",
        HttpStatusCode.NotFound =>
            $"Check the path, and 'url' of connection '{settings.Id}', which is {Redaction.Url(settings.Base, settings.Secrets)}.",
        HttpStatusCode.TooManyRequests when retryAfter is { } wait =>
            FormattableString.Invariant($"Too many requests: it asks to wait {wait.TotalSeconds:0} s; a body can throw new RetryAfter(…)."),
        HttpStatusCode.TooManyRequests => "Too many requests: call it less often, or give the task a longer backoff.",
        >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest when response.Headers.Location is { } location =>
            $"It redirects to {location.OriginalString}, which is not followed: "
                + "it is no https:// address like the first, or the redirects go in circles.",
        _ => "",
    };

    private async Task<string?> Excerpt(HttpContent content)
    {
        var bytes = await content.ReadAsByteArrayAsync(CancellationToken.None);
        if (bytes.Length == 0) return null;
        var type = content.Headers.ContentType?.MediaType;
        if (bytes.AsSpan(0, Math.Min(bytes.Length, LongestBody)).Contains((byte)0)) return $"({bytes.Length} bytes of {type ?? "binary data"})";

        // Secrets go first: one that is cut in two would not be recognised.
        var text = Redaction.Text(Encoding.UTF8.GetString(bytes, 0, Math.Min(bytes.Length, 4 * LongestBody)), settings.Secrets);
        return text.Length > LongestBody ? text[..LongestBody] + "…" : text;
    }
}
