using Wizart.Flow.Engine.Connections;
using Wizart.Flow.Engine.Requests;

namespace Wizart.Flow.Storage.Sql;

public abstract partial class SqlFlowStore
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<StoredConnection>> ConnectionsAsync(CancellationToken cancellation)
    {
        var connections = await ReadAsync(
            connection => connection.Command($"select {ConnectionRecords.Columns} from connections").ListAsync(ConnectionRecords.Connection, cancellation),
            cancellation);
        return [.. connections.OrderBy(c => c.Id, StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public async ValueTask<StoredConnection?> ConnectionAsync(string id, CancellationToken cancellation) =>
        (await ReadAsync(
            connection => connection.Command($"select {ConnectionRecords.Columns} from connections where id = @id", ("id", id))
                .ListAsync(ConnectionRecords.Connection, cancellation),
            cancellation)).SingleOrDefault();

    /// <inheritdoc/>
    public async ValueTask<KeptAnswer?> AnswerAsync(string key, DateTimeOffset since, CancellationToken cancellation) =>
        await ReadAsync(connection => ConnectionRecords.AnswerAsync(connection, key, since, cancellation), cancellation);
}
