using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Wizart.Flow.Callbacks;
using Wizart.Flow.Connections;
using Wizart.Flow.Providers.Slack.Messages;

namespace Wizart.Flow.Providers.Slack;

/// <summary>
/// A channel in Slack, behind a connection of type <c>slack</c> whose <c>webhook</c> is the address of an incoming webhook. For bodies
/// (<see cref="Post(SlackMessage)"/>) and for callbacks (<c>OnFailure(slack)</c>). At most one message a second goes to an address.
/// </summary>
public sealed class SlackChannel : INotificationChannel
{
    private const int LongestAnswer = 300;
    private const int MostTries = 4;
    private static readonly TimeSpan LongestWaitOfPost = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestWaitOfNotification = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(2);

    // One pool of connections for the process: clients come and go with attempts.
    private static readonly SocketsHttpHandler Pool = new()
    {
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        ConnectTimeout = TimeSpan.FromSeconds(15),
        AllowAutoRedirect = false,
        UseCookies = false,
    };

    private readonly string _id;
    private readonly Uri _webhook;
    private readonly TimeSpan _timeout;
    private readonly ConnectionScope _scope;
    private readonly Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> _send;

    /// <summary>A client; authors' tests give a handler of their own, which answers instead of the network.</summary>
    /// <exception cref="ConnectionException">A setting is missing or can't be read.</exception>
    public SlackChannel(ConnectionSettings settings, ConnectionScope scope, HttpMessageHandler? handler = null)
    {
        _id = settings.Id;
        _webhook = AddressOf(settings);
        _timeout = settings.Find("timeout") is not { } text ? TimeSpan.FromSeconds(30) : Values.DurationText.Read(text) is { } span && span > TimeSpan.Zero
            ? span
            : throw new ConnectionException($"'timeout' of connection '{_id}' is '{text}'. Write a span such as 500ms, 20s or 5m.");
        _scope = scope;
        _send = new HttpMessageInvoker(handler ?? Pool, disposeHandler: false).SendAsync;
    }

    /// <summary>
    /// Posts a message. Waits its turn, and as long as the server asks when it is busy; a wait of more than a minute ends the
    /// attempt with <see cref="RetryAfter"/>. What may have been posted is not posted again.
    /// </summary>
    /// <exception cref="SlackException">It was refused, or nobody answered.</exception>
    public Task Post(SlackMessage message) => Post(message, CancellationToken.None);

