using Wizart.Flow.Engine.Access;

namespace Wizart.Flow.Engine.Storage.InMemory;

internal sealed partial class InMemoryTransaction
{
    public ValueTask<IReadOnlyList<User>> LockUsersAsync() => new([.. State.Users.Values]);

    public ValueTask SaveUserAsync(User user) => Change(State with { Users = State.Users.SetItem(user.Key, user) });

    public ValueTask RemoveUserAsync(string name)
    {
        var key = User.KeyOf(name);
        return Change(State with
        {
            Users = State.Users.Remove(key),
            Sessions = State.Sessions.RemoveRange(State.Sessions.Values.Where(session => User.KeyOf(session.User) == key).Select(session => session.Id)),
            Tokens = State.Tokens.RemoveRange(State.Tokens.Values.Where(token => User.KeyOf(token.Owner) == key).Select(token => token.Id)),
            Links = State.Links.RemoveRange(State.Links.Values.Where(link => link.User is { } user && User.KeyOf(user) == key).Select(link => link.Hash)),
        });
    }

    public ValueTask SaveSessionAsync(Session session) => Change(State with { Sessions = State.Sessions.SetItem(session.Id, session) });

    public ValueTask EndSessionAsync(string id) => Change(State with { Sessions = State.Sessions.Remove(id) });

    public ValueTask EndSessionsAsync(string user) => Change(State with
    {
        Sessions = State.Sessions.RemoveRange(
            State.Sessions.Values.Where(session => User.KeyOf(session.User) == User.KeyOf(user)).Select(session => session.Id)),
    });

    public ValueTask<StoredToken> InsertTokenAsync(StoredToken token)
    {
        var stored = token with { Id = State.LastTokenId + 1 };
        State = State with { LastTokenId = stored.Id, Tokens = State.Tokens.Add(stored.Id, stored) };
        return new(stored);
    }

    public ValueTask<bool> RevokeTokenAsync(long id, DateTimeOffset at)
    {
        if (!State.Tokens.TryGetValue(id, out var token) || token.RevokedAt is not null) return new(false);
        State = State with { Tokens = State.Tokens.SetItem(id, token with { RevokedAt = at }) };
        return new(true);
    }

    public ValueTask UseTokenAsync(long id, DateTimeOffset at) => State.Tokens.TryGetValue(id, out var token)
        ? Change(State with { Tokens = State.Tokens.SetItem(id, token with { UsedAt = at }) })
        : ValueTask.CompletedTask;

    public ValueTask SaveLinkAsync(SignInLink link) => Change(State with { Links = State.Links.SetItem(link.Hash, link) });

    public ValueTask<bool> TakeLinkAsync(string hash)
    {
        var was = State.Links.ContainsKey(hash);
        State = State with { Links = State.Links.Remove(hash) };
        return new(was);
    }

    public ValueTask RemoveFirstLinksAsync() => Change(State with
    {
        Links = State.Links.RemoveRange(State.Links.Values.Where(link => link.User is null).Select(link => link.Hash)),
    });

    public ValueTask<int> RemoveExpiredAccessAsync(DateTimeOffset before)
    {
        string[] sessions = [.. State.Sessions.Values.Where(session => session.ExpiresAt < before).Select(session => session.Id)];
        string[] links = [.. State.Links.Values.Where(link => link.ExpiresAt < before).Select(link => link.Hash)];
        State = State with { Sessions = State.Sessions.RemoveRange(sessions), Links = State.Links.RemoveRange(links) };
        return new(sessions.Length + links.Length);
    }

    private ValueTask Change(MemoryState state)
    {
        State = state;
        return ValueTask.CompletedTask;
    }
}
