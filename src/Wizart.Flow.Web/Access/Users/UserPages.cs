using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Wizart.Flow.Engine.Access;
using Wizart.Flow.Engine.Commands;
using Wizart.Flow.Web.Access.Pages;
using Wizart.Flow.Web.Ui.Forms;

namespace Wizart.Flow.Web.Access;

/// <summary>The users, as admins see and change them.</summary>
internal static class UserPages
{
    public static void Map(RouteGroupBuilder pages)
    {
        pages.MapGet("/users", (HttpContext context, IAccessReads store) => PageAsync(context, store, StatusCodes.Status200OK)).Needs(Role.Admin);
        pages.MapPost("/users", AddAsync).Needs(Role.Admin);
        pages.MapPost("/users/{name}/{verb}", ChangeAsync).Needs(Role.Admin);
    }

    private static async Task<IResult> AddAsync(HttpContext context, IAccessReads store, AccessCommands access)
    {
        var form = await context.FormAsync();
        var name = form.Field("name");
        try
        {
            var user = await access.CreateAsync(name, UserEndpoints.Role(form.Field("role")), null, context.Actor());
            return await PageAsync(context, store, StatusCodes.Status200OK, link: (user.Name, await access.LinkAsync(user.Name, context.Actor())));
        }
        catch (FlowCommandException refused)
        {
            return await PageAsync(context, store, AccessPages.StatusOf(refused), name, refused.Message);
        }
    }

    private static async Task<IResult> ChangeAsync(HttpContext context, string name, string verb, IAccessReads store, AccessCommands access)
    {
        var actor = context.Actor();
        try
        {
            switch (verb)
            {
                case "role":
                    var form = await context.FormAsync();
                    await access.SetRoleAsync(name, UserEndpoints.Role(form.Field("role")), actor);
                    break;
                case "disable" or "enable":
                    await access.DisableAsync(name, verb == "disable", actor);
                    break;
                case "remove":
                    await access.RemoveAsync(name, actor);
                    break;
                case "link":
                    return await PageAsync(context, store, StatusCodes.Status200OK, link: (name, await access.LinkAsync(name, actor)));
                default:
                    throw ApiProblem.NotFound($"There is no {context.Request.Path}.");
            }

            return AccessPages.To(context, "/users");
        }
        catch (FlowCommandException refused)
        {
            return await PageAsync(context, store, AccessPages.StatusOf(refused), error: refused.Message);
        }
    }

    private static async Task<IResult> PageAsync(
        HttpContext context, IAccessReads store, int status, string? name = null, string? error = null, (string User, string Code)? link = null)
    {
        var users = await store.UsersAsync(context.RequestAborted);
        return AccessPages.Page<UsersPage>(
            status, ("Error", error), ("Users", users), ("Name", name), ("LinkUser", link?.User),
            ("Link", link is { } made ? UserEndpoints.LinkUrl(context, made.Code) : null));
    }
}
