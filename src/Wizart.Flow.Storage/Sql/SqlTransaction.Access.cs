using Wizart.Flow.Engine.Access;
using Wizart.Flow.Storage.Schema;

namespace Wizart.Flow.Storage.Sql;

internal abstract partial class SqlTransaction
{
    public ValueTask<IReadOnlyList<User>> LockUsersAsync() => DoAsync<IReadOnlyList<User>>(async connection =>
    {
        await LockUsersAsync(connection);
        return await AccessRecords.UsersAsync(connection);
    });

    public ValueTask SaveUserAsync(User user) => DoAsync(connection => connection.Command(
        """
        insert into users (name_key, name, password_hash, role, stamp, created_at, disabled_at, external, signed_in_at)
        values (@key, @name, @hash, @role, @stamp, @created, @disabled, @external, @signed)
        on conflict (name_key) do update set name = excluded.name, password_hash = excluded.password_hash, role = excluded.role,
            stamp = excluded.stamp, disabled_at = excluded.disabled_at, external = excluded.external, signed_in_at = excluded.signed_in_at
        """,
        ("key", user.Key), ("name", user.Name), ("hash", user.PasswordHash), ("role", Words.Roles[user.Role]), ("stamp", user.Stamp),
        ("created", user.CreatedAt), ("disabled", user.DisabledAt), ("external", user.External), ("signed", user.SignedInAt)).ExecuteAsync());

    public ValueTask RemoveUserAsync(string name) => DoAsync(async connection =>
    {
        var key = User.KeyOf(name);
        await connection.Command("delete from sessions where user_key = @key", ("key", key)).ExecuteAsync();
        await connection.Command("delete from api_tokens where owner_key = @key", ("key", key)).ExecuteAsync();
        await connection.Command("delete from sign_in_links where user_key = @key", ("key", key)).ExecuteAsync();
        return await connection.Command("delete from users where name_key = @key", ("key", key)).ExecuteAsync();
    });

    public ValueTask SaveSessionAsync(Session session) => DoAsync(connection => connection.Command(
        """
        insert into sessions (id, user_key, stamp, created_at, expires_at, address) values (@id, @user, @stamp, @created, @expires, @address)
        on conflict (id) do update set expires_at = excluded.expires_at
        """,
        ("id", session.Id), ("user", User.KeyOf(session.User)), ("stamp", session.Stamp), ("created", session.CreatedAt),
        ("expires", session.ExpiresAt), ("address", session.Address)).ExecuteAsync());

    public ValueTask EndSessionAsync(string id) =>
        DoAsync(connection => connection.Command("delete from sessions where id = @id", ("id", id)).ExecuteAsync());

    public ValueTask EndSessionsAsync(string user) =>
        DoAsync(connection => connection.Command("delete from sessions where user_key = @user", ("user", User.KeyOf(user))).ExecuteAsync());

    public ValueTask<StoredToken> InsertTokenAsync(StoredToken token) => DoAsync(async connection => token with
    {
        Id = await connection.Command(
            """
            insert into api_tokens (name, owner, owner_key, hash, role, created_at, expires_at, used_at, revoked_at)
            values (@name, @owner, @key, @hash, @role, @created, @expires, @used, @revoked) returning id
            """,
            ("name", token.Name), ("owner", token.Owner), ("key", User.KeyOf(token.Owner)), ("hash", token.Hash), ("role", Words.Roles[token.Role]),
            ("created", token.CreatedAt), ("expires", token.ExpiresAt), ("used", token.UsedAt), ("revoked", token.RevokedAt)).ScalarAsync<long>(),
    });

    public ValueTask<bool> RevokeTokenAsync(long id, DateTimeOffset at) => DoAsync(async connection => await connection.Command(
        "update api_tokens set revoked_at = @at where id = @id and revoked_at is null", ("at", at), ("id", id)).ExecuteAsync() == 1);

    public ValueTask UseTokenAsync(long id, DateTimeOffset at) => DoAsync(connection => connection.Command(
        "update api_tokens set used_at = @at where id = @id", ("at", at), ("id", id)).ExecuteAsync());

    public ValueTask SaveLinkAsync(SignInLink link) => DoAsync(connection => connection.Command(
        "insert into sign_in_links (hash, user_key, expires_at) values (@hash, @user, @expires)",
        ("hash", link.Hash), ("user", link.User is { } user ? User.KeyOf(user) : null), ("expires", link.ExpiresAt)).ExecuteAsync());

    public ValueTask<bool> TakeLinkAsync(string hash) => DoAsync(async connection =>
        await connection.Command("delete from sign_in_links where hash = @hash", ("hash", hash)).ExecuteAsync() == 1);

    public ValueTask RemoveFirstLinksAsync() =>
        DoAsync(connection => connection.Command("delete from sign_in_links where user_key is null").ExecuteAsync());

    public ValueTask<int> RemoveExpiredAccessAsync(DateTimeOffset before) => DoAsync<int>(async connection =>
        await connection.Command("delete from sessions where expires_at < @before", ("before", before)).ExecuteAsync()
        + await connection.Command("delete from sign_in_links where expires_at < @before", ("before", before)).ExecuteAsync());
}
