using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Wizart.Flow.Connections;
using Wizart.Flow.Values;

namespace Wizart.Flow.Callbacks;

/// <summary>
/// Posts messages to a channel's webhook: one a second, later when the server asks for it, and never twice what may have been
/// taken. What is its own to a service is how its address and its answers are shown, and the type of its errors.
/// </summary>
internal sealed class Webhook
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
    private readonly Uri _address;
    private readonly TimeSpan _timeout;
    private readonly ConnectionScope _scope;
    private readonly Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> _send;

    /// <summary>A webhook.</summary>
    /// <param name="settings">The connection; its <c>timeout</c> is read here.</param>
    /// <param name="address">Where messages go, from <see cref="AddressOf"/>.</param>
    /// <param name="scope">The client's scope.</param>
    /// <param name="handler">Answers instead of the network.</param>
    /// <exception cref="ConnectionException">A setting can't be read.</exception>
    public Webhook(ConnectionSettings settings, Uri address, ConnectionScope scope, HttpMessageHandler? handler)
    {
        (_id, _address, _scope) = (settings.Id, address, scope);
        _timeout = settings.Find("timeout") is not { } text ? TimeSpan.FromSeconds(30) : DurationText.Read(text) is { } span && span > TimeSpan.Zero
            ? span
            : throw new ConnectionException($"'timeout' of connection '{_id}' is '{text}'. Write a span such as 500ms, 20s or 5m.");
        _send = new HttpMessageInvoker(handler ?? Pool, disposeHandler: false).SendAsync;
    }

    /// <summary>What the service says, on one line and without what is secret of the address.</summary>
    public required Func<string, string> Shown { get; init; }

    /// <summary>What to do about an answer, with a blank before it; empty for nothing.</summary>
    public required Func<int, string, string> Advice { get; init; }

    /// <summary>The service's own error.</summary>
    public required Func<WebhookFailure, Exception> Error { get; init; }

    /// <summary>The address of a connection. Whoever knows it may post, so that it is shown to nobody.</summary>
    /// <param name="settings">The connection.</param>
    /// <param name="source">Where a person finds it.</param>
    /// <param name="whyNot">Why the service does not take an address; null when it does.</param>
    /// <exception cref="ConnectionException">It is missing, or no address to send secrets to.</exception>
    public static Uri AddressOf(ConnectionSettings settings, string source, Func<Uri, string?>? whyNot = null)
    {
        if (!Uri.TryCreate(settings.Require("webhook").Trim(), UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http"))
            throw new ConnectionException($"'webhook' of connection '{settings.Id}' is no https:// address. Copy it from {source}.");
        if (whyNot?.Invoke(address) is { } why) throw new ConnectionException($"'webhook' of connection '{settings.Id}' {why}");
        return address.Scheme == "https" || address.IsLoopback
            ? address
            : throw new ConnectionException($"'webhook' of connection '{settings.Id}' is http://, which everybody on the way can read. Use https://.");
    }

    /// <summary>Posts a message. Waits its turn, and as long as the server asks when it is busy.</summary>
    /// <exception cref="RetryAfter">The wait is longer than a minute.</exception>
    public async Task PostAsync(byte[] json, CancellationToken cancellation)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _scope.Cancellation);
        for (var number = 1; ; number++)
        {
            var wait = await TakeTurnAsync(LongestWaitOfPost, ended.Token);
            if (wait is { } tooLong) throw new RetryAfter(tooLong, $"The channel of connection '{_id}' wants no message for another {Seconds(tooLong)}.");
            if (await SendAsync(json, ended.Token) is not { } failure) return;
            if (number >= MostTries || !failure.IsNotPosted) throw Error(failure);
            var again = failure.RetryAfter ?? FirstWait * Math.Pow(2, number - 1);
            HoldUp(again);
            _scope.Log($"{failure.Message} Try {number + 1} of {MostTries} in {Seconds(again)}.", LogLevel.Warning);
        }
    }

    /// <summary>Tells the channel. Of a burst of the same kind the first is told at once and the others together.</summary>
    public Task NotifyAsync(Notification notification, Func<IReadOnlyList<Notification>, byte[]> write, CancellationToken cancellation) => Burst.TellAsync(
        _address, _scope.Time, notification, why => Error(new WebhookFailure(why)),
        async told =>
        {
            if (await TakeTurnAsync(LongestWaitOfNotification, cancellation) is { } wait)
                throw Error(new WebhookFailure($"the channel wants no message for another {Seconds(wait)}"));
            if (await SendAsync(write(told), cancellation) is not { } failure) return;
            if (failure.RetryAfter is { } asked) HoldUp(asked);
            throw Error(failure);
        });

    private void HoldUp(TimeSpan wait) => Pace.Of(_address, _scope.Time).NotBefore(_scope.Time.GetUtcNow() + wait);

    /// <summary>Null once it is our turn; otherwise how far away that is.</summary>
    private async Task<TimeSpan?> TakeTurnAsync(TimeSpan most, CancellationToken cancellation)
    {
        var (wait, isTaken) = Pace.Of(_address, _scope.Time).Take(_scope.Time.GetUtcNow(), most);
        if (!isTaken) return wait;
        if (wait > TimeSpan.Zero) await Task.Delay(wait, _scope.Time, cancellation);
        return null;
    }

    /// <summary>Null when the message was taken.</summary>
    private async Task<WebhookFailure?> SendAsync(byte[] json, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = new ByteArrayContent(json) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        using var patience = new CancellationTokenSource(_timeout, _scope.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            using var response = await _send(request, either.Token);
            return response.IsSuccessStatusCode ? null : await RefusedAsync(response, either.Token);
        }
        catch (HttpRequestException error)
        {
            return new WebhookFailure($"{_address.Host} (connection '{_id}') can't be reached: {error.GetBaseException().Message}. Check 'webhook' of the connection.")
            {
                Inner = error,
            };
        }
        catch (OperationCanceledException error) when (patience.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return new WebhookFailure($"{_address.Host} (connection '{_id}') did not answer within {Seconds(_timeout)}; the message may have been posted all the same.")
            {
                Inner = error,
                Status = HttpStatusCode.RequestTimeout,
            };
        }
    }

    private async Task<WebhookFailure> RefusedAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var answer = Shown(await response.Content.ReadAsStringAsync(cancellation));
        if (answer.Length > LongestAnswer) answer = answer[..LongestAnswer] + "…";
        var status = (int)response.StatusCode;
        var advice = Advice(status, answer);
        if (advice.Length == 0 && status is >= 300 and < 400) advice = " It redirects, which a webhook does not. Check 'webhook' of the connection.";
        var says = string.IsNullOrWhiteSpace(answer) ? "" : $" It says: {answer}";
        return new WebhookFailure($"{_address.Host} (connection '{_id}') answered {status} {response.ReasonPhrase}.{advice}{says}")
        {
            Status = response.StatusCode,
            Answer = answer,
            RetryAfter = response.Headers.RetryAfter switch
            {
                { Delta: { } wait } => wait,
                { Date: { } date } when date > _scope.Time.GetUtcNow() => date - _scope.Time.GetUtcNow(),
                _ => null,
            },
        };
    }

    private static string Seconds(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.###} s");
}
