using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Google;
using Google.Apis.Auth.OAuth2.Responses;

namespace Wizart.Flow.Providers.Sheets.Requests;

/// <summary>Makes of what went wrong an error that says what, where, and what to do.</summary>
internal sealed class Failures(SheetsSettings settings)
{
    /// <summary>Google answered, and the answer is a failure.</summary>
    public SheetsException Answered(string what, GoogleApiException error, CallRecord record)
    {
        var status = error.HttpStatusCode;
        var said = error.Error?.Message is { Length: > 0 } message ? $": {message.TrimEnd('.')}" : "";
        var passing = status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError;
        var open = passing && status != HttpStatusCode.TooManyRequests && !record.MayBeRepeated;
        var retryAfter = record.RetryAfter is { } wait && wait > TimeSpan.Zero ? record.RetryAfter : null;
        return new SheetsException($"{Told(what)} answered {(int)status} {status}{said}. {Advice(error, retryAfter)}{(open ? Open : "")}".TrimEnd(), error)
        {
            ConnectionId = settings.Id,
            Status = status,
            RetryAfter = retryAfter,
            IsTransient = passing,
            IsUncertain = open && !(retryAfter > RepeatingHandler.LongestWait),
        };
    }

    /// <summary>The account's key was not taken for a token.</summary>
    public SheetsException NoToken(TokenResponseException error)
    {
        var code = error.Error?.Error ?? "";
        var said = error.Error?.ErrorDescription ?? "";
        var status = error.StatusCode;
        var passing = status is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError;
        var key = settings.KeyId is { } id ? $"the key {id}" : "the key";
        var advice = (code, said) switch
        {
            _ when passing => "It is Google's failure or its quota: try later.",
            (_, var s) when s.Contains("signature", StringComparison.OrdinalIgnoreCase) =>
                $"Google does not know {key} of {settings.ClientEmail}: it was revoked or deleted, or 'private_key' belongs to another "
                    + $"account. Make a new key for the account and put it into connection '{settings.Id}'.",
            (_, var s) when s.Contains("account not found", StringComparison.OrdinalIgnoreCase) =>
                $"There is no service account {settings.ClientEmail}: check 'client_email' of connection '{settings.Id}'.",
            (_, var s) when s.Contains("timeframe", StringComparison.OrdinalIgnoreCase) || s.Contains("short-lived", StringComparison.OrdinalIgnoreCase) =>
                "The clock of this machine is wrong: set it.",
            ("unauthorized_client" or "access_denied", _) when settings.User is { } user =>
                $"{settings.ClientEmail} may not act for {user}: allow it domain-wide delegation, or leave out 'user'.",
            ("disabled_client" or "deleted_client", _) => $"The service account {settings.ClientEmail} is disabled: enable it, or use another.",
            _ => $"Check 'client_email', 'private_key' and 'token_uri' of connection '{settings.Id}'.",
        };
        var quoted = string.Join(": ", new[] { code, said.TrimEnd('.') }.Where(part => part.Length > 0));
        return new SheetsException($"Google Sheets (connection '{settings.Id}'): no token for {settings.ClientEmail} ({quoted}). {advice}", error)
        {
            ConnectionId = settings.Id,
            Status = status,
            IsTransient = passing,
        };
    }

    /// <summary>No answer in time.</summary>
    public SheetsException TimedOut(string what, Exception error, CallRecord record)
    {
        var timeout = settings.Timeout.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
        var open = record.MayBeRepeated ? "" : Open;
        return new SheetsException(
            $"{Told(what)} did not answer within {timeout} s. If it needs longer, raise 'timeout' of connection '{settings.Id}'.{open}", error)
        {
            ConnectionId = settings.Id,
            IsTransient = true,
        };
    }

    /// <summary>No answer at all.</summary>
    public SheetsException Unreachable(string what, HttpRequestException error, CallRecord record)
    {
        var said = error.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused }
            ? "nothing listens there"
            : error.GetBaseException().Message.TrimEnd('.');
        var neverSent = error.HttpRequestError
            is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError;
        var open = !neverSent && !record.MayBeRepeated;
        return new SheetsException(
            $"{Told(what)} can't be reached at {settings.Url} (tokens: {settings.TokenUrl}): {said}. Check the network, "
                + $"and 'url' and 'token_uri' of connection '{settings.Id}'.{(open ? Open : "")}",
            error)
        {
            ConnectionId = settings.Id,
            IsTransient = true,
            IsUncertain = open,
        };
    }

    private const string Open = " It may have been done all the same.";

    private string Told(string what) => $"{what} (connection '{settings.Id}'): Google Sheets";

    private string Advice(GoogleApiException error, TimeSpan? retryAfter)
    {
        var message = error.Error?.Message ?? "";
        return error.HttpStatusCode switch
        {
            HttpStatusCode.BadRequest when message.Contains("10000000 cells", StringComparison.Ordinal) =>
                "A spreadsheet holds 10,000,000 cells, empty ones included: delete sheets, rows or columns that are not needed, or begin a new one.",
            HttpStatusCode.Unauthorized => $"The token of {settings.ClientEmail} is not accepted: its key may just have been revoked. "
                + $"Check 'private_key' of connection '{settings.Id}'.",
            HttpStatusCode.Forbidden when message.Contains("has not been used", StringComparison.Ordinal) || message.Contains("disabled", StringComparison.Ordinal) =>
                "Enable the Google Sheets API in the service account's project.",
            HttpStatusCode.Forbidden => $"Open the spreadsheet in a browser and share it with {settings.User ?? settings.ClientEmail} as an editor.",
            HttpStatusCode.NotFound => "Check 'spreadsheet' of the connection, or the id given to In(…): it is the part of the address after /d/. "
                + $"If it is right, share it with {settings.User ?? settings.ClientEmail} as an editor.",
            HttpStatusCode.TooManyRequests when retryAfter is { } wait =>
                FormattableString.Invariant($"It asks to wait {wait.TotalSeconds:0} s; give the task a longer backoff."),
            HttpStatusCode.TooManyRequests => "The quota counts by the minute: write more rows in fewer calls, or give the task a longer backoff.",
            _ => "",
        };
    }
}
