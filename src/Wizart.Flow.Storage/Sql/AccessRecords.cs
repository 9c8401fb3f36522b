using System.Data.Common;
using Wizart.Flow.Engine.Access;
using Wizart.Flow.Storage.Schema;

namespace Wizart.Flow.Storage.Sql;

/// <summary>Rows of users, sessions, tokens and links.</summary>
internal static class AccessRecords
{
    public const string UserColumns = "u.name, u.password_hash, u.role, u.stamp, u.created_at, u.disabled_at, u.external, u.signed_in_at";
    public const string TokenColumns = "id, name, owner, hash, role, created_at, expires_at, used_at, revoked_at";

    private const int UserColumnCount = 8;

    public static Task<List<User>> UsersAsync(DbConnection connection, CancellationToken cancellation = default) =>
        connection.Command($"select {UserColumns} from users u order by u.name_key").ListAsync(User, cancellation);

    public static async Task<(Session, User)?> SessionAsync(DbConnection connection, string id, CancellationToken cancellation)
    {
        var found = await connection.Command(
            $"""
            select {UserColumns}, s.stamp, s.created_at, s.expires_at, s.address
            from sessions s join users u on u.name_key = s.user_key and u.stamp = s.stamp where s.id = @id
            """,
            ("id", id)).ListAsync(row => Session(row, id), cancellation);
        return found.Count == 0 ? null : found[0];
    }

    public static User User(DbDataReader row) => new()
    {
        Name = row.GetString(0),
        PasswordHash = row.TextOrNull(1),
        Role = Words.Roles.Parse(row.GetString(2)),
        Stamp = row.GetString(3),
        CreatedAt = row.Time(4),
        DisabledAt = row.TimeOrNull(5),
        External = row.TextOrNull(6),
        SignedInAt = row.TimeOrNull(7),
    };

    public static StoredToken Token(DbDataReader row) => new()
    {
        Id = row.GetInt64(0),
        Name = row.GetString(1),
        Owner = row.GetString(2),
        Hash = row.GetString(3),
        Role = Words.Roles.Parse(row.GetString(4)),
        CreatedAt = row.Time(5),
        ExpiresAt = row.TimeOrNull(6),
        UsedAt = row.TimeOrNull(7),
        RevokedAt = row.TimeOrNull(8),
    };

    private static (Session, User) Session(DbDataReader row, string id)
    {
        var user = User(row);
        return (
            new Session(
                id, user.Name, row.GetString(UserColumnCount), row.Time(UserColumnCount + 1), row.Time(UserColumnCount + 2),
                row.TextOrNull(UserColumnCount + 3)),
            user);
    }
}
