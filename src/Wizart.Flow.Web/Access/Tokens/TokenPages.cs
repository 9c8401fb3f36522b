using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Wizart.Flow.Engine.Access;
using Wizart.Flow.Engine.Commands;
using Wizart.Flow.Web.Access.Pages;
using Wizart.Flow.Web.Ui.Forms;

namespace Wizart.Flow.Web.Access;

/// <summary>The tokens: one's own, for admins all.</summary>
internal static class TokenPages
{
    public static void Map(RouteGroupBuilder pages)
    {
        pages.MapGet("/tokens", (HttpContext context, IAccessReads store) => PageAsync(context, store, StatusCodes.Status200OK)).Needs(Role.Viewer);
        pages.MapPost("/tokens", CreateAsync).Needs(Role.Viewer);
        pages.MapPost("/tokens/{id}/revoke", RevokeAsync).Needs(Role.Viewer);
    }

    private static async Task<IResult> CreateAsync(HttpContext context, IAccessReads store, AccessCommands access, TimeProvider time)
    {
        var form = await context.FormAsync();
        var name = form.Field("name");
        try
        {
            var issued = await TokenRules.IssueAsync(context, access, name, UserEndpoints.Role(form.Field("role")), End(form.Field("days"), time));
            return await PageAsync(context, store, StatusCodes.Status200OK, secret: issued.Secret);
        }
        catch (FlowCommandException refused)
        {
            return await PageAsync(context, store, AccessPages.StatusOf(refused), name, refused.Message);
        }
        catch (ApiProblem refused)
        {
            return await PageAsync(context, store, refused.Status, name, refused.Message);
        }
    }

    private static async Task<IResult> RevokeAsync(HttpContext context, string id, IAccessReads store, AccessCommands access)
    {
        try
        {
            await access.RevokeTokenAsync(TokenEndpoints.Id(id), TokenRules.OwnerSeen(context.User), context.Actor());
            return AccessPages.To(context, "/tokens");
        }
        catch (FlowCommandException refused)
        {
            return await PageAsync(context, store, AccessPages.StatusOf(refused), error: refused.Message);
        }
    }

    private static DateTimeOffset? End(string days, TimeProvider time)
    {
        if (days.Length == 0) return null;
        return int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is > 0 and <= 36_500
            ? time.GetUtcNow().AddDays(count)
            : throw ApiProblem.Invalid($"'{days}' is no number of days.");
    }

    private static async Task<IResult> PageAsync(
        HttpContext context, IAccessReads store, int status, string? name = null, string? error = null, string? secret = null)
    {
        var tokens = await store.TokensAsync(TokenRules.OwnerSeen(context.User), context.RequestAborted);
        return AccessPages.Page<TokensPage>(
            status, ("Error", error), ("Tokens", tokens), ("Name", name), ("Secret", secret));
    }
}
