namespace Wizart.Flow.Engine.Access;

/// <summary>A person who may sign in.</summary>
public sealed record User
{
    /// <summary>The name as it is shown and signed in with; upper and lower case make no difference.</summary>
    public required string Name { get; init; }

    /// <summary>What a password is checked against; null when nobody has set one, or when another system vouches for the person.</summary>
    public string? PasswordHash { get; init; }

    /// <summary>What the person may do.</summary>
    public required Role Role { get; init; }

    /// <summary>Changes with the password, and when the user is disabled: sessions of an earlier one are over.</summary>
    public required string Stamp { get; init; }

    /// <summary>When the user was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Since when the user may not sign in; null for one who may.</summary>
    public DateTimeOffset? DisabledAt { get; init; }

    /// <summary>Who another system says it is, as <c>issuer subject</c>; null for a user of this daemon's own.</summary>
    public string? External { get; init; }

    /// <summary>When the person last signed in.</summary>
    public DateTimeOffset? SignedInAt { get; init; }

    /// <summary>What makes names the same.</summary>
    public string Key => KeyOf(Name);

    /// <summary>Whether there is a way in for this person.</summary>
    public bool CanSignIn => DisabledAt is null && (PasswordHash is not null || External is not null);

    /// <summary>What makes names the same.</summary>
    public static string KeyOf(string name) => name.ToLowerInvariant();

    /// <summary>Without what is secret.</summary>
    public override string ToString() => $"{Name} ({Role})";
}
