using Wizart.Flow.Engine.Access;

namespace Wizart.Flow.Web;

/// <summary>A token, without its secret.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">What it is for.</param>
/// <param name="Owner">The user it belongs to; <c>local</c> for one of the installation's own.</param>
/// <param name="Role">What it may do; never more than its owner.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">From when on it opens nothing; null for never.</param>
/// <param name="UsedAt">When it was last used, to the minute.</param>
/// <param name="RevokedAt">Since when it opens nothing because somebody took it back.</param>
public sealed record TokenResource(
    long Id, string Name, string Owner, Role Role, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? UsedAt, DateTimeOffset? RevokedAt)
{
    /// <summary>The token as the API tells it.</summary>
    public static TokenResource Of(StoredToken token) =>
        new(token.Id, token.Name, token.Owner, token.Role, token.CreatedAt, token.ExpiresAt, token.UsedAt, token.RevokedAt);
}

/// <summary>What makes a token.</summary>
/// <param name="Name">What it is for.</param>
/// <param name="Role">What it may do; by default <c>viewer</c>.</param>
/// <param name="ExpiresAt">From when on it opens nothing; null for never.</param>
public sealed record CreateTokenRequest(string Name, Role Role, DateTimeOffset? ExpiresAt = null);

/// <summary>A token that was just made.</summary>
/// <param name="Token">The token.</param>
/// <param name="Secret">What opens the API; it is not shown again.</param>
public sealed record NewTokenResource(TokenResource Token, string Secret);
