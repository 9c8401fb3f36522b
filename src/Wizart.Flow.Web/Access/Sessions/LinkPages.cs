using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Wizart.Flow.Engine.Access;
using Wizart.Flow.Engine.Commands;
using Wizart.Flow.Web.Access.Pages;
using Wizart.Flow.Web.Ui.Forms;

namespace Wizart.Flow.Web.Access;

/// <summary>The one-time link. Looking at it does not use it up: mail scanners and previews look at links too.</summary>
internal static class LinkPages
{
    public static void Map(RouteGroupBuilder pages)
    {
        pages.MapGet("/sign-in/once/{code}", async (HttpContext context, string code, AccessCommands access) =>
            await PageAsync(context, access, code, StatusCodes.Status200OK, null, null)).AllowAnonymous();
        pages.MapPost("/sign-in/once/{code}", UseAsync).AllowAnonymous();
    }

    /// <summary>The path of a code.</summary>
    public static string PathOf(string code) => $"/sign-in/once/{code}";

    private static async Task<IResult> UseAsync(HttpContext context, string code, AccessCommands access)
    {
        var form = await context.FormAsync();
        var (name, password) = (form.Field("name"), form.Secret("password"));
        if (password != form.Secret("again")) return await PageAsync(context, access, code, StatusCodes.Status400BadRequest, name, "The two passwords differ.");
        try
        {
            var user = await access.UseLinkAsync(code, name, password, context.Address());
            await SessionCookies.SignInAsync(context, user);
            return AccessPages.To(context, "/");
        }
        catch (FlowCommandException refused)
        {
            return await PageAsync(context, access, code, AccessPages.StatusOf(refused), name, refused.Message);
        }
    }

    private static async Task<IResult> PageAsync(HttpContext context, AccessCommands access, string code, int status, string? name, string? error)
    {
        var link = await access.FindLinkAsync(code, context.RequestAborted);
        if (link is null) (status, error) = (StatusCodes.Status404NotFound, null);
        return AccessPages.Page<LinkPage>(
            status, ("Error", error), ("IsOpen", link is not null), ("User", link?.User), ("Code", code), ("Name", name));
    }
}
