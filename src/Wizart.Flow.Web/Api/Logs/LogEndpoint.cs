using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;

namespace Wizart.Flow.Web;

/// <summary>The log of an attempt: as JSON lines, or followed as server-sent events.</summary>
internal static class LogEndpoint
{
    private static readonly byte[] NewLine = "\n"u8.ToArray();

    /// <summary>
    /// <c>?attempt=</c> which attempt, the newest by default; <c>from=</c> the first line, 1 by default; <c>count=</c> at most so
    /// many lines, all by default; <c>level=</c> only lines at least this grave; <c>contains=</c> only lines with this text, in any case;
    /// <c>follow=true</c> gives events until the attempt has ended.
    /// </summary>
    public static async Task<IResult> GetAsync(
        HttpContext context, string runId, string taskId, RunViews runs, IFlowQueries queries, LogFollower follower)
    {
        var query = new QueryReader(context.Request.Query);
        var attempt = query.Integer("attempt", 1, int.MaxValue);
        var from = query.Integer("from", 1, int.MaxValue) ?? 1;
        var count = query.Integer("count", 1, int.MaxValue) ?? int.MaxValue;
        var mapIndex = query.Integer("mapIndex", -1, int.MaxValue) ?? -1;
        var follow = query.Flag("follow");
        var lines = new LogLines(query.Word<LogLevel>("level") ?? LogLevel.Debug, query.Text("contains"));
        query.Check();

        var (run, task) = await runs.FindTaskAsync(runId, taskId, context.RequestAborted);
        var newest = await NewestAsync(queries, run, task.Index, mapIndex, context.RequestAborted);
        if (attempt > newest && (attempt > 1 || run.State.IsFinal()))
            throw ApiProblem.NotFound($"Task '{taskId}' of run {run.Id} has no attempt {attempt}. {(newest == 0 ? "It never began." : $"Its newest is {newest}.")}");

        var key = new AttemptKey(run.Id, task.Index, mapIndex, attempt ?? Math.Max(newest, 1));
        if (follow) await follower.FollowAsync(context, key, from, lines);
        else await WriteAsync(context, queries, key, from, count, lines);
        return Results.Empty;
    }

    private static async Task<int> NewestAsync(IFlowQueries queries, DagRun run, int taskIndex, int mapIndex, CancellationToken cancellation) =>
        (await queries.TaskAsync(run.Id, taskIndex, mapIndex, cancellation))?.Instance.Attempt ?? 0;

    private static async Task WriteAsync(HttpContext context, IFlowQueries queries, AttemptKey key, int from, int count, LogLines lines)
    {
        var length = await queries.LogLengthAsync(key, context.RequestAborted);
        context.Response.Headers["Log-Lines"] = length.ToString(CultureInfo.InvariantCulture);
        context.Response.ContentType = "application/x-ndjson; charset=utf-8";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        await foreach (var line in lines.ReadAsync(queries, key, from, count, context.RequestAborted))
        {
            var json = JsonSerializer.SerializeToUtf8Bytes(LogLineResource.Of(line), ApiJson.Default.LogLineResource);
            await context.Response.Body.WriteAsync(json, context.RequestAborted);
            await context.Response.Body.WriteAsync(NewLine, context.RequestAborted);
        }
    }
}
