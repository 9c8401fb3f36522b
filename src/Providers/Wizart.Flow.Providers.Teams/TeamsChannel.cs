using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Wizart.Flow.Callbacks;
using Wizart.Flow.Connections;
using Wizart.Flow.Providers.Teams.Cards;
using Wizart.Flow.Providers.Teams.Sending;

namespace Wizart.Flow.Providers.Teams;

/// <summary>
/// A channel in Teams, behind a connection of type <c>teams</c> whose <c>webhook</c> is the address of a workflow. For bodies
/// (<see cref="Post(Card)"/>) and for callbacks (<c>OnFailure(teams)</c>). At most one message a second goes to an address.
/// </summary>
public sealed class TeamsChannel : INotificationChannel
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
    public TeamsChannel(ConnectionSettings settings, ConnectionScope scope, HttpMessageHandler? handler = null)
    {
        _id = settings.Id;
        _webhook = WebhookAddress.Of(settings);
        _timeout = settings.Find("timeout") is not { } text ? TimeSpan.FromSeconds(30) : Values.DurationText.Read(text) is { } span && span > TimeSpan.Zero
            ? span
            : throw new ConnectionException($"'timeout' of connection '{_id}' is '{text}'. Write a span such as 500ms, 20s or 5m.");
        _scope = scope;
        _send = new HttpMessageInvoker(handler ?? Pool, disposeHandler: false).SendAsync;
    }

    /// <summary>
    /// Posts a card. Waits its turn, and as long as the server asks when it is busy; a wait of more than a minute ends the
    /// attempt with <see cref="RetryAfter"/>. What may have been posted is not posted again.
    /// </summary>
    /// <exception cref="TeamsException">It was refused, or nobody answered.</exception>
    public Task Post(Card card) => Post(card, CancellationToken.None);

    /// <inheritdoc cref="Post(Card)"/>
    public async Task Post(Card card, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(card);
        var json = CardJson.Write(card);
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
            catch (TeamsException error) when (number < MostTries && IsNotPosted(error))
            {
                var again = error.RetryAfter ?? FirstWait * Math.Pow(2, number - 1);
                Pace.Of(_webhook, _scope.Time).NotBefore(_scope.Time.GetUtcNow() + again);
                _scope.Log($"{error.Message} Try {number + 1} of {MostTries} in {Seconds(again)}.", LogLevel.Warning);
            }
        }
    }

    /// <summary>Posts a text.</summary>
    /// <inheritdoc cref="Post(Card)"/>
    public Task Post(string title, string text = "") => Post(text.Length == 0 ? new Card(title) : new Card(title).Text(text));

    /// <summary>Tells the channel. Of a burst of the same kind the first is told at once and the others together.</summary>
    /// <exception cref="TeamsException">It was not told, or is held back for a moment to be told with others; to be tried again.</exception>
    public async Task NotifyAsync(Notification notification, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(notification);
        var burst = Burst.Of(_webhook, _scope.Time, notification);
        var told = burst.Take(notification, _scope.Time.GetUtcNow())
            ?? throw new TeamsException("held back for a moment, to be told together with others of its kind");
        if (told.Count == 0) return;
        try
        {
            if (await TakeTurn(LongestWaitOfNotification, cancellation) is { } wait)
                throw new TeamsException($"the channel wants no message for another {Seconds(wait)}");
            await SendOnce(CardJson.Write(NotificationCards.Of(told)), cancellation);
            burst.Told(told, _scope.Time.GetUtcNow());
        }
        catch (TeamsException error) when (error.RetryAfter is { } asked)
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
            throw new TeamsException($"{_webhook.Host} (connection '{_id}') can't be reached: {error.GetBaseException().Message}. Check 'webhook' of the connection.", error);
        }
        catch (OperationCanceledException error) when (patience.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new TeamsException($"{_webhook.Host} (connection '{_id}') did not answer within {Seconds(_timeout)}; the message may have been posted all the same.", error) { Status = HttpStatusCode.RequestTimeout };
        }
    }

    private async Task<TeamsException> Refused(HttpResponseMessage response, CancellationToken cancellation)
    {
        var answer = (await response.Content.ReadAsStringAsync(cancellation)).ReplaceLineEndings(" ").Replace(_webhook.OriginalString, "***", StringComparison.Ordinal);
        if (_webhook.Query.Length > 1) answer = answer.Replace(_webhook.Query, "?***", StringComparison.Ordinal);
        if (answer.Length > LongestAnswer) answer = answer[..LongestAnswer] + "…";
        var status = (int)response.StatusCode;
        var advice = status switch
        {
            400 => " The workflow does not take the card; make it from the template 'Send webhook alerts to a channel'.",
            401 or 403 => " The workflow does not accept this address: copy it anew from Teams, and let anyone trigger the workflow.",
            404 or 410 => " The workflow is gone or turned off: turn it on in Teams, or make a new one and put its address into the connection.",
            413 => " The message is too large.",
            >= 300 and < 400 => " It redirects, which a webhook does not. Check 'webhook' of the connection.",
            _ => "",
        };
        return new TeamsException($"{_webhook.Host} (connection '{_id}') answered {status} {response.ReasonPhrase}.{advice}{(string.IsNullOrWhiteSpace(answer) ? "" : $" It says: {answer}")}")
        {
            Status = response.StatusCode,
            RetryAfter = response.Headers.RetryAfter switch
            {
                { Delta: { } wait } => wait,
                { Date: { } date } when date > _scope.Time.GetUtcNow() => date - _scope.Time.GetUtcNow(),
                _ => null,
            },
        };
    }

    // After any other failure the message may stand in the channel already.
    private static bool IsNotPosted(TeamsException error) =>
        error.Status is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable
        || error is { Status: null, InnerException: HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError } };

    private static string Seconds(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.###} s");
}
