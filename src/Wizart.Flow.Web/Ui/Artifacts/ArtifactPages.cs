using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Wizart.Flow.Web.Ui.Layout;

namespace Wizart.Flow.Web.Ui.Artifacts;

/// <summary>Artifacts, shown in place.</summary>
internal static class ArtifactPages
{
    public static void Map(RouteGroupBuilder ui)
    {
        ui.MapGet("/artifacts/{hash}/{name}", ShowAsync);
        ui.MapGet("/artifacts/{hash}/{name}/raw", Raw);
    }

    private static async Task<IResult> ShowAsync(HttpContext context, string hash, string name, ArtifactReader reader, CancellationToken cancellation)
    {
        var model = await reader.ReadAsync(hash, name, cancellation);
        return context.IsPartial() ? Requests.Page<ArtifactView>(model) : Requests.Page<ArtifactPage>(model);
    }

    /// <summary>
    /// The content for pictures and frames. It is a script's, so it comes in a sandbox: it runs nothing, loads nothing, and is not of
    /// this site's origin.
    /// </summary>
    private static IResult Raw(HttpContext context, string hash, string name, ArtifactReader reader)
    {
        var (look, type) = ArtifactReader.LookOf(name);
        if (look is not (ArtifactLook.Image or ArtifactLook.Page)) throw ApiProblem.NotFound("This artifact is not shown as a picture or a page.");
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; frame-ancestors 'self'";
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "private, max-age=31536000, immutable";
        return TypedResults.Stream(reader.Open(hash), type);
    }
}
