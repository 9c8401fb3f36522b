using System.Net;
using Wizart.Flow.Connections;
using Wizart.Flow.Providers.Http.Requests;
using Wizart.Flow.Providers.Http.Resilience;

namespace Wizart.Flow.Providers.Http;

/// <summary>How calls go out within a load test: each is one request, over a pool of its own, to a server that allows it.</summary>
public sealed partial class HttpApi : ILoadTarget
{
    // A load test's connections neither take those of other tasks nor warm them up.
    private static readonly HttpMessageInvoker LoadPool = new(
        new SocketsHttpHandler
        {
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2),
            ConnectTimeout = TimeSpan.FromSeconds(15),
            AutomaticDecompression = DecompressionMethods.All,
            AllowAutoRedirect = false,
            UseCookies = false,
            ActivityHeadersPropagator = null,
        },
        disposeHandler: false);

    /// <inheritdoc/>
    public LoadAddress ForLoad()
    {
        if (!_settings.Base.IsLoopback && !_settings.LoadTest) throw MayNot(_settings.Base);
        var headers = _settings.Headers.Select(h => KeyValuePair.Create(h.Name, h.Value));
        if (_settings.Authorization is { } authorization) headers = headers.Append(KeyValuePair.Create("Authorization", authorization.ToString()));
        return new LoadAddress(_settings.Base, [.. headers]);
    }

    private async Task<HttpResponseMessage> Load(RequestPlan plan, LoadCall call, CancellationToken cancellation)
    {
        CheckAllowed(plan.Target);
        // Not the attempt's own end: the test sees to it, and still looks whether the service recovers.
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation, call.Cancellation);
        try
        {
            var response = await SendOnce(plan, _ownHandler ? _send : LoadPool.SendAsync, ended.Token);
            call.Answered((int)response.StatusCode, RetryPolicy.RetryAfter(response, _scope.Time), $"{plan.Method} {plan.Target.Url.AbsolutePath}");
            return response;
        }
        catch (HttpRequestException error)
        {
            throw _failures.Unreachable(plan, error);
        }
    }

    private void CheckAllowed(Target target)
    {
        if (_ownHandler || target.Url.IsLoopback || (target.Trusted && _settings.LoadTest)) return;
        throw target.Trusted
            ? MayNot(target.Url)
            : new Fail($"{target.Url.Host} may not be load-tested: it is not the server of connection '{_settings.Id}'. Give it a connection with \"loadTest\": true.");
    }

    private Fail MayNot(Uri url) =>
        new($"{url.Host} may not be load-tested: if its owner agrees, set \"loadTest\": true in connection '{_settings.Id}'.");
}
