using Wizart.Flow.Engine.Commands;

namespace Wizart.Flow.Engine.Access;

/// <summary>A token that was just made.</summary>
/// <param name="Token">What is stored of it.</param>
/// <param name="Secret">What opens the API; it can't be shown again.</param>
public sealed record IssuedToken(StoredToken Token, string Secret)
{
    /// <summary>Without the secret.</summary>
    public override string ToString() => $"token {Token.Owner}/{Token.Name}";
}

public sealed partial class AccessCommands
{
    private static readonly TimeSpan UseStep = TimeSpan.FromMinutes(1);

    /// <summary>Makes a token.</summary>
    /// <param name="name">What it is for: 1 to 64 letters, digits, '.', '_' and '-'.</param>
    /// <param name="owner">The user it belongs to, or <see cref="StoredToken.Local"/>.</param>
    /// <param name="role">What it may do.</param>
    /// <param name="expiresAt">From when on it opens nothing; null for never.</param>
    /// <param name="by">Who asks.</param>
    /// <exception cref="FlowCommandException">The name or the time makes no sense, or the owner may do less.</exception>
    public Task<IssuedToken> IssueTokenAsync(string name, string owner, Role role, DateTimeOffset? expiresAt, Caller by)
    {
        if (!TokenName().IsMatch(name))
            throw new FlowCommandException(Refusal.Invalid, "A token needs a name that says what it is for: 1 to 64 letters, digits, '.', '_' and '-'.");
        var now = time.GetUtcNow();
        if (expiresAt <= now) throw new FlowCommandException(Refusal.Invalid, "The token would be over before it begins. Give a time that lies ahead.");
        var secret = Secrets.NewToken();
        return WithUsersAsync(async (users, transaction) =>
        {
            if (owner != StoredToken.Local && Find(users, owner).Role < role)
                throw new FlowCommandException(Refusal.Invalid, $"'{owner}' is {Words.Of(Find(users, owner).Role)}: a token can't be {Words.Of(role)}.");
            if ((await store.TokensAsync(owner, CancellationToken.None)).Any(t => t.Name == name && t.IsOpen(now)))
                throw new FlowCommandException(Refusal.Conflict, $"'{owner}' has a token '{name}' already. Revoke that first, or choose another name.");
            var token = await transaction.InsertTokenAsync(new StoredToken
            {
                Name = name,
                Owner = owner,
                Hash = Secrets.HashOf(secret),
                Role = role,
                CreatedAt = now,
                ExpiresAt = expiresAt,
            });
            await transaction.AuditAsync(Entry(by, "create token", $"{owner}/{name}", Words.Of(role)));
            return new IssuedToken(token, secret);
        });
    }

    /// <summary>Takes a token back.</summary>
    /// <param name="id">The token.</param>
    /// <param name="owner">Whose it must be; null for anybody's.</param>
    /// <param name="by">Who asks.</param>
    /// <exception cref="FlowCommandException">There is no such token, or it is revoked already.</exception>
    public async Task RevokeTokenAsync(long id, string? owner, Caller by)
    {
        var token = (await store.TokensAsync(owner, CancellationToken.None)).FirstOrDefault(t => t.Id == id)
            ?? throw new FlowCommandException(Refusal.NotFound, $"There is no token {id}.");
        var was = await coordinator.ExecuteAsync(async transaction =>
        {
            if (!await transaction.RevokeTokenAsync(id, time.GetUtcNow())) return false;
            await transaction.AuditAsync(Entry(by, "revoke token", $"{token.Owner}/{token.Name}", null));
            return true;
        });
        if (!was) throw new FlowCommandException(Refusal.Conflict, $"Token {id} is revoked already.");
    }

    /// <summary>What a secret opens: the token, with the role it has now; null when it opens nothing.</summary>
    public async Task<StoredToken?> CheckTokenAsync(string secret, CancellationToken cancellation)
    {
        if (!secret.StartsWith(Secrets.TokenPrefix, StringComparison.Ordinal)) return null;
        var now = time.GetUtcNow();
        if (await store.TokenAsync(Secrets.HashOf(secret), cancellation) is not { } token || !token.IsOpen(now)) return null;
        if (token.Owner != StoredToken.Local)
        {
            if (await store.UserAsync(token.Owner, cancellation) is not { DisabledAt: null } owner) return null;
            if (owner.Role < token.Role) token = token with { Role = owner.Role };
        }

        if (token.UsedAt is null || now - token.UsedAt >= UseStep)
            await coordinator.ExecuteAsync(async transaction =>
            {
                await transaction.UseTokenAsync(token.Id, now);
                return true;
            });
        return token;
    }

    [System.Text.RegularExpressions.GeneratedRegex(@"^[\p{L}\p{Nd}][\p{L}\p{Nd}._\-]{0,63}\z", System.Text.RegularExpressions.RegexOptions.CultureInvariant)]
    private static partial System.Text.RegularExpressions.Regex TokenName();
}
