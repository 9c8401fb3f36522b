using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Wizart.Flow.Web;

/// <summary>Gives what is read a strong entity tag, and answers 304 to who has it already.</summary>
internal sealed class EntityTagFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var result = await next(context);
        var http = context.HttpContext;
        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsPut(http.Request.Method)) return result;
        if (result is not IValueHttpResult { Value: { } value } || result is not IStatusCodeHttpResult { StatusCode: null or StatusCodes.Status200OK }) return result;
        return ApiJson.Default.GetTypeInfo(value.GetType()) is { } type ? new Tagged(JsonSerializer.SerializeToUtf8Bytes(value, type)) : result;
    }

    private sealed class Tagged(byte[] body) : IResult
    {
        public async Task ExecuteAsync(HttpContext context)
        {
            var (request, response) = (context.Request, context.Response);
            var tag = EntityTags.Of(body);
            response.Headers.ETag = tag;
            if (HttpMethods.IsGet(request.Method))
            {
                // Kept by the reader, and asked for anew each time: another person on the same machine sees nothing of it.
                response.Headers.CacheControl = "private, no-cache";
                response.Headers.Vary = "Authorization, Cookie, Accept";
                if (EntityTags.IsIn(request.Headers.IfNoneMatch.ToString(), tag, strong: false))
                {
                    response.StatusCode = StatusCodes.Status304NotModified;
                    return;
                }
            }

            response.StatusCode = StatusCodes.Status200OK;
            response.ContentType = "application/json; charset=utf-8";
            response.ContentLength = body.Length;
            await response.Body.WriteAsync(body, context.RequestAborted);
        }
    }
}
