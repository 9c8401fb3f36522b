using Wizart.Flow.Engine.Limits;

namespace Wizart.Flow.Storage.Sql;

public abstract partial class SqlFlowStore
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredPool>> PoolsAsync(CancellationToken cancellation) =>
        ReadAsync(connection => LimitRecords.PoolsAsync(connection, cancellation), cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Holder>> HoldersAsync(LimitKey limit, CancellationToken cancellation) =>
        ReadAsync(connection => LimitRecords.HoldersAsync(connection, limit, cancellation), cancellation);

    /// <inheritdoc/>
    public Task<PastTask?> PastOfAsync(string dagId, DateTimeOffset logicalDate, string taskId, CancellationToken cancellation) =>
        ReadAsync(connection => LimitRecords.PastAsync(connection, dagId, logicalDate, taskId, cancellation), cancellation);
}
