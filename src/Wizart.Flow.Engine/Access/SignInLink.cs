namespace Wizart.Flow.Engine.Access;

/// <summary>A link that lets somebody in once, to set a password.</summary>
/// <param name="Hash">SHA-256 of its code, 64 lower-case hexadecimal digits.</param>
/// <param name="User">For whom; null for the first admin, who chooses a name.</param>
/// <param name="ExpiresAt">When it is over.</param>
public sealed record SignInLink(string Hash, string? User, DateTimeOffset ExpiresAt);
