using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Wizart.Flow.Engine;
using Wizart.Flow.Engine.Coordination;

namespace Wizart.Flow.Web.Ui.Live;

/// <summary>
/// Tells an open page what changed, as it changes: server-sent events that name a run or say that DAGs changed. The page then
/// asks for the panels that show it.
/// </summary>
internal static class LiveEndpoint
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(15);

    public static void Map(RouteGroupBuilder ui) => ui.MapGet("/live", (HttpContext context, FlowEngine engine, IHostApplicationLifetime lifetime, TimeProvider time) => StreamAsync(context, engine, lifetime, time));

    private static async Task StreamAsync(HttpContext context, FlowEngine engine, IHostApplicationLifetime lifetime, TimeProvider time)
    {
        var filter = FilterOf(context.Request.Query["watch"].ToString());
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no"; // a proxy must not hold events back
        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        using var feed = engine.Feed.Listen(filter, long.TryParse(context.Request.Query["since"], NumberStyles.None, CultureInfo.InvariantCulture, out var since) ? since : null);
        try
        {
            await context.Response.WriteAsync("retry: 1000\nevent: open\ndata: {}\n\n", stopped.Token);
            await context.Response.Body.FlushAsync(stopped.Token);
            while (true)
            {
                await SendAsync(context.Response, feed, stopped.Token);
                await WaitAsync(context.Response, feed, time, stopped.Token);
            }
        }
        catch (OperationCanceledException) when (stopped.IsCancellationRequested)
        {
            // The page is gone, or the daemon stops: the page comes back by itself.
        }
    }

    // Of many changes of one run only the last counts: the page looks at the run as it then is.
    private static async Task SendAsync(HttpResponse response, FeedSubscription feed, CancellationToken cancellation)
    {
        var runs = new Dictionary<long, FlowEvent.RunChanged>();
        var progressed = new HashSet<long>();
        var dags = false;
        while (feed.Events.TryRead(out var happened))
        {
            if (happened is FlowEvent.RunChanged changed) runs[changed.Run.Id] = changed;
            else if (happened is FlowEvent.ProgressStored progress) progressed.Add(progress.Key.RunId);
            else dags |= happened is FlowEvent.DagsChanged;
        }

        foreach (var changed in runs.Values)
            await response.WriteAsync(
                $"event: run\ndata: {{\"run\":{changed.Run.Id},\"dag\":\"{changed.Run.DagId}\",\"state\":\"{SnakeCaseEnums.Word(changed.Run.State)}\"}}\n\n", cancellation);
        foreach (var run in progressed.Where(id => !runs.ContainsKey(id)))
            await response.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"event: run\ndata: {{\"run\":{run}}}\n\n"), cancellation);
        if (dags) await response.WriteAsync("event: dags\ndata: {}\n\n", cancellation);
        await response.Body.FlushAsync(cancellation);
    }

    // A line now and then keeps proxies from ending the connection, and shows that a page is gone.
    private static async Task WaitAsync(HttpResponse response, FeedSubscription feed, TimeProvider time, CancellationToken cancellation)
    {
        var more = feed.Events.WaitToReadAsync(cancellation).AsTask();
        while (true)
        {
            using var beat = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            var pause = Task.Delay(Beat, time, beat.Token);
            if (await Task.WhenAny(more, pause) == more)
            {
                await beat.CancelAsync();
                await more;
                return;
            }

            await pause;
            await response.WriteAsync(": beat\n\n", cancellation);
            await response.Body.FlushAsync(cancellation);
        }
    }

    private static Func<FlowEvent, bool> FilterOf(string watch)
    {
        if (watch.StartsWith("run:", StringComparison.Ordinal) && long.TryParse(watch.AsSpan(4), out var run))
            return e => (e is FlowEvent.RunChanged changed && changed.Run.Id == run) || (e is FlowEvent.ProgressStored progress && progress.Key.RunId == run);
        if (watch.StartsWith("dag:", StringComparison.Ordinal))
        {
            var dag = watch[4..];
            return e => e is FlowEvent.RunChanged changed ? changed.Run.DagId == dag : e is FlowEvent.DagsChanged;
        }

        return e => e is FlowEvent.RunChanged or FlowEvent.DagsChanged;
    }
}
