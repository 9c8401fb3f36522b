using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Wizart.Flow.Connections;

namespace Wizart.Flow.Providers.Http.Tests;

/// <summary>A real server on loopback that answers as a test says, and remembers what it was asked.</summary>
internal sealed class ApiServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ApiServer(WebApplication app) => _app = app;

    public string Url => _app.Urls.First();

    public ConcurrentQueue<SeenRequest> Requests { get; } = new();

    public List<(string Message, LogLevel Level)> Log { get; } = [];

    public QuickTime Time { get; } = new();

    public static async Task<ApiServer> Start(Func<HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var server = new ApiServer(app);
        app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var headers = context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);
            var target = context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget;
            server.Requests.Enqueue(new SeenRequest(context.Request.Method, target, headers, await reader.ReadToEndAsync()));
            await answer(context);
        });
        await app.StartAsync();
        return server;
    }

    /// <summary>Answers the first requests with these, and all later ones with the last.</summary>
    public static Task<ApiServer> Start(params Func<HttpContext, Task>[] answers)
    {
        var next = -1;
        return Start(context => answers[Math.Min(Interlocked.Increment(ref next), answers.Length - 1)](context));
    }

    public HttpApi Api(params (string Name, string Value)[] settings) => Api(CancellationToken.None, settings);

    public HttpApi Api(CancellationToken cancellation, params (string Name, string Value)[] settings)
    {
        var values = settings.ToDictionary(s => s.Name, s => s.Value);
        values.TryAdd("url", Url);
        return new HttpApi(
            new ConnectionSettings("shop", "http", values),
            new ConnectionScope(Time, (message, level) => Log.Add((message, level)), cancellation));
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}

internal sealed record SeenRequest(string Method, string Target, Dictionary<string, string> Headers, string Body);

internal static class Answers
{
    public static Func<HttpContext, Task> Json(string json, int status = 200) => async context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(json);
    };

    public static Func<HttpContext, Task> Status(int status, params (string Name, string Value)[] headers) => context =>
    {
        context.Response.StatusCode = status;
        foreach (var (name, value) in headers) context.Response.Headers[name] = value;
        return Task.CompletedTask;
    };
}

/// <summary>Waits under a minute and a half are over at once and are written down; longer ones end when a test says so.</summary>
internal sealed class QuickTime : TimeProvider
{
    private readonly ConcurrentQueue<LongWait> _longWaits = new();

    public List<TimeSpan> Waits { get; } = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime < TimeSpan.Zero || dueTime >= TimeSpan.FromSeconds(90))
        {
            var wait = new LongWait(callback, state);
            _longWaits.Enqueue(wait);
            return wait;
        }

        Waits.Add(dueTime);
        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }

    /// <summary>All long waits begun so far are over.</summary>
    public void EndLongWaits()
    {
        while (_longWaits.TryDequeue(out var wait)) wait.End();
    }

    private sealed class LongWait(TimerCallback callback, object? state) : ITimer
    {
        private bool _disposed;

        public void End()
        {
            if (!_disposed) callback(state);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() => _disposed = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
