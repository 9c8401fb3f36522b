using System.Net;
using System.Text.Json;
using Polly.Timeout;
using Wizart.Flow.Connections;
using Wizart.Flow.Providers.Http.Requests;
using Wizart.Flow.Providers.Http.Resilience;

namespace Wizart.Flow.Providers.Http;

/// <summary>
/// A web API behind a connection of type <c>http</c>. Paths are relative to the connection's <c>url</c>; bodies and answers
/// are JSON with web conventions (camelCase out, any case in, enums by name). Passing failures (connection errors, timeouts,
/// 408, 429, 5xx) are tried again with growing waits when a second try can do no harm; what fails for good is an
/// <see cref="HttpApiException"/>. Calls end with the attempt.
/// </summary>
public sealed partial class HttpApi
{
    // One pool of connections for the process: clients come and go with attempts.
    private static readonly SocketsHttpHandler Pool = new()
    {
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        ConnectTimeout = TimeSpan.FromSeconds(15),
        AutomaticDecompression = DecompressionMethods.All,
        AllowAutoRedirect = false,
        UseCookies = false,
    };

    private readonly HttpApiSettings _settings;
    private readonly ConnectionScope _scope;
    private readonly Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> _send;
    private readonly Failures _failures;
    private readonly bool _ownHandler;

    /// <summary>A client; authors' tests give a handler of their own, which answers instead of the network.</summary>
    /// <exception cref="ConnectionException">A setting is missing or can't be read.</exception>
    public HttpApi(ConnectionSettings settings, ConnectionScope scope, HttpMessageHandler? handler = null)
    {
        _settings = HttpApiSettings.Read(settings);
        _scope = scope;
        _send = new HttpMessageInvoker(handler ?? Pool, disposeHandler: false).SendAsync;
        _failures = new Failures(_settings, scope.Time);
        _ownHandler = handler is not null;
    }

    /// <summary>
    /// Gets the answer as it is. Within a load test a failing status throws nothing: it counts.
    /// </summary>
    /// <exception cref="HttpApiException">It failed for good.</exception>
    public async Task<HttpAnswer> Get(PathText path, CancellationToken cancellation = default)
    {
        var (plan, response) = await Exchange(new RequestPlan(HttpMethod.Get, Target.Of(_settings.Base, path.ToString()), null, []), cancellation);
        using (response)
        {
            if (!response.IsSuccessStatusCode && LoadCall.Current is null) throw await _failures.Answered(plan, response);
            return new HttpAnswer(
                response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsByteArrayAsync(cancellation));
        }
    }

    /// <summary>Gets JSON.</summary>
    public Task<T> Get<T>(PathText path, CancellationToken cancellation = default) => Read<T>(HttpMethod.Get, path, null, cancellation);

    /// <summary>Gets text.</summary>
    public async Task<string> GetText(PathText path, CancellationToken cancellation = default)
    {
        using var response = await Ask(HttpMethod.Get, path, null, cancellation);
        return await response.Content.ReadAsStringAsync(cancellation);
    }

    /// <summary>Gets bytes.</summary>
    public async Task<byte[]> GetBytes(PathText path, CancellationToken cancellation = default)
    {
        using var response = await Ask(HttpMethod.Get, path, null, cancellation);
        return await response.Content.ReadAsByteArrayAsync(cancellation);
    }

    /// <summary>
    /// Posts a body and reads JSON. Not tried again once it was sent, unless it carries an <c>Idempotency-Key</c> (see
    /// <see cref="Send"/>).
    /// </summary>
    /// <param name="path">The path, relative to the base URL.</param>
    /// <param name="body">Written as JSON; an <see cref="HttpContent"/> goes as it is.</param>
    /// <param name="cancellation">Ends this call; the attempt's end does in any case.</param>
    public Task<TOut> Post<TOut>(PathText path, object? body, CancellationToken cancellation = default) =>
        Read<TOut>(HttpMethod.Post, path, body, cancellation);

    /// <summary>Posts a body.</summary>
    public Task Post(PathText path, object? body, CancellationToken cancellation = default) => Tell(HttpMethod.Post, path, body, cancellation);

    /// <summary>Puts a body and reads JSON.</summary>
    public Task<TOut> Put<TOut>(PathText path, object? body, CancellationToken cancellation = default) =>
        Read<TOut>(HttpMethod.Put, path, body, cancellation);

    /// <summary>Puts a body.</summary>
    public Task Put(PathText path, object? body, CancellationToken cancellation = default) => Tell(HttpMethod.Put, path, body, cancellation);

