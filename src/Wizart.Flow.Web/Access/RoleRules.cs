using Microsoft.AspNetCore.Builder;
using Wizart.Flow.Engine.Access;

namespace Wizart.Flow.Web.Access;

/// <summary>Which role an endpoint asks for.</summary>
internal static class RoleRules
{
    private const string Prefix = "Flow";

    /// <summary>Lets in whose role is at least this one. What asks for nothing is open to viewers.</summary>
    public static T Needs<T>(this T endpoint, Role role)
        where T : IEndpointConventionBuilder => endpoint.RequireAuthorization(PolicyOf(role));

    /// <summary>The policy of a role.</summary>
    public static string PolicyOf(Role role) => $"{Prefix}{role}";

    /// <summary>The role of a policy; null for another policy.</summary>
    public static Role? RoleOf(string? policy) =>
        policy?.StartsWith(Prefix, StringComparison.Ordinal) == true && Enum.TryParse<Role>(policy[Prefix.Length..], out var role) ? role : null;

    /// <summary>A role as people read it.</summary>
    public static string WordOf(Role? role) => role?.ToString().ToLowerInvariant() ?? "nobody";
}
