using Microsoft.AspNetCore.Builder;
using Wizart.Flow.Engine.Access;

namespace Wizart.Flow.Web.Access;

/// <summary>Which role an endpoint asks for.</summary>
internal static class RoleRules
{
    /// <summary>Lets in whose role is at least this one. What asks for nothing is open to viewers.</summary>
    public static T Needs<T>(this T endpoint, Role role)
        where T : IEndpointConventionBuilder => endpoint.RequireAuthorization(PolicyOf(role));

    /// <summary>The policy of a role.</summary>
    public static string PolicyOf(Role role) => $"Flow{role}";
}
