using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Wizart.Flow.Connections;
using Wizart.Flow.Providers.Http;

namespace Wizart.Flow.Providers.LoadTest.Tests;

/// <summary>
/// A real service on loopback whose capacity is known: so many workers, so long for each request, and a queue before them. What
/// it holds is workers ÷ service time.
/// </summary>
internal sealed class SampleService : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly SemaphoreSlim _workers;
    private readonly TimeSpan _serviceTime;
    private long _requests;

    private SampleService(WebApplication app, int workers, TimeSpan serviceTime)
    {
        (_app, _workers, _serviceTime) = (app, new SemaphoreSlim(workers), serviceTime);
        app.Run(AnswerAsync);
    }

    public string Url => _app.Urls.First();

    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>Whether it answers 503 to everything, at once.</summary>
    public bool Broken { get; set; }

    /// <summary>Called with the number of each request.</summary>
    public Action<long> OnRequest { get; set; } = _ => { };

    public static async Task<SampleService> Start(int workers, TimeSpan serviceTime)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var service = new SampleService(app, workers, serviceTime);
        await app.StartAsync();
        return service;
    }

    public HttpApi Api(CancellationToken cancellation = default) => new(
        new ConnectionSettings("api", "http", new Dictionary<string, string> { ["url"] = Url }),
        new ConnectionScope(TimeProvider.System, (_, _) => { }, cancellation));

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _workers.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        OnRequest(Interlocked.Increment(ref _requests));
        if (Broken || context.Request.Path == "/broken")
        {
            context.Response.StatusCode = 503;
            return;
        }

        if (context.Request.Path == "/missing")
        {
            context.Response.StatusCode = 404;
            return;
        }

        if (_serviceTime > TimeSpan.Zero)
        {
            await _workers.WaitAsync(context.RequestAborted);
            try
            {
                await Task.Delay(_serviceTime, TimeProvider.System, context.RequestAborted);
            }
            finally
            {
                _workers.Release();
            }
        }

        await context.Response.WriteAsync("ok");
    }
}
