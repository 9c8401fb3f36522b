using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Wizart.Flow.Engine.Access;

namespace Wizart.Flow.Web.Access;

/// <summary>Whose tokens a caller sees, makes and takes back: admins all, others their own.</summary>
internal static class TokenRules
{
    /// <summary>Whose tokens the caller may see and revoke; null for everybody's.</summary>
    public static string? OwnerSeen(ClaimsPrincipal caller) => caller.May(Role.Admin) ? null : caller.Owner();

    /// <summary>Makes a token of the caller's own. A token makes none that may more or lasts longer than itself.</summary>
    public static Task<IssuedToken> IssueAsync(HttpContext context, AccessCommands access, string name, Role role, DateTimeOffset? expiresAt)
    {
        var caller = context.User;
        if (!caller.May(role))
            throw ApiProblem.Forbidden($"'{caller.Identity?.Name}' is {RoleRules.WordOf(caller.Role())}, and can't make a token that is {RoleRules.WordOf(role)}.");
        if (caller.End() is { } end && !(expiresAt <= end))
            throw ApiProblem.Forbidden($"A token that is over at {end:O} can't make one that lasts longer.");
        return access.IssueTokenAsync(name, caller.Owner(), role, expiresAt, context.Actor());
    }
}