    /// <inheritdoc cref="Post(SlackMessage)"/>
    public async Task Post(SlackMessage message, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(message);
        var json = MessageJson.Write(message);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _scope.Cancellation);
        for (var number = 1; ; number++)
        {
            var wait = await TakeTurn(LongestWaitOfPost, ended.Token);
            if (wait is { } tooLong) throw new RetryAfter(tooLong, $"The channel of connection '{_id}' wants no message for another {Seconds(tooLong)}.");
            try
            {
                await SendOnce(json, ended.Token);
                return;
            }
            catch (SlackException error) when (number < MostTries && IsNotPosted(error))
            {
                var again = error.RetryAfter ?? FirstWait * Math.Pow(2, number - 1);
                Pace.Of(_webhook, _scope.Time).NotBefore(_scope.Time.GetUtcNow() + again);
                _scope.Log($"{error.Message} Try {number + 1} of {MostTries} in {Seconds(again)}.", LogLevel.Warning);
            }
        }
    }

    /// <summary>Posts a text.</summary>
    /// <inheritdoc cref="Post(SlackMessage)"/>
    public Task Post(string title, string text = "") => Post(text.Length == 0 ? new SlackMessage(title) : new SlackMessage(title).Text(text));

    /// <summary>Tells the channel. Of a burst of the same kind the first is told at once and the others together.</summary>
    /// <exception cref="SlackException">It was not told, or is held back for a moment to be told with others; to be tried again.</exception>
    public async Task NotifyAsync(Notification notification, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(notification);
        var burst = Burst.Of(_webhook, _scope.Time, notification);
        var told = burst.Take(notification, _scope.Time.GetUtcNow())
            ?? throw new SlackException("held back for a moment, to be told together with others of its kind");
        if (told.Count == 0) return;
        try
        {
            if (await TakeTurn(LongestWaitOfNotification, cancellation) is { } wait)
                throw new SlackException($"the channel wants no message for another {Seconds(wait)}");
            await SendOnce(MessageJson.Write(NotificationMessages.Of(told)), cancellation);
            burst.Told(told, _scope.Time.GetUtcNow());
        }
        catch (SlackException error) when (error.RetryAfter is { } asked)
        {
            Pace.Of(_webhook, _scope.Time).NotBefore(_scope.Time.GetUtcNow() + asked);
            throw;
        }
        finally
        {
            burst.Sent();
        }
    }

    /// <summary>Null once it is our turn; otherwise how far away that is.</summary>
    private async Task<TimeSpan?> TakeTurn(TimeSpan most, CancellationToken cancellation)
    {
        var (wait, isTaken) = Pace.Of(_webhook, _scope.Time).Take(_scope.Time.GetUtcNow(), most);
        if (!isTaken) return wait;
        if (wait > TimeSpan.Zero) await Task.Delay(wait, _scope.Time, cancellation);
        return null;
    }

    private async Task SendOnce(byte[] json, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _webhook) { Content = new ByteArrayContent(json) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        using var patience = new CancellationTokenSource(_timeout, _scope.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            using var response = await _send(request, either.Token);
            if (!response.IsSuccessStatusCode) throw await Refused(response, either.Token);
        }
        catch (HttpRequestException error)
        {
            throw new SlackException($"{_webhook.Host} (connection '{_id}') can't be reached: {error.GetBaseException().Message}. Check 'webhook' of the connection.", error);
        }
        catch (OperationCanceledException error) when (patience.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new SlackException($"{_webhook.Host} (connection '{_id}') did not answer within {Seconds(_timeout)}; the message may have been posted all the same.", error) { Status = HttpStatusCode.RequestTimeout };
        }
    }

    private async Task<SlackException> Refused(HttpResponseMessage response, CancellationToken cancellation)
    {
        // Slack answers with a word: https://api.slack.com/messaging/webhooks#handling_errors.
        var answer = (await response.Content.ReadAsStringAsync(cancellation)).ReplaceLineEndings(" ").Trim()
            .Replace(_webhook.OriginalString, "***", StringComparison.Ordinal).Replace(_webhook.AbsolutePath, "/***", StringComparison.Ordinal);
        if (answer.Length > LongestAnswer) answer = answer[..LongestAnswer] + "…";
        var status = (int)response.StatusCode;
        var advice = (answer, status) switch
        {
            ("no_service" or "no_team" or "team_disabled", _) => " The webhook was revoked or its app removed: make a new one in Slack and put its address into the connection.",
            ("invalid_token" or "no_active_hooks", _) => " The webhook is not, or no longer, valid: copy its address anew from the app's page 'Incoming Webhooks'.",
            ("channel_is_archived" or "channel_not_found", _) => " The channel is archived or gone: make a webhook for another channel and put its address into the connection.",
            ("action_prohibited" or "posting_to_general_channel_denied", _) => " An administrator of Slack does not allow messages there.",
            (_, 404 or 410) => " The webhook is gone: make a new one in Slack and put its address into the connection.",
            (_, 401 or 403) => " The webhook is not accepted: copy its address anew from Slack.",
            (_, >= 300 and < 400) => " It redirects, which a webhook does not. Check 'webhook' of the connection.",
            _ => "",
        };
        return new SlackException($"{_webhook.Host} (connection '{_id}') answered {status} {response.ReasonPhrase}.{advice}{(answer.Length == 0 ? "" : $" It says: {answer}")}")
        {
            Status = response.StatusCode,
            Code = answer.Length > 0 && answer.All(c => c is (>= 'a' and <= 'z') or '_') ? answer : null,
            RetryAfter = response.Headers.RetryAfter switch
            {
                { Delta: { } wait } => wait,
                { Date: { } date } when date > _scope.Time.GetUtcNow() => date - _scope.Time.GetUtcNow(),
                _ => null,
            },
        };
    }

    // After any other failure the message may stand in the channel already.
    private static bool IsNotPosted(SlackException error) =>
        error.Status is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable
        || error is { Status: null, InnerException: HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError } };

    /// <summary>Where messages go. Whoever knows it may post, so that it is shown to nobody.</summary>
    private static Uri AddressOf(ConnectionSettings settings)
    {
        if (!Uri.TryCreate(settings.Require("webhook").Trim(), UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http"))
            throw new ConnectionException($"'webhook' of connection '{settings.Id}' is no https:// address. Copy it from the app's page 'Incoming Webhooks' in Slack.");
        return address.Scheme == "https" || address.IsLoopback
            ? address
            : throw new ConnectionException($"'webhook' of connection '{settings.Id}' is http://, which everybody on the way can read. Use https://.");
    }

    private static string Seconds(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.###} s");
}
