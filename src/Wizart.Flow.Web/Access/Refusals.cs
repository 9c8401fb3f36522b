using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Wizart.Flow.Web.Access;

/// <summary>How a request is refused: programs get problem details, people the sign-in page or a page that says so.</summary>
internal static class Refusals
{
    /// <summary>Nobody is known to ask.</summary>
    public static Task ChallengeAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.Headers.ContainsKey("HX-Request"))
        {
            // A fragment would be put into the page: the page as a whole goes to sign in, and comes back to where it was.
            var page = Uri.TryCreate(request.Headers["HX-Current-URL"], UriKind.Absolute, out var url) && url.Authority == request.Host.Value
                ? LocalPaths.Without(request.PathBase, url.PathAndQuery)
                : "/";
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            context.Response.Headers["HX-Redirect"] = SignInPath(context, page);
            return Task.CompletedTask;
        }

        if (IsForPeople(context))
        {
            context.Response.Redirect(SignInPath(context, HttpMethods.IsGet(request.Method) ? request.Path + request.QueryString.Value : "/"));
            return Task.CompletedTask;
        }

        context.Response.Headers[HeaderNames.WWWAuthenticate] = "Bearer";
        return ApiProblem.Unauthorized(
            "Send a token: 'Authorization: Bearer …'. On the daemon's machine one stands in daemon.json in its state folder; "
            + "'flow token create' makes others. In a browser, sign in.").WriteAsync(context);
    }

    /// <summary>Who asks may not do it.</summary>
    public static async Task ForbidAsync(HttpContext context)
    {
        var needed = NeededRole(context);
        var detail = needed is null
            ? $"'{context.User.Identity?.Name}' may not do that."
            : $"'{context.User.Identity?.Name}' is {RoleRules.WordOf(context.User.Role())}, and this needs {RoleRules.WordOf(needed)}. An admin can change that.";
        if (!IsForPeople(context)) await ApiProblem.Forbidden(detail).WriteAsync(context);
        else await AccessPages.RefusedAsync(context, StatusCodes.Status403Forbidden, "This is not open to you", detail);
    }

    /// <summary>Whether a person looks at the answer.</summary>
    public static bool IsForPeople(HttpContext context) =>
        !context.Request.Path.StartsWithSegments(FlowApi.Root) && !ApiTokenHandler.IsShown(context) && context.GetEndpoint()?.Metadata.GetMetadata<ForPrograms>() is null;

    private static string SignInPath(HttpContext context, string page) =>
        $"{context.Request.PathBase}/sign-in{(page == "/" ? "" : QueryString.Create("return", page).Value)}";

    private static Engine.Access.Role? NeededRole(HttpContext context) => context.GetEndpoint()?.Metadata
        .GetOrderedMetadata<Microsoft.AspNetCore.Authorization.IAuthorizeData>().Select(data => RoleRules.RoleOf(data.Policy)).Max();
}

/// <summary>Marks an endpoint outside of the API that no person looks at.</summary>
internal sealed class ForPrograms;
