using Microsoft.AspNetCore.Http;

namespace Wizart.Flow.Web.Ui.Layout;

/// <summary>What a browser gets before the daemon is ready: it says so, and asks again by itself.</summary>
public static class StartingPage
{
    // Without a style: those are not served yet either.
    private const string Page = """
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
        <meta http-equiv="refresh" content="1"><title>Starting · Wizart.Flow</title></head>
        <body><h1>Wizart.Flow is starting, or stopping</h1><p>This page asks again every second.</p></body>
        </html>
        """;

    /// <summary>Answers 503 with it.</summary>
    public static Task WriteAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(Page, context.RequestAborted);
    }
}
