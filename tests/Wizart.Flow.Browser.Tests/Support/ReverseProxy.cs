using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Wizart.Flow.Browser.Tests.Support;

/// <summary>
/// A reverse proxy as people put before the daemon: it serves it below a path, takes that path off, says where it stands in
/// <c>X-Forwarded-…</c>, and passes streams on as they come. It can be cut, and answer in the daemon's place.
/// </summary>
internal sealed class ReverseProxy : IAsyncDisposable
{
    /// <summary>The path below which the daemon is.</summary>
    public const string Prefix = "/flow";

    private readonly WebApplication _app;
    private readonly HttpClient _http;
    private readonly string _daemon;
    private readonly List<string> _outside = [];
    private CancellationTokenSource _line = new();
    private volatile bool _isBroken;

    private ReverseProxy(WebApplication app, string daemon)
    {
        (_app, _daemon) = (app, daemon);
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false }) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Where the daemon is for browsers, without a slash at its end.</summary>
    public string Url => _app.Urls.First() + Prefix;

    /// <summary>Paths that were asked for and are none of the daemon's.</summary>
    public IReadOnlyList<string> Outside
    {
        get
        {
            lock (_outside) return [.. _outside];
        }
    }

    /// <summary>Starts one before the site.</summary>
    public static async Task<ReverseProxy> StartAsync(Site site)
    {
        site.Need();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var proxy = new ReverseProxy(app, site.Url);
        app.Run(proxy.PassAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return proxy;
    }

    /// <summary>Ends what is open, and answers 502 until <see cref="Mend"/>.</summary>
    public void Cut()
    {
        _isBroken = true;
        Interlocked.Exchange(ref _line, new CancellationTokenSource()).Cancel();
    }

    /// <summary>Passes on again.</summary>
    public void Mend() => _isBroken = false;

    public async ValueTask DisposeAsync()
    {
        Cut();
        await _app.DisposeAsync();
        _http.Dispose();
    }

    private async Task PassAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments(Prefix, out var rest) || !rest.HasValue)
        {
            lock (_outside) _outside.Add(context.Request.Path);
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (_isBroken)
        {
            context.Response.StatusCode = StatusCodes.Status502BadGateway;
            return;
        }

        using var both = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _line.Token);
        try
        {
            using var asked = Asked(context, rest);
            using var answer = await _http.SendAsync(asked, HttpCompletionOption.ResponseHeadersRead, both.Token);
            context.Response.StatusCode = (int)answer.StatusCode;
            foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
                if (name is not "Transfer-Encoding" and not "Connection") context.Response.Headers[name] = values.ToArray();
            await using var body = await answer.Content.ReadAsStreamAsync(both.Token);
            var buffer = new byte[16 * 1024];
            while (await body.ReadAsync(buffer, both.Token) is > 0 and var read)
            {
                await context.Response.Body.WriteAsync(buffer.AsMemory(0, read), both.Token);
                await context.Response.Body.FlushAsync(both.Token);
            }
        }
        catch (OperationCanceledException) when (both.IsCancellationRequested)
        {
            context.Abort();
        }
    }

    private HttpRequestMessage Asked(HttpContext context, PathString rest)
    {
        var request = context.Request;
        var asked = new HttpRequestMessage(new HttpMethod(request.Method), new Uri(_daemon + rest.ToUriComponent() + request.QueryString));
        if (request.ContentLength > 0) asked.Content = new StreamContent(request.Body);
        foreach (var (name, values) in request.Headers)
        {
            if (name is "Host" or "Connection") continue;
            if (!asked.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values)) asked.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }

        asked.Headers.TryAddWithoutValidation("X-Forwarded-For", "203.0.113.7");
        asked.Headers.TryAddWithoutValidation("X-Forwarded-Proto", request.Scheme);
        asked.Headers.TryAddWithoutValidation("X-Forwarded-Host", request.Host.Value);
        asked.Headers.TryAddWithoutValidation("X-Forwarded-Prefix", Prefix);
        return asked;
    }
}
