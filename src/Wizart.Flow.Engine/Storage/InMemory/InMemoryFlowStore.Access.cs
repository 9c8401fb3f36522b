using Wizart.Flow.Engine.Access;

namespace Wizart.Flow.Engine.Storage.InMemory;

public sealed partial class InMemoryFlowStore
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<User>> UsersAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<User>>([.. _state.Users.Values]);

    /// <inheritdoc/>
    public Task<User?> UserAsync(string name, CancellationToken cancellation) => Task.FromResult(_state.Users.GetValueOrDefault(User.KeyOf(name)));

    /// <inheritdoc/>
    public Task<User?> ExternalUserAsync(string external, CancellationToken cancellation) =>
        Task.FromResult(_state.Users.Values.FirstOrDefault(user => user.External == external));

    /// <inheritdoc/>
    public Task<(Session Session, User User)?> SessionAsync(string id, CancellationToken cancellation)
    {
        var state = _state;
        return Task.FromResult<(Session, User)?>(
            state.Sessions.TryGetValue(id, out var session)
            && state.Users.TryGetValue(User.KeyOf(session.User), out var user)
            && user.Stamp == session.Stamp ? (session, user) : null);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredToken>> TokensAsync(string? owner, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<StoredToken>>([.. _state.Tokens.Values.Reverse()
            .Where(token => owner is null || User.KeyOf(token.Owner) == User.KeyOf(owner))]);

    /// <inheritdoc/>
    public Task<StoredToken?> TokenAsync(string hash, CancellationToken cancellation) =>
        Task.FromResult(_state.Tokens.Values.FirstOrDefault(token => token.Hash == hash));

    /// <inheritdoc/>
    public Task<SignInLink?> LinkAsync(string hash, CancellationToken cancellation) => Task.FromResult(_state.Links.GetValueOrDefault(hash));
}
