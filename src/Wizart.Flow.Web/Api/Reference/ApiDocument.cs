using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Wizart.Flow.Web;

/// <summary>The OpenAPI document, made once.</summary>
internal sealed class ApiDocument([FromKeyedServices("v1")] IOpenApiDocumentProvider provider) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile byte[]? _json;

    public async Task<IResult> AnswerAsync(HttpContext context)
    {
        var json = _json ?? await MakeAsync(context.RequestAborted);
        var tag = EntityTags.Of(json);
        context.Response.Headers.ETag = tag;
        context.Response.Headers.CacheControl = "private, no-cache";
        return EntityTags.IsIn(context.Request.Headers.IfNoneMatch.ToString(), tag, strong: false)
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Bytes(json, "application/json; charset=utf-8");
    }

    public void Dispose() => _turn.Dispose();

    private async Task<byte[]> MakeAsync(CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            if (_json is { } made) return made;
            var document = await provider.GetOpenApiDocumentAsync(cancellation);
            return _json = Encoding.UTF8.GetBytes(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, cancellation));
        }
        finally
        {
            _turn.Release();
        }
    }
}
