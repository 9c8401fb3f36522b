using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Wizart.Flow.Engine.Access;

namespace Wizart.Flow.Web.Access;

/// <summary>Who a request comes from: what is known of users and tokens as claims, and read back from them.</summary>
internal static class Callers
{
    private const string OwnerClaim = "flow:owner";
    private const string EndClaim = "flow:end";

    /// <summary>A token that no database knows.</summary>
    public static ClaimsPrincipal Of(ApiToken token) => Of(
        ApiTokenHandler.Scheme, token.Name, token.Role, new Claim(OwnerClaim, StoredToken.Local));

    /// <summary>A stored token, with the role that it has now.</summary>
    public static ClaimsPrincipal Of(StoredToken token) => Of(
        ApiTokenHandler.Scheme, $"{token.Owner}/{token.Name}", token.Role, new Claim(OwnerClaim, token.Owner),
        new Claim(EndClaim, token.ExpiresAt?.UtcTicks.ToString(CultureInfo.InvariantCulture) ?? ""));

    /// <summary>A user who is signed in.</summary>
    public static ClaimsPrincipal Of(User user, Session session) => Of(
        SessionCookies.Scheme, user.Name, user.Role, new Claim(OwnerClaim, user.Name), new Claim(ClaimTypes.NameIdentifier, session.Id));

    /// <summary>Who asks, for the audit log.</summary>
    public static Caller Actor(this HttpContext context) => new(context.User.Identity?.Name ?? "unknown", context.Address());

    /// <summary>The address of the other end; behind a proxy that is trusted, what that says.</summary>
    public static string? Address(this HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address ? (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString() : null;

    /// <summary>What the caller may do; null for nobody.</summary>
    public static Role? Role(this ClaimsPrincipal caller) =>
        Enum.TryParse<Role>(caller.FindFirstValue(ClaimTypes.Role), out var role) ? role : null;

    /// <summary>Whether the caller may do what a role may.</summary>
    public static bool May(this ClaimsPrincipal caller, Role role) => caller.Role() >= role;

    /// <summary>To whom the caller's tokens belong: a user, or <see cref="StoredToken.Local"/>.</summary>
    public static string Owner(this ClaimsPrincipal caller) => caller.FindFirstValue(OwnerClaim) ?? "";

    /// <summary>When the token that the caller showed is over; null for never, and for who is signed in.</summary>
    public static DateTimeOffset? End(this ClaimsPrincipal caller) =>
        long.TryParse(caller.FindFirstValue(EndClaim), CultureInfo.InvariantCulture, out var ticks) ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>The session of who is signed in; null for a token.</summary>
    public static string? SessionId(this ClaimsPrincipal caller) => caller.FindFirstValue(ClaimTypes.NameIdentifier);

    private static ClaimsPrincipal Of(string scheme, string name, Role role, params Claim[] more) =>
        new(new ClaimsIdentity([new Claim(ClaimTypes.Name, name), new Claim(ClaimTypes.Role, role.ToString()), .. more], scheme, ClaimTypes.Name, ClaimTypes.Role));
}
