using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Wizart.Flow.Engine;
using Wizart.Flow.Engine.Coordination;
using Wizart.Flow.Engine.Runs;

namespace Wizart.Flow.Web;

/// <summary>Waits for a run's end, and costs nothing while nothing happens.</summary>
internal static class RunWait
{
    private const int DefaultSeconds = 30;
    private const int MaximumSeconds = 60;

    /// <summary>Gives the run when it has ended, or as it is when the time is over: <c>?timeout=</c> seconds, 30 by default, at most 60.</summary>
    public static async Task<IResult> WaitAsync(
        HttpContext context, string runId, FlowEngine engine, RunViews views, IHostApplicationLifetime lifetime, TimeProvider time, RunStream stream)
    {
        var query = new QueryReader(context.Request.Query);
        var timeout = query.Integer("timeout", 0, MaximumSeconds) ?? DefaultSeconds;
        query.Check();

        var run = await views.FindAsync(runId, context.RequestAborted);
        if (RunStream.IsAsked(context))
        {
            await stream.SendAsync(context, run);
            return Results.Empty;
        }

        using var feed = engine.Feed.Listen(e => e is FlowEvent.RunChanged changed && changed.Run.Id == run.Id && changed.Run.State.IsFinal());
        // Read after listening began: an end between the two is in one of them.
        run = await views.FindAsync(runId, context.RequestAborted);
        if (!run.State.IsFinal() && timeout > 0)
        {
            using var over = new CancellationTokenSource(TimeSpan.FromSeconds(timeout), time);
            using var any = CancellationTokenSource.CreateLinkedTokenSource(over.Token, lifetime.ApplicationStopping, context.RequestAborted);
            try
            {
                await feed.Events.WaitToReadAsync(any.Token);
            }
            catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
            {
                // The time is over: the run is told as it is.
            }

            run = await views.FindAsync(runId, context.RequestAborted);
        }

        return TypedResults.Json(await views.RunAsync(run), ApiJson.Default.RunResource);
    }
}
