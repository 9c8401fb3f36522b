using System.Security.Claims;
using Wizart.Flow.Engine.Access;

namespace Wizart.Flow.Web.Access;

/// <summary>Signing in through an OpenID Connect provider.</summary>
public sealed record OidcOptions
{
    /// <summary>The provider's address, below which <c>/.well-known/openid-configuration</c> stands. Empty: nobody signs in this way.</summary>
    public string Authority { get; init; } = "";

    /// <summary>What the provider knows this daemon as.</summary>
    public string ClientId { get; init; } = "";

    /// <summary>What proves that to the provider.</summary>
    public string ClientSecret { get; init; } = "";

    /// <summary>What the button says. Default <c>single sign-on</c>.</summary>
    public string Name { get; init; } = "single sign-on";

    /// <summary>What is asked for, separated by blanks. Default <c>openid profile</c>.</summary>
    public string Scope { get; init; } = "openid profile";

    /// <summary>The claim that is the user's name. Default <c>preferred_username</c>.</summary>
    public string NameClaim { get; init; } = "preferred_username";

    /// <summary>The claim that says what a person may do. Default <c>roles</c>.</summary>
    public string RoleClaim { get; init; } = "roles";

    /// <summary>The values of that claim that make an admin, separated by commas. Default <c>admin</c>.</summary>
    public string Admin { get; init; } = "admin";

    /// <summary>Those that make an author. Default <c>author</c>.</summary>
    public string Author { get; init; } = "author";

    /// <summary>Those that make an operator. Default <c>operator</c>.</summary>
    public string Operator { get; init; } = "operator";

    /// <summary>Those that make a viewer; <c>*</c> makes one of everybody. Default <c>viewer</c>.</summary>
    public string Viewer { get; init; } = "viewer";

    /// <summary>Whether people can sign in this way.</summary>
    public bool IsOn => Authority.Length > 0;

    /// <summary>The highest role that claims stand for; null when they stand for none.</summary>
    public Role? RoleOf(ClaimsPrincipal person)
    {
        var values = person.FindAll(RoleClaim).Select(claim => claim.Value).ToHashSet(StringComparer.Ordinal);
        foreach (var (role, names) in new[] { (Role.Admin, Admin), (Role.Author, Author), (Role.Operator, Operator), (Role.Viewer, Viewer) })
            if (names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Any(name => name == "*" || values.Contains(name)))
                return role;
        return null;
    }

    /// <summary>Without the secret.</summary>
    public override string ToString() => IsOn ? $"{Authority} as {ClientId}" : "off";
}
