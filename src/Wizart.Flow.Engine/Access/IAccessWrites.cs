namespace Wizart.Flow.Engine.Access;

/// <summary>What is stored of users, sessions and tokens.</summary>
public interface IAccessWrites
{
    /// <summary>Holds the users until the end of the transaction, and gives them as they are now: what is decided on all of them stays true.</summary>
    ValueTask<IReadOnlyList<User>> LockUsersAsync();

    /// <summary>Stores a user, new or changed.</summary>
    ValueTask SaveUserAsync(User user);

    /// <summary>Removes a user with sessions, tokens and links.</summary>
    ValueTask RemoveUserAsync(string name);

    /// <summary>Stores a session, new or prolonged.</summary>
    ValueTask SaveSessionAsync(Session session);

    /// <summary>Ends a session.</summary>
    ValueTask EndSessionAsync(string id);

    /// <summary>Ends all sessions of a user.</summary>
    ValueTask EndSessionsAsync(string user);

    /// <summary>Stores a new token and gives it its number.</summary>
    ValueTask<StoredToken> InsertTokenAsync(StoredToken token);

    /// <summary>Stores that a token opens nothing any more; false when it did not before.</summary>
    ValueTask<bool> RevokeTokenAsync(long id, DateTimeOffset at);

    /// <summary>Stores when a token was used.</summary>
    ValueTask UseTokenAsync(long id, DateTimeOffset at);

    /// <summary>Stores a link.</summary>
    ValueTask SaveLinkAsync(SignInLink link);

    /// <summary>Takes a link away; false when it was not there, so that of two who use it one is let in.</summary>
    ValueTask<bool> TakeLinkAsync(string hash);

    /// <summary>Takes away the links for the first admin.</summary>
    ValueTask RemoveFirstLinksAsync();

    /// <summary>Removes sessions and links that were over before a time.</summary>
    ValueTask<int> RemoveExpiredAccessAsync(DateTimeOffset before);
}
