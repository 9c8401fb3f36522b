using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Wizart.Flow.Engine;
using Wizart.Flow.Engine.Coordination;
using Wizart.Flow.Engine.Runs;

namespace Wizart.Flow.Web;

/// <summary>
/// Sends how a run goes on as server-sent events: <c>run</c> and <c>task</c> with each as it is now, once at the beginning and
/// whenever it changes, and <c>end</c> with the run when it is over.
/// </summary>
internal sealed class RunStream(FlowEngine engine, RunViews runs, TaskViews tasks, IHostApplicationLifetime lifetime, TimeProvider time)
{
    /// <summary>Changes that follow each other closely are told together.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(50);

    /// <summary>A sign of life for whatever stands between, when nothing happens.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    /// <summary>Whether a caller wants events.</summary>
    public static bool IsAsked(HttpContext context) =>
        context.Request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.OrdinalIgnoreCase);

    /// <summary>Sends until the run is over or the reader goes.</summary>
    public async Task SendAsync(HttpContext context, DagRun run)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        using var feed = engine.Feed.Listen(e => e is FlowEvent.RunChanged changed && changed.Run.Id == run.Id);
        try
        {
            await SendAsync(context.Response, feed, run.Id, stopped.Token);
        }
        catch (OperationCanceledException) when (stopped.IsCancellationRequested)
        {
            // The reader went, or the daemon stops: the reader comes back and is told all anew.
        }
    }

    private async Task SendAsync(HttpResponse response, FeedSubscription feed, long runId, CancellationToken cancellation)
    {
        var told = new Dictionary<(int, int), string>();
        var toldRun = "";
        while (true)
        {
            var (run, model) = await runs.FindWithModelAsync(runId.ToString(System.Globalization.CultureInfo.InvariantCulture), cancellation);
            var shown = Json(await runs.RunAsync(run), ApiJson.Default.RunResource);
            if (shown != toldRun) await EventAsync(response, "run", toldRun = shown, cancellation);
            foreach (var task in await tasks.TasksAsync(run, model, TaskViews.MostElements, previews: false, cancellation))
            {
                var json = Json(task, ApiJson.Default.TaskResource);
                if (told.GetValueOrDefault((task.Index, task.MapIndex)) == json) continue;
                told[(task.Index, task.MapIndex)] = json;
                await EventAsync(response, "task", json, cancellation);
            }

            if (run.State.IsFinal())
            {
                await EventAsync(response, "end", shown, cancellation);
                return;
            }

            await response.Body.FlushAsync(cancellation);
            await ChangeAsync(response, feed, cancellation);
        }
    }

    private async Task ChangeAsync(HttpResponse response, FeedSubscription feed, CancellationToken cancellation)
    {
        var change = feed.Events.WaitToReadAsync(cancellation).AsTask();
        while (!await IsSoonAsync(change, cancellation))
        {
            await response.WriteAsync(":\n\n", cancellation);
            await response.Body.FlushAsync(cancellation);
        }

        await Task.Delay(Breath, time, cancellation);
        while (feed.Events.TryRead(out _))
        {
            // What happened is in the store; several events need one look.
        }
    }

    private async Task<bool> IsSoonAsync(Task change, CancellationToken cancellation)
    {
        try
        {
            await change.WaitAsync(Silence, time, cancellation);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private static string Json<T>(T resource, JsonTypeInfo<T> type) => JsonSerializer.Serialize(resource, type);

    private static Task EventAsync(HttpResponse response, string name, string json, CancellationToken cancellation) =>
        response.WriteAsync($"event: {name}\ndata: {json}\n\n", cancellation);
}
