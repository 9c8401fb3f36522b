using Wizart.Flow.Engine.Commands;

namespace Wizart.Flow.Engine.Access;

public sealed partial class AccessCommands
{
    /// <summary>How long a session lasts that is not used.</summary>
    public static TimeSpan SessionLength { get; } = TimeSpan.FromDays(14);

    /// <summary>How long a link for the first admin, or for a user, lets in.</summary>
    public static TimeSpan LinkLength { get; } = TimeSpan.FromMinutes(30);

    /// <summary>Whether nobody can sign in who could let others in.</summary>
    public async Task<bool> NeedsFirstAdminAsync(CancellationToken cancellation) => !(await store.UsersAsync(cancellation)).Any(IsAdmin);

    /// <summary>The user of a name and password who may sign in; null when there is none. Takes as long whether there is such a user or not.</summary>
    public async Task<User?> CheckPasswordAsync(string name, string password, CancellationToken cancellation)
    {
        var user = await store.UserAsync(name, cancellation);
        var check = passwords.Check(user?.PasswordHash, Bounded(password));
        if (user is null || check == PasswordCheck.Wrong || user.DisabledAt is not null) return null;
        return check == PasswordCheck.RightButOld ? await RehashAsync(user, password) : user;
    }

    /// <summary>Signs a user in.</summary>
    /// <param name="user">The user as found when the person was known.</param>
    /// <param name="address">From where.</param>
    /// <exception cref="FlowCommandException">The user was disabled, removed or given another password meanwhile.</exception>
    public async Task<Session> SignInAsync(User user, string? address)
    {
        var now = time.GetUtcNow();
        var session = new Session(Secrets.NewStamp(), user.Name, user.Stamp, now, now + SessionLength, address);
        return await WithUsersAsync(async (users, transaction) =>
        {
            var known = Find(users, user.Name);
            if (known.Stamp != user.Stamp || !known.CanSignIn)
                throw new FlowCommandException(Refusal.Conflict, "The user was changed at this moment. Sign in again.");
            await transaction.SaveUserAsync(known with { SignedInAt = now });
            await transaction.SaveSessionAsync(session);
            await transaction.AuditAsync(Entry(new Caller(user.Name, address), "sign in", user.Name, null));
            return session;
        });
    }

    /// <summary>Ends a session.</summary>
    public Task SignOutAsync(string sessionId, Caller by) => coordinator.ExecuteAsync(async transaction =>
    {
        await transaction.EndSessionAsync(sessionId);
        await transaction.AuditAsync(Entry(by, "sign out", by.Name, null));
        return true;
    });

    /// <summary>Prolongs a session that is used.</summary>
    public Task ProlongAsync(Session session) => coordinator.ExecuteAsync(async transaction =>
    {
        await transaction.SaveSessionAsync(session with { ExpiresAt = time.GetUtcNow() + SessionLength });
        return true;
    });

    /// <summary>Makes the code of a link for the first admin; null when there is an admin who can sign in. Links made before are over.</summary>
    public Task<string?> FirstLinkAsync() => WithUsersAsync<string?>(async (users, transaction) =>
    {
        if (users.Any(IsAdmin)) return null;
        await transaction.RemoveFirstLinksAsync();
        var code = Secrets.NewCode();
        await transaction.SaveLinkAsync(new SignInLink(Secrets.HashOf(code), null, time.GetUtcNow() + LinkLength));
        return code;
    });

    /// <summary>Makes the code of a link that lets a user set a password.</summary>
    /// <exception cref="FlowCommandException">There is no such user, or it is disabled, or another system vouches for it.</exception>
    public Task<string> LinkAsync(string name, Caller by) => WithUsersAsync(async (users, transaction) =>
    {
        var user = Find(users, name);
        if (user.DisabledAt is not null) throw new FlowCommandException(Refusal.Conflict, $"'{user.Name}' is disabled: enable the user first.");
        if (user.External is not null) throw new FlowCommandException(Refusal.Conflict, $"'{user.Name}' signs in through another system, and has no password here.");
        var code = Secrets.NewCode();
        await transaction.SaveLinkAsync(new SignInLink(Secrets.HashOf(code), user.Name, time.GetUtcNow() + LinkLength));
        await transaction.AuditAsync(Entry(by, "make sign-in link", user.Name, null));
        return code;
    });

