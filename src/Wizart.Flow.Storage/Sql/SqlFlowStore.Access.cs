using Wizart.Flow.Engine.Access;

namespace Wizart.Flow.Storage.Sql;

public abstract partial class SqlFlowStore
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<User>> UsersAsync(CancellationToken cancellation) =>
        await ReadAsync(connection => AccessRecords.UsersAsync(connection, cancellation), cancellation);

    /// <inheritdoc/>
    public Task<User?> UserAsync(string name, CancellationToken cancellation) => UserWhereAsync("u.name_key = @value", User.KeyOf(name), cancellation);

    /// <inheritdoc/>
    public Task<User?> ExternalUserAsync(string external, CancellationToken cancellation) =>
        UserWhereAsync("u.external = @value", external, cancellation);

    /// <inheritdoc/>
    public Task<(Session Session, User User)?> SessionAsync(string id, CancellationToken cancellation) =>
        ReadAsync(connection => AccessRecords.SessionAsync(connection, id, cancellation), cancellation);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StoredToken>> TokensAsync(string? owner, CancellationToken cancellation) =>
        await ReadAsync(
            connection => (owner is null
                ? connection.Command($"select {AccessRecords.TokenColumns} from api_tokens order by id desc")
                : connection.Command(
                    $"select {AccessRecords.TokenColumns} from api_tokens where owner_key = @owner order by id desc", ("owner", User.KeyOf(owner))))
                .ListAsync(AccessRecords.Token, cancellation),
            cancellation);

    /// <inheritdoc/>
    public async Task<StoredToken?> TokenAsync(string hash, CancellationToken cancellation)
    {
        var found = await ReadAsync(
            connection => connection.Command($"select {AccessRecords.TokenColumns} from api_tokens where hash = @hash", ("hash", hash))
                .ListAsync(AccessRecords.Token, cancellation),
            cancellation);
        return found.SingleOrDefault();
    }

    /// <inheritdoc/>
    public async Task<SignInLink?> LinkAsync(string hash, CancellationToken cancellation)
    {
        var found = await ReadAsync(
            connection => connection.Command(
                """
                select l.hash, u.name, l.expires_at from sign_in_links l left join users u on u.name_key = l.user_key
                where l.hash = @hash and (l.user_key is null or u.name_key is not null)
                """,
                ("hash", hash))
                .ListAsync(row => new SignInLink(row.GetString(0), row.TextOrNull(1), row.Time(2)), cancellation),
            cancellation);
        return found.SingleOrDefault();
    }

    private async Task<User?> UserWhereAsync(string condition, string value, CancellationToken cancellation)
    {
        var found = await ReadAsync(
            connection => connection.Command($"select {AccessRecords.UserColumns} from users u where {condition}", ("value", value))
                .ListAsync(AccessRecords.User, cancellation),
            cancellation);
        return found.SingleOrDefault();
    }
}
