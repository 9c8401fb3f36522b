namespace Wizart.Flow.Storage.Schema;

// Who may do what.

internal sealed class UserRow
{
    /// <summary>The name in lower case: what makes names the same.</summary>
    public required string NameKey { get; init; }
    public required string Name { get; init; }
    public string? PasswordHash { get; init; }
    public required string Role { get; init; }
    public required string Stamp { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? DisabledAt { get; init; }
    public string? External { get; init; }
    public DateTimeOffset? SignedInAt { get; init; }
}

internal sealed class SessionRow
{
    public required string Id { get; init; }
    public required string UserKey { get; init; }
    public required string Stamp { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public string? Address { get; init; }
}

internal sealed class TokenRow
{
    public long Id { get; init; }
    public required string Name { get; init; }
    public required string Owner { get; init; }
    public required string OwnerKey { get; init; }
    public required string Hash { get; init; }
    public required string Role { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
    public DateTimeOffset? UsedAt { get; init; }
    public DateTimeOffset? RevokedAt { get; init; }
}

internal sealed class SignInLinkRow
{
    public required string Hash { get; init; }

    /// <summary>For whom; null for the first admin.</summary>
    public string? UserKey { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
}
