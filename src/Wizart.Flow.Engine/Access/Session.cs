namespace Wizart.Flow.Engine.Access;

/// <summary>A person who is signed in, in one browser.</summary>
/// <param name="Id">A number that nobody guesses.</param>
/// <param name="User">The user's name.</param>
/// <param name="Stamp">The user's stamp at sign-in: the session is over when the user has another.</param>
/// <param name="CreatedAt">When the person signed in.</param>
/// <param name="ExpiresAt">When it ends unless it is used before.</param>
/// <param name="Address">From where.</param>
public sealed record Session(string Id, string User, string Stamp, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, string? Address);
