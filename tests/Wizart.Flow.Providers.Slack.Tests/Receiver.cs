using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Wizart.Flow.Connections;

namespace Wizart.Flow.Providers.Slack.Tests;

/// <summary>A webhook on loopback that answers as a test says, and remembers what it was sent.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    public const string Token = "T0001/B0001/s3cr3t";

    private readonly WebApplication _app;

    private Receiver(WebApplication app) => _app = app;

    public string Url => $"{_app.Urls.First()}/services/{Token}";

    public ConcurrentQueue<string> Bodies { get; } = new();

    public List<string> Log { get; } = [];

    public SteppedTime Time { get; } = new();

    /// <summary>Answers the first messages with these, and all later ones with the last.</summary>
    public static async Task<Receiver> Start(params Func<HttpContext, Task>[] answers)
    {
        // Not the working folder, which other tests change meanwhile.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var receiver = new Receiver(app);
        var next = -1;
        app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            receiver.Bodies.Enqueue(await reader.ReadToEndAsync());
            await answers[Math.Min(Interlocked.Increment(ref next), answers.Length - 1)](context);
        });
        await app.StartAsync();
        return receiver;
    }

    public SlackChannel Channel(params (string Name, string Value)[] settings) => Channel(CancellationToken.None, settings);

    public SlackChannel Channel(CancellationToken cancellation, params (string Name, string Value)[] settings)
    {
        var values = settings.ToDictionary(s => s.Name, s => s.Value);
        values.TryAdd("webhook", Url);
        return new SlackChannel(new ConnectionSettings("alerts", "slack", values), new ConnectionScope(Time, (text, _) => Log.Add(text), cancellation));
    }

    public JsonNode Message(int index = 0) => JsonNode.Parse(Bodies.ElementAt(index))!;

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}

internal static class Answers
{
    public static Func<HttpContext, Task> Status(int status, string body = "", params (string Name, string Value)[] headers) => async context =>
    {
        context.Response.StatusCode = status;
        foreach (var (name, value) in headers) context.Response.Headers[name] = value;
        await context.Response.WriteAsync(body);
    };
}

/// <summary>A clock that stands until someone waits, and is then at once where the wait ends. The timeout of a request does not move it.</summary>
internal sealed class SteppedTime : TimeProvider
{
    private DateTimeOffset _now = new(2026, 11, 23, 5, 0, 0, TimeSpan.Zero);

    public static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(30);

    public List<TimeSpan> Waits { get; } = [];

    public override DateTimeOffset GetUtcNow() => _now;

    public void Advance(TimeSpan by) => _now += by;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime == RequestTimeout || dueTime < TimeSpan.Zero) return base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, period);
        Waits.Add(dueTime);
        _now += dueTime;
        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
