namespace Wizart.Flow.Engine.Access;

/// <summary>Who may do what; sees what is committed.</summary>
public interface IAccessReads
{
    /// <summary>All users, by their names.</summary>
    Task<IReadOnlyList<User>> UsersAsync(CancellationToken cancellation);

    /// <summary>A user by name, whatever its case; null when there is none.</summary>
    Task<User?> UserAsync(string name, CancellationToken cancellation);

    /// <summary>The user for whom another system vouches; null when there is none.</summary>
    Task<User?> ExternalUserAsync(string external, CancellationToken cancellation);

    /// <summary>A session and its user; null when there is none, or the user has another stamp by now.</summary>
    Task<(Session Session, User User)?> SessionAsync(string id, CancellationToken cancellation);

    /// <summary>All tokens, newest first, or those of one owner.</summary>
    Task<IReadOnlyList<StoredToken>> TokensAsync(string? owner, CancellationToken cancellation);

    /// <summary>A token by the hash of its secret; null when there is none.</summary>
    Task<StoredToken?> TokenAsync(string hash, CancellationToken cancellation);

    /// <summary>A link by the hash of its code; null when there is none.</summary>
    Task<SignInLink?> LinkAsync(string hash, CancellationToken cancellation);
}
