using System.Text.Json;
using Wizart.Flow.Engine.Commands;
using Wizart.Flow.Engine.Coordination;
using Wizart.Flow.Engine.Storage;

namespace Wizart.Flow.Engine.Access;

/// <summary>
/// What admins ask for of users, and people of themselves. Everything that changes something is in the audit log. At least one admin
/// who may sign in is left, once there is one.
/// </summary>
public sealed partial class AccessCommands(RunCoordinator coordinator, IAccessReads store, IPasswordHashes passwords, TimeProvider time)
{
    /// <summary>Makes a user.</summary>
    /// <param name="name">The name; see <see cref="UserNames"/>.</param>
    /// <param name="role">What the person may do.</param>
    /// <param name="password">The password; null for a user who sets one through a link.</param>
    /// <param name="by">Who asks.</param>
    /// <exception cref="FlowCommandException">The name or the password is refused, or there is such a user.</exception>
    public Task<User> CreateAsync(string name, Role role, string? password, Caller by)
    {
        UserNames.Check(name);
        var hash = password is null ? null : HashOf(password, name);
        return WithUsersAsync(async (users, transaction) =>
        {
            if (users.Any(user => user.Key == User.KeyOf(name)))
                throw new FlowCommandException(Refusal.Conflict, $"There is a user '{name}' already.");
            var user = NewUser(name, role) with { PasswordHash = hash };
            await transaction.SaveUserAsync(user);
            await transaction.AuditAsync(Entry(by, "create user", user.Name, Words.Of(role)));
            return user;
        });
    }

    /// <summary>Gives a user another role. It counts from the next request on.</summary>
    /// <exception cref="FlowCommandException">There is no such user, or it is the last admin.</exception>
    public Task<User> SetRoleAsync(string name, Role role, Caller by) =>
        ChangeAsync(name, user => user with { Role = role }, by, "set role", Words.Of(role));

    /// <summary>Keeps a user from signing in and ends the sessions, or lets the user in again.</summary>
    /// <exception cref="FlowCommandException">There is no such user, or it is the last admin.</exception>
    public Task<User> DisableAsync(string name, bool disabled, Caller by) => ChangeAsync(
        name,
        user => disabled == (user.DisabledAt is not null)
            ? user
            : user with { DisabledAt = disabled ? time.GetUtcNow() : null, Stamp = Secrets.NewStamp() },
        by,
        disabled ? "disable user" : "enable user",
        null);

    /// <summary>Removes a user, and with the user all sessions and tokens. What the audit log says of the user stays.</summary>
    /// <exception cref="FlowCommandException">There is no such user, or it is the last admin.</exception>
    public Task RemoveAsync(string name, Caller by) => WithUsersAsync(async (users, transaction) =>
    {
        var user = Find(users, name);
        CheckLastAdmin(users, user, null);
        await transaction.RemoveUserAsync(user.Name);
        await transaction.AuditAsync(Entry(by, "remove user", user.Name, null));
        return true;
    });

    /// <summary>Sets a password. All sessions of the user end.</summary>
    /// <exception cref="FlowCommandException">There is no such user, the password is refused, or another system vouches for the user.</exception>
    public async Task<User> SetPasswordAsync(string name, string password, Caller by)
    {
        var known = await FindAsync(name);
        if (known.External is not null)
            throw new FlowCommandException(Refusal.Conflict, $"'{known.Name}' signs in through another system, and has no password here.");
        var hash = HashOf(password, known.Name);
        return await ChangeAsync(known.Name, user => user with { PasswordHash = hash, Stamp = Secrets.NewStamp() }, by, "set password", null);
    }

    /// <summary>Changes one's own password. All sessions of the user end.</summary>
    /// <exception cref="FlowCommandException">The old password is wrong, or the new one is refused.</exception>
    public async Task<User> ChangePasswordAsync(string name, string old, string password, Caller by)
    {
        var user = await FindAsync(name);
        if (passwords.Check(user.PasswordHash, Bounded(old)) == PasswordCheck.Wrong)
            throw new FlowCommandException(Refusal.Invalid, "The present password is another one.");
        return await SetPasswordAsync(name, password, by);
    }

    /// <summary>A user.</summary>
    /// <exception cref="FlowCommandException">There is none of this name.</exception>
    public async Task<User> FindAsync(string name) =>
        await store.UserAsync(name, CancellationToken.None) ?? throw Unknown(name, (await store.UsersAsync(CancellationToken.None)).Select(user => user.Name));

    private Task<User> ChangeAsync(string name, Func<User, User> change, Caller by, string action, string? detail) =>
        WithUsersAsync(async (users, transaction) =>
        {
            var user = Find(users, name);
            var changed = change(user);
            if (changed == user) return user;
            CheckLastAdmin(users, user, changed);
            await transaction.SaveUserAsync(changed);
            if (changed.Stamp != user.Stamp) await transaction.EndSessionsAsync(user.Name);
            await transaction.AuditAsync(Entry(by, action, user.Name, detail));
            return changed;
        });

    private static void CheckLastAdmin(IReadOnlyList<User> users, User user, User? changed)
    {
        if (!IsAdmin(user) || (changed is not null && IsAdmin(changed)) || users.Count(IsAdmin) > 1) return;
        throw new FlowCommandException(
            Refusal.Conflict, $"'{user.Name}' is the last admin who can sign in: make another user an admin first.");
    }

    /// <summary>Who can change what others may do.</summary>
    private static bool IsAdmin(User user) => user is { Role: Role.Admin, CanSignIn: true };

    private async Task<T> WithUsersAsync<T>(Func<IReadOnlyList<User>, IFlowTransaction, ValueTask<T>> change)
    {
        // A refusal must not fail the commit that others share: it is carried out of it.
        var (result, refused) = await coordinator.ExecuteAsync<(T?, FlowCommandException?)>(async transaction =>
        {
            try
            {
                return (await change(await transaction.LockUsersAsync(), transaction), null);
            }
            catch (FlowCommandException refusal)
            {
                return (default, refusal);
            }
        });
        return refused is null ? result! : throw refused;
    }

    private User NewUser(string name, Role role) => new() { Name = name, Role = role, Stamp = Secrets.NewStamp(), CreatedAt = time.GetUtcNow() };

    private string HashOf(string password, string name) => PasswordRules.WhyNot(password, name) is { } why
        ? throw new FlowCommandException(Refusal.Invalid, why)
        : passwords.Of(password);

    /// <summary>A password as it is checked: none is longer than the longest, and a longer one costs no time.</summary>
    private static string Bounded(string password) => password.Length <= PasswordRules.Longest ? password : "";

    private static User Find(IReadOnlyList<User> users, string name) =>
        users.FirstOrDefault(user => user.Key == User.KeyOf(name)) ?? throw Unknown(name, users.Select(user => user.Name));

    private static FlowCommandException Unknown(string name, IEnumerable<string> known) =>
        new(Refusal.NotFound, $"There is no user '{name}'.{Nearest.Hint(name, known)}");

    private AuditEntry Entry(Caller by, string action, string target, string? detail) =>
        new(time.GetUtcNow(), by, action, target, detail is null ? null : JsonSerializer.Serialize(detail));

    private static class Words
    {
        public static string Of(Role role) => role.ToString().ToLowerInvariant();
    }
}