    /// <summary>Patches with a body and reads JSON. Tried again like a post: hardly.</summary>
    public Task<TOut> Patch<TOut>(PathText path, object? body, CancellationToken cancellation = default) =>
        Read<TOut>(HttpMethod.Patch, path, body, cancellation);

    /// <summary>Patches with a body.</summary>
    public Task Patch(PathText path, object? body, CancellationToken cancellation = default) => Tell(HttpMethod.Patch, path, body, cancellation);

    /// <summary>Deletes.</summary>
    public Task Delete(PathText path, CancellationToken cancellation = default) => Tell(HttpMethod.Delete, path, null, cancellation);

    /// <summary>
    /// Sends any request, with the connection's headers, and gives the answer whatever its status. Its address may be
    /// relative to the base URL. Retries, redirects and timeouts are as for the other calls.
    /// </summary>
    /// <exception cref="HttpApiException">There was no answer.</exception>
    public async Task<HttpResponseMessage> Send(HttpRequestMessage request, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var body = await RequestBody.Of(request.Content, cancellation);
        var target = Target.Of(_settings.Base, request.RequestUri?.OriginalString ?? "");
        var (_, response) = await Exchange(new RequestPlan(request.Method, target, body, [.. request.Headers]), cancellation);
        return response;
    }

    private async Task<T> Read<T>(HttpMethod method, PathText path, object? body, CancellationToken cancellation)
    {
        var (plan, response) = await Request(method, path, body, cancellation);
        using (response)
        {
            try
            {
                var bytes = await response.Content.ReadAsByteArrayAsync(cancellation);
                if (bytes.Length == 0) throw await _failures.Unreadable(plan, response, "without a body. Use a call that reads none.", null);
                return JsonSerializer.Deserialize<T>(bytes, RequestBody.Json)
                    ?? throw await _failures.Unreadable(plan, response, "with null.", null);
            }
            catch (JsonException error)
            {
                var type = response.Content.Headers.ContentType?.MediaType ?? "unknown type";
                var why = $"its body ({type}) can't be read as {Model.TypeModel.Of(typeof(T)).Name}: {error.Message}";
                throw await _failures.Unreadable(plan, response, why, error);
            }
        }
    }

    private async Task Tell(HttpMethod method, PathText path, object? body, CancellationToken cancellation)
    {
        using var response = await Ask(method, path, body, cancellation);
    }

    private async Task<HttpResponseMessage> Ask(HttpMethod method, PathText path, object? body, CancellationToken cancellation) =>
        (await Request(method, path, body, cancellation)).Response;

    private async Task<(RequestPlan Plan, HttpResponseMessage Response)> Request(
        HttpMethod method, PathText path, object? body, CancellationToken cancellation)
    {
        var content = await RequestBody.Of(body, cancellation);
        var (plan, response) = await Exchange(new RequestPlan(method, Target.Of(_settings.Base, path.ToString()), content, []), cancellation);
        if (response.IsSuccessStatusCode) return (plan, response);
        using (response) throw await _failures.Answered(plan, response);
    }

    private async Task<(RequestPlan Plan, HttpResponseMessage Response)> Exchange(RequestPlan plan, CancellationToken cancellation)
    {
        if (LoadCall.Current is { } call) return (plan, await Load(plan, call, cancellation));
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _scope.Cancellation);
        for (var redirects = 0; ; redirects++)
        {
            var response = await Try(plan, ended.Token);
            if (redirects == Redirects.Most || Redirects.Follow(plan, response, _settings.Base) is not { } next) return (plan, response);
            response.Dispose();
            plan = next;
        }
    }

    private async Task<HttpResponseMessage> Try(RequestPlan plan, CancellationToken cancellation)
    {
        try
        {
            return await RetryPolicy.For(plan, _settings, _scope).ExecuteAsync(async token => await SendOnce(plan, _send, token), cancellation);
        }
        catch (TimeoutRejectedException error)
        {
            throw _failures.TimedOut(plan, error);
        }
        catch (HttpRequestException error)
        {
            throw _failures.Unreachable(plan, error);
        }
    }

    /// <summary>The body belongs to the try: a connection that breaks in the middle of it is tried again.</summary>
    private async Task<HttpResponseMessage> SendOnce(
        RequestPlan plan, Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> send, CancellationToken cancellation)
    {
        using var request = plan.ToMessage(_settings);
        HttpResponseMessage? response = null;
        try
        {
            response = await send(request, cancellation);
            await response.Content.LoadIntoBufferAsync(cancellation);
            return response;
        }
        catch (OperationCanceledException error) when (error.InnerException is TimeoutException timeout)
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, timeout.Message, timeout);
        }
        catch
        {
            response?.Dispose();
            throw;
        }
    }
}
