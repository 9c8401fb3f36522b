using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Wizart.Flow.Engine.Access;

namespace Wizart.Flow.Web.Access.Pages;

/// <summary>What every page of access knows.</summary>
/// <param name="Title">What it is about.</param>
/// <param name="Root">The daemon's root, which links are relative to.</param>
/// <param name="FormToken">The token that its forms carry.</param>
/// <param name="Notice">What everybody should know; null for nothing.</param>
/// <param name="Error">Why what was asked for was not done; null when nothing was refused.</param>
/// <param name="Caller">Who looks; null for nobody.</param>
/// <param name="Role">What that person may do.</param>
public sealed record PageLook(string Title, string Root, string FormToken, string? Notice, string? Error, string? Caller, Role? Role)
{
    /// <summary>For an answer that is about to be made.</summary>
    public static PageLook Of(HttpContext context, string title, string? error = null) => new(
        title, context.Request.PathBase + "/", context.FormToken(), context.RequestServices.GetRequiredService<ServerNotices>().For(context),
        error, context.User.Identity?.Name, context.User.Role());
}
