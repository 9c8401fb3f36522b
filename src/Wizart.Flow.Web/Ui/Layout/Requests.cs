using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Wizart.Flow.Web.Ui.Layout;

/// <summary>How pages answer.</summary>
internal static class Requests
{
    /// <summary>Whether the browser's script asks for a part of a page.</summary>
    public static bool IsPartial(this HttpContext context) => context.Request.Headers.ContainsKey("HX-Request");

    /// <summary>A page or a panel.</summary>
    public static RazorComponentResult Page<T>(object model)
        where T : IComponent => new RazorComponentResult<T>(new Dictionary<string, object?> { ["Model"] = model });

    /// <summary>A part of a page with its parameters.</summary>
    public static RazorComponentResult Panel<T>(params (string Name, object? Value)[] parameters)
        where T : IComponent => new RazorComponentResult<T>(parameters.ToDictionary(p => p.Name, p => p.Value));

    /// <summary>
    /// After a form did what it was for: back to the page it was sent from, or for the script, which stays there, a message.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="message">What was done.</param>
    /// <param name="path">Where to go instead, from the base on; null to stay.</param>
    public static IResult Done(HttpContext context, string message, string? path = null)
    {
        if (context.IsPartial())
        {
            context.Response.Headers["X-Flow-Message"] = Uri.EscapeDataString(message);
            if (path is not null) context.Response.Headers["HX-Redirect"] = context.Url(path);
            return Results.NoContent();
        }

        context.Response.Headers.Location = path is null ? Back(context) : context.Url(path);
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    /// <summary>A path from the base on as a path of the site.</summary>
    public static string Url(this HttpContext context, string path) => $"{context.Request.PathBase}/{path}";

    // Where the form stood; only ever a page of ours.
    private static string Back(HttpContext context) =>
        Uri.TryCreate(context.Request.Headers.Referer.ToString(), UriKind.Absolute, out var page)
        && page.Host == context.Request.Host.Host
        && page.AbsolutePath.StartsWith(context.Request.PathBase + "/", StringComparison.Ordinal)
            ? page.PathAndQuery
            : context.Url("");
}
