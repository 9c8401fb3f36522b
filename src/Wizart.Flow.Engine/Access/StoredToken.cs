namespace Wizart.Flow.Engine.Access;

/// <summary>What opens the API to a program. The secret itself is not kept.</summary>
public sealed record StoredToken
{
    /// <summary>The owner of tokens that belong to the installation and not to a person.</summary>
    public const string Local = "local";

    /// <summary>The store's number for it; zero before it is stored.</summary>
    public long Id { get; init; }

    /// <summary>What it is for; unique among the owner's tokens that are not revoked.</summary>
    public required string Name { get; init; }

    /// <summary>The user who made it, and without whom it opens nothing; <see cref="Local"/> for one of the installation's own.</summary>
    public required string Owner { get; init; }

    /// <summary>SHA-256 of the secret, 64 lower-case hexadecimal digits.</summary>
    public required string Hash { get; init; }

    /// <summary>What it may do; never more than its owner.</summary>
    public required Role Role { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From when on it opens nothing; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was last used, to the minute.</summary>
    public DateTimeOffset? UsedAt { get; init; }

    /// <summary>Since when it opens nothing because somebody took it back.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Whether it opens something at a time, its owner aside.</summary>
    public bool IsOpen(DateTimeOffset now) => RevokedAt is null && (ExpiresAt is null || ExpiresAt > now);
}
