using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Wizart.Flow.Web.Access;

/// <summary>
/// Antiforgery: what a browser sends by itself (the cookie) is not enough to change something. A form carries a token in the field
/// <see cref="Field"/>, a script in the header <see cref="Header"/>. Requests that show a bearer token need none.
/// </summary>
public static class FormTokens
{
    /// <summary>The name of a form's hidden field.</summary>
    public const string Field = "__RequestVerificationToken";

    /// <summary>The header that scripts send.</summary>
    public const string Header = "X-CSRF-TOKEN";

    /// <summary>The token for a page that is being made; must be asked for before the page's first byte is sent, as it may set a cookie.</summary>
    public static string FormToken(this HttpContext context) =>
        context.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(context).RequestToken!;

    internal static void Configure(AntiforgeryOptions antiforgery)
    {
        antiforgery.FormFieldName = Field;
        antiforgery.HeaderName = Header;
        antiforgery.Cookie.Name = "flow_csrf";
        antiforgery.Cookie.HttpOnly = true;
        antiforgery.Cookie.SameSite = SameSiteMode.Lax;
        antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        antiforgery.SuppressXFrameOptionsHeader = true; // the content security policy says it
    }

    /// <summary>Refuses what would change something without a token. Stands behind authorization.</summary>
    internal static async Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        if (IsAsked(context) && !await IsRightAsync(context))
        {
            const string detail = "The form is too old, or does not come from a page of this daemon. Load the page again, and send it once more.";
            if (Refusals.IsForPeople(context)) await AccessPages.RefusedAsync(context, StatusCodes.Status400BadRequest, "Please try again", detail);
            else await new ApiProblem(StatusCodes.Status400BadRequest, "antiforgery", "Without antiforgery token", $"Send the page's token in the header {Header}. {detail}").WriteAsync(context);
            return;
        }

        await next(context);
    }

    private static bool IsAsked(HttpContext context)
    {
        var method = context.Request.Method;
        if (HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method)) return false;
        if (context.User.Identity is { IsAuthenticated: true, AuthenticationType: var scheme }) return scheme == SessionCookies.Scheme;
        return context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null;
    }

    private static async Task<bool> IsRightAsync(HttpContext context)
    {
        try
        {
            return await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context);
        }
        catch (Exception error) when (error is InvalidDataException or BadHttpRequestException or IOException)
        {
            return false; // no form that can be read carries a token
        }
    }
}