    /// <summary>The link of a code while it lets in; null when it is used up, too old, or of no use any more.</summary>
    public async Task<SignInLink?> FindLinkAsync(string code, CancellationToken cancellation)
    {
        var link = await store.LinkAsync(Secrets.HashOf(code), cancellation);
        if (link is null || link.ExpiresAt <= time.GetUtcNow()) return null;
        return link.User is null && !await NeedsFirstAdminAsync(cancellation) ? null : link;
    }

    /// <summary>Uses a link up: sets the password of its user, or makes the first admin.</summary>
    /// <param name="code">The link's code.</param>
    /// <param name="name">The name of the first admin; not looked at for a link of a user.</param>
    /// <param name="password">The password.</param>
    /// <param name="address">From where.</param>
    /// <exception cref="FlowCommandException">The link is over, or the name or password is refused; a refused one does not use the link up.</exception>
    public async Task<User> UseLinkAsync(string code, string name, string password, string? address)
    {
        var link = await FindLinkAsync(code, CancellationToken.None) ?? throw LinkIsOver();
        name = link.User ?? name;
        if (link.User is null) UserNames.Check(name);
        var hash = HashOf(password, name);
        return await WithUsersAsync(async (users, transaction) =>
        {
            if (link.User is null && users.Any(IsAdmin)) throw LinkIsOver();
            var known = users.FirstOrDefault(user => user.Key == User.KeyOf(name));
            if (link.User is not null && known is not { DisabledAt: null, External: null }) throw LinkIsOver();
            if (link.User is null && known is { External: not null }) throw new FlowCommandException(Refusal.Conflict, $"'{name}' signs in through another system. Choose another name.");
            if (!await transaction.TakeLinkAsync(link.Hash)) throw LinkIsOver();
            var user = (known ?? NewUser(name, Role.Admin)) with { PasswordHash = hash, Stamp = Secrets.NewStamp() };
            if (link.User is null) user = user with { Role = Role.Admin, DisabledAt = null };
            await transaction.SaveUserAsync(user);
            await transaction.EndSessionsAsync(user.Name);
            var action = known is null ? "create user" : "set password";
            await transaction.AuditAsync(Entry(new Caller(user.Name, address), action, user.Name, link.User is null ? "admin" : null));
            return user;
        });
    }

    /// <summary>The user for whom another system vouches, made at the first sign-in, with the role that system gives now.</summary>
    /// <param name="external">Who that system says it is: <c>issuer subject</c>.</param>
    /// <param name="name">The name that system gives.</param>
    /// <param name="role">The role that its claims stand for.</param>
    /// <param name="address">From where.</param>
    /// <exception cref="FlowCommandException">The name is refused or is another user's, or the user is disabled.</exception>
    public Task<User> VouchedAsync(string external, string name, Role role, string? address)
    {
        UserNames.Check(name);
        return WithUsersAsync(async (users, transaction) =>
        {
            var known = users.FirstOrDefault(user => user.External == external);
            if (known is { DisabledAt: not null }) throw new FlowCommandException(Refusal.Conflict, $"'{known.Name}' is disabled. Ask an admin.");
            if (known is null && users.Any(user => user.Key == User.KeyOf(name)))
                throw new FlowCommandException(Refusal.Conflict, $"There is another user '{name}' already, who does not sign in this way. Ask an admin to remove or rename one of them.");
            if (known is not null && known.Role == role) return known;
            var user = (known ?? NewUser(name, role) with { External = external }) with { Role = role };
            await transaction.SaveUserAsync(user);
            await transaction.AuditAsync(Entry(new Caller(user.Name, address), known is null ? "create user" : "set role", user.Name, Words.Of(role)));
            return user;
        });
    }

    /// <summary>Removes sessions and links that are long over.</summary>
    public Task RemoveExpiredAsync() => coordinator.ExecuteAsync(transaction => transaction.RemoveExpiredAccessAsync(time.GetUtcNow()));

    private async Task<User> RehashAsync(User user, string password)
    {
        var renewed = user with { PasswordHash = passwords.Of(password) };
        return await WithUsersAsync(async (users, transaction) =>
        {
            if (Find(users, user.Name) is var known && known.Stamp == user.Stamp)
                await transaction.SaveUserAsync(known with { PasswordHash = renewed.PasswordHash });
            return renewed;
        });
    }

    private static FlowCommandException LinkIsOver() => new(
        Refusal.NotFound, "This link is used up or too old. Make another with 'flow user link NAME', or start the daemon again while it has no admin.");
}
