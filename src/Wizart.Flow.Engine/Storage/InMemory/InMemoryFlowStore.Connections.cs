using Wizart.Flow.Engine.Connections;
using Wizart.Flow.Engine.Requests;

namespace Wizart.Flow.Engine.Storage.InMemory;

public sealed partial class InMemoryFlowStore
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredConnection>> ConnectionsAsync(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<StoredConnection>>([.. _state.Connections.Values]);

    /// <inheritdoc/>
    public ValueTask<StoredConnection?> ConnectionAsync(string id, CancellationToken cancellation) => new(_state.Connections.GetValueOrDefault(id));

    /// <inheritdoc/>
    public ValueTask<KeptAnswer?> AnswerAsync(string key, DateTimeOffset since, CancellationToken cancellation) =>
        new(_state.Answers.TryGetValue(key, out var kept) && kept.At >= since ? kept.Answer : null);
}
