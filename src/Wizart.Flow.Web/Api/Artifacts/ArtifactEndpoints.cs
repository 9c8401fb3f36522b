using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using Wizart.Flow.Engine.Attempts;
using Wizart.Flow.Engine.Storage;

namespace Wizart.Flow.Web;

/// <summary>Files that runs kept.</summary>
internal static class ArtifactEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/runs/{runId}/artifacts", ListAsync);
        api.MapGet("/artifacts/{hash}", Download);
    }

    private static async Task<IResult> ListAsync(HttpContext context, string runId, RunViews runs, IFlowQueries queries)
    {
        var query = new QueryReader(context.Request.Query);
        var page = query.Page();
        query.Check();
        var (run, model) = await runs.FindWithModelAsync(runId, context.RequestAborted);
        var all = await queries.ArtifactsAsync(run.Id, context.RequestAborted);
        var kept = page.Cut(context, all.Index(), a => $"{PageRequest.Key(a.Item.Time.UtcTicks)}.{PageRequest.Key(a.Index)}").Select(a => a.Item);
        return TypedResults.Json(
            [
                .. kept.Select(k => new ArtifactResource(
                    k.Artifact.Name, k.Artifact.Hash, k.Artifact.Size, k.Artifact.ContentType, model.Tasks[k.Key.TaskIndex].Id,
                    k.Key.MapIndex, k.Key.Attempt, k.Time,
                    $"{FlowApi.Root}/artifacts/{k.Artifact.Hash}?name={Uri.EscapeDataString(k.Artifact.Name)}")),
            ],
            ApiJson.Default.ArtifactResourceArray);
    }

    /// <summary>
    /// Always a download of a type that no browser runs: the content is a script's, and the page it would run in is ours.
    /// <c>?name=</c> is the file name that is suggested.
    /// </summary>
    private static IResult Download(HttpContext context, string hash, IArtifactStore artifacts)
    {
        if (hash.Length != 64 || !hash.All(char.IsAsciiHexDigitLower) || artifacts.Open(hash) is not { } content)
            throw ApiProblem.NotFound($"There is no artifact {hash}. It may have been removed by age.");
        var name = new QueryReader(context.Request.Query).Text("name");
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        headers.CacheControl = "private, max-age=31536000, immutable";
        return TypedResults.Stream(
            content, SafeTypes.Of(name), string.IsNullOrWhiteSpace(name) ? hash : name, entityTag: new EntityTagHeaderValue($"\"{hash}\""),
            enableRangeProcessing: content.CanSeek);
    }
}
