using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Wizart.Flow.Engine;
using Wizart.Flow.Engine.Coordination;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;

namespace Wizart.Flow.Web;

/// <summary>Sends an attempt's log as it grows: server-sent events, until the attempt has ended or the reader goes.</summary>
internal sealed class LogFollower(FlowEngine engine, IFlowQueries queries, IHostApplicationLifetime lifetime)
{
    /// <summary>Follows one attempt. Each line is an event whose id is the line's number; the last event is <c>end</c>.</summary>
    public async Task FollowAsync(HttpContext context, AttemptKey key, int from, LogLines lines)
    {
        if (int.TryParse(context.Request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var last) && last < int.MaxValue)
            from = last + 1;
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";

        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        using var feed = engine.Feed.Listen(e => e is FlowEvent.LogStored log && log.Key == key
            || e is FlowEvent.RunChanged changed && changed.Run.Id == key.RunId);
        try
        {
            await FollowAsync(context.Response, feed, key, from, lines, stopped.Token);
        }
        catch (OperationCanceledException) when (stopped.IsCancellationRequested)
        {
            // The reader went, or the daemon stops: the reader comes back with the last id it saw.
        }
    }

    private async Task FollowAsync(HttpResponse response, FeedSubscription feed, AttemptKey key, int from, LogLines lines, CancellationToken cancellation)
    {
        while (true)
        {
            // Asked before the lines are read: an attempt's end is stored together with the last of its lines.
            var end = await EndAsync(key, cancellation);
            await foreach (var line in LogPages.ReadAsync(queries, key, from, int.MaxValue, cancellation))
            {
                from = line.Number + 1;
                if (!lines.Has(line)) continue;
                var json = JsonSerializer.Serialize(LogLineResource.Of(line), ApiJson.Default.LogLineResource);
                await response.WriteAsync($"id: {line.Number}\ndata: {json}\n\n", cancellation);
            }

            if (end is not null)
            {
                await response.WriteAsync($"event: end\ndata: {JsonSerializer.Serialize(end, ApiJson.Default.LogEndResource)}\n\n", cancellation);
                return;
            }

            await response.Body.FlushAsync(cancellation);
            await feed.Events.WaitToReadAsync(cancellation);
            while (feed.Events.TryRead(out _))
            {
                // What happened since is in the store; several events need one look.
            }
        }
    }

    private async Task<LogEndResource?> EndAsync(AttemptKey key, CancellationToken cancellation)
    {
        var attempts = await queries.AttemptsAsync(key.RunId, key.TaskIndex, key.MapIndex, cancellation);
        if (attempts.FirstOrDefault(a => a.Number == key.Attempt) is { } over) return new LogEndResource(key.Attempt, over.Result);
        var run = await queries.RunAsync(key.RunId, cancellation);
        return run is null || run.State.IsFinal() ? new LogEndResource(key.Attempt, null) : null;
    }
}
