using Wizart.Flow.Engine.Access;

namespace Wizart.Flow.Web;

/// <summary>A person who may sign in.</summary>
/// <param name="Name">The name.</param>
/// <param name="Role">What the person may do.</param>
/// <param name="HasPassword">Whether a password is set.</param>
/// <param name="IsExternal">Whether another system vouches for the person.</param>
/// <param name="CreatedAt">When the user was made.</param>
/// <param name="DisabledAt">Since when the user may not sign in; null for one who may.</param>
/// <param name="SignedInAt">When the person last signed in.</param>
public sealed record UserResource(
    string Name, Role Role, bool HasPassword, bool IsExternal, DateTimeOffset CreatedAt, DateTimeOffset? DisabledAt, DateTimeOffset? SignedInAt)
{
    /// <summary>The user as the API tells it.</summary>
    public static UserResource Of(User user) =>
        new(user.Name, user.Role, user.PasswordHash is not null, user.External is not null, user.CreatedAt, user.DisabledAt, user.SignedInAt);
}

/// <summary>What makes a user.</summary>
/// <param name="Name">The name.</param>
/// <param name="Role">What the person may do.</param>
/// <param name="Password">The password; null for one set through a link.</param>
public sealed record CreateUserRequest(string Name, Role Role, string? Password = null);

/// <summary>What changes a user; what is left out stays.</summary>
/// <param name="Role">What the person may do.</param>
/// <param name="Disabled">Whether the user may not sign in.</param>
/// <param name="Password">Another password; all sessions of the user end.</param>
public sealed record ChangeUserRequest(Role? Role = null, bool? Disabled = null, string? Password = null);

/// <summary>A link that lets a user set a password, once.</summary>
/// <param name="Url">The link.</param>
/// <param name="ExpiresAt">Until when.</param>
public sealed record LinkResource(string Url, DateTimeOffset ExpiresAt);

/// <summary>Who asks.</summary>
/// <param name="Name">The user, or the token as <c>owner/token</c>; what the audit log says.</param>
/// <param name="Role">What the caller may do.</param>
/// <param name="SignedIn">Whether it is a person in a session, and not a token.</param>
/// <param name="Address">From where the request came.</param>
/// <param name="ExpiresAt">When the token is over; null for never, and for sessions.</param>
public sealed record SessionResource(string Name, Role Role, bool SignedIn, string? Address, DateTimeOffset? ExpiresAt);
