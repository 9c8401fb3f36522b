using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Wizart.Flow.Connections;
using Wizart.Flow.Providers.Http;

namespace Wizart.Flow.Providers.Python.Tests.Locusts;

/// <summary>A service on loopback that takes its time, and works on so many requests at once: what it holds is workers ÷ service time.</summary>
internal sealed class SampleService : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TimeSpan _serviceTime;
    private readonly SemaphoreSlim _workers;
    private long _requests;

    private SampleService(WebApplication app, TimeSpan serviceTime, int workers)
    {
        (_app, _serviceTime, _workers) = (app, serviceTime, new SemaphoreSlim(workers));
        app.Run(AnswerAsync);
    }

    public string Url => _app.Urls.First();

    public long Requests => Interlocked.Read(ref _requests);

    public ConcurrentBag<string> Authorizations { get; } = [];

    /// <summary>Called with the number of each request.</summary>
    public Action<long> OnRequest { get; set; } = _ => { };

    public static async Task<SampleService> Start(TimeSpan serviceTime = default, int workers = 1000)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var service = new SampleService(builder.Build(), serviceTime, workers);
        await service._app.StartAsync();
        return service;
    }

    public HttpApi Api(params (string Name, string Value)[] settings) => Api(Url, settings);

    public static HttpApi Api(string url, params (string Name, string Value)[] settings) => new(
        new ConnectionSettings("api", "http", settings.Append(("url", url)).ToDictionary(s => s.Item1, s => s.Item2)),
        new ConnectionScope(TimeProvider.System, (_, _) => { }, CancellationToken.None));

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _workers.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        OnRequest(Interlocked.Increment(ref _requests));
        if (context.Request.Headers.Authorization is [{ } authorization, ..]) Authorizations.Add(authorization);
        if (_serviceTime > TimeSpan.Zero) await WorkAsync(context.RequestAborted);
        if (context.Request.Path.StartsWithSegments("/broken")) context.Response.StatusCode = 503;
        if (context.Request.Path == "/away") context.Response.Redirect("http://192.0.2.1:81/");
        await context.Response.WriteAsync("ok");
    }

    private async Task WorkAsync(CancellationToken cancellation)
    {
        await _workers.WaitAsync(cancellation);
        try
        {
            await Task.Delay(_serviceTime, cancellation);
        }
        finally
        {
            _workers.Release();
        }
    }
}
