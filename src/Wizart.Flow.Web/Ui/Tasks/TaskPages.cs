using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Web.Ui.Layout;

namespace Wizart.Flow.Web.Ui.Tasks;

/// <summary>The page of a task instance, and its log.</summary>
internal static class TaskPages
{
    private const int MostLines = 50_000;

    public static void Map(RouteGroupBuilder ui)
    {
        ui.MapGet("/runs/{runId}/tasks/{taskId}", ShowAsync);
        ui.MapGet("/runs/{runId}/tasks/{taskId}/log", LogAsync);
        ui.MapGet("/runs/{runId}/tasks/{taskId}/log/follow", FollowAsync);
        ui.MapGet("/runs/{runId}/tasks/{taskId}/log/download", DownloadAsync);
    }

    private static async Task<IResult> ShowAsync(HttpContext context, string runId, string taskId, TaskBoard board, CancellationToken cancellation)
    {
        var query = context.Request.Query;
        var model = await board.LoadAsync(
            new TaskBoard.Query(
                runId, taskId, Number(query["element"]) ?? -1, Number(query["attempt"]),
                SnakeCaseEnums.Read<TaskState>(query["elements"].ToString()), Number(query["after"]) ?? -1),
            cancellation);
        return context.IsPartial() ? Requests.Page<TaskPanel>(model) : Requests.Page<TaskPage>(model);
    }

    /// <summary>
    /// Lines of an attempt's log for the page's script: level, time in milliseconds since 1970, text, with tabs between them. Much
    /// smaller than JSON, and a hundred thousand of them are read in no time.
    /// </summary>
    private static async Task<IResult> LogAsync(HttpContext context, string runId, string taskId, RunViews runs, IFlowQueries queries)
    {
        var (key, query) = await KeyAsync(context, runId, taskId, runs);
        var (from, count) = (Math.Max(1, Number(query["from"]) ?? 1), Math.Clamp(Number(query["count"]) ?? 1_000, 1, MostLines));
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        await using var writer = new StreamWriter(context.Response.Body, new UTF8Encoding(false), 32 * 1024, leaveOpen: true) { NewLine = "\n" };
        await foreach (var line in LogPages.ReadAsync(queries, key, from, count, context.RequestAborted))
            await writer.WriteLineAsync(
                string.Create(CultureInfo.InvariantCulture, $"{line.Line.Level.ToString()[0]}\t{line.Line.Time.ToUnixTimeMilliseconds()}\t{line.Line.Text.Replace('\n', '\u2028').Replace('\r', ' ')}").AsMemory(),
                context.RequestAborted);
        return Results.Empty;
    }

    private static async Task<IResult> FollowAsync(HttpContext context, string runId, string taskId, RunViews runs, LogFollower follower)
    {
        var (key, query) = await KeyAsync(context, runId, taskId, runs);
        await follower.FollowAsync(context, key, Math.Max(1, Number(query["from"]) ?? 1), LogLines.All);
        return Results.Empty;
    }

    private static async Task<IResult> DownloadAsync(HttpContext context, string runId, string taskId, RunViews runs, IFlowQueries queries, Viewer viewer)
    {
        var (key, _) = await KeyAsync(context, runId, taskId, runs);
        context.Response.ContentType = "text/plain; charset=utf-8";
        var name = new ContentDispositionHeaderValue("attachment");
        name.SetHttpFileName(string.Create(CultureInfo.InvariantCulture, $"run-{key.RunId}-{taskId}-attempt-{key.Attempt}.log"));
        context.Response.Headers.ContentDisposition = name.ToString();
        await using var writer = new StreamWriter(context.Response.Body, new UTF8Encoding(false), 32 * 1024, leaveOpen: true) { NewLine = "\n" };
        await foreach (var line in LogPages.ReadAsync(queries, key, 1, int.MaxValue, context.RequestAborted))
            await writer.WriteLineAsync(
                string.Create(CultureInfo.InvariantCulture, $"{viewer.Local(line.Line.Time):yyyy-MM-dd HH:mm:ss.fffzzz} {line.Line.Level,-11} {line.Line.Text}").AsMemory(), context.RequestAborted);
        return Results.Empty;
    }

    private static async Task<(AttemptKey Key, IQueryCollection Query)> KeyAsync(HttpContext context, string runId, string taskId, RunViews runs)
    {
        var query = context.Request.Query;
        var (run, task) = await runs.FindTaskAsync(runId, taskId, context.RequestAborted);
        return (new AttemptKey(run.Id, task.Index, Number(query["element"]) ?? -1, Math.Max(1, Number(query["attempt"]) ?? 1)), query);
    }

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
