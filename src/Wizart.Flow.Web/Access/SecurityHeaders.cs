using Microsoft.AspNetCore.Http;

namespace Wizart.Flow.Web.Access;

/// <summary>What every answer tells a browser not to do. A page that needs something else sets the header itself.</summary>
internal static class SecurityHeaders
{
    private const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'; " +
        "frame-ancestors 'none'; form-action 'self'";

    public static Task AddAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        context.Response.OnStarting(
            static state =>
            {
                // What a page shows is for who is signed in now: neither the browser's history nor a proxy keeps it.
                var response = (HttpResponse)state;
                if (response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) == true) response.Headers.CacheControl = "no-store";
                return Task.CompletedTask;
            },
            context.Response);
        return next(context);
    }
}
