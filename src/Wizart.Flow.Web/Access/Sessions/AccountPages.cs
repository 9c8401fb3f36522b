using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Wizart.Flow.Engine.Access;
using Wizart.Flow.Engine.Commands;
using Wizart.Flow.Web.Access.Pages;
using Wizart.Flow.Web.Ui.Forms;

namespace Wizart.Flow.Web.Access;

/// <summary>One's own account.</summary>
internal static class AccountPages
{
    public static void Map(RouteGroupBuilder pages)
    {
        pages.MapGet("/account", async (HttpContext context, AccessCommands access) =>
            await PageAsync(context, access, StatusCodes.Status200OK, null)).Needs(Role.Viewer);
        pages.MapPost("/account/password", ChangeAsync).Needs(Role.Viewer);
    }

    private static async Task<IResult> ChangeAsync(HttpContext context, AccessCommands access, SignInThrottle throttle)
    {
        var form = await context.FormAsync();
        var name = (await OwnAsync(context, access)).Name;
        var address = context.Connection.RemoteIpAddress;
        if (form.Secret("password") != form.Secret("again")) return await PageAsync(context, access, StatusCodes.Status400BadRequest, "The two new passwords differ.");
        if (throttle.Begin(name, address) is { } wait)
            return await PageAsync(context, access, StatusCodes.Status429TooManyRequests, $"Too many tries. Wait {Math.Ceiling(wait.TotalSeconds)} s, then try again.");
        try
        {
            var user = await access.ChangePasswordAsync(name, form.Secret("old"), form.Secret("password"), context.Actor());
            throttle.Succeeded(name, address);
            await SessionCookies.SignInAsync(context, user); // the other sessions end; this browser goes on in a new one
            return AccessPages.To(context, "/account?changed=true");
        }
        catch (FlowCommandException refused)
        {
            return await PageAsync(context, access, AccessPages.StatusOf(refused), refused.Message);
        }
    }

    private static async Task<IResult> PageAsync(HttpContext context, AccessCommands access, int status, string? error) => AccessPages.Page<AccountPage>(
        status, ("Error", error), ("User", await OwnAsync(context, access)), ("IsChanged", error is null && context.Request.Query.ContainsKey("changed")));

    private static Task<User> OwnAsync(HttpContext context, AccessCommands access) => context.User.SessionId() is null
        ? throw ApiProblem.NotFound("A token has no account. Sign in to see yours.")
        : access.FindAsync(context.User.Owner());
}
