using System.Data;
using System.Data.Common;
using Npgsql;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Storage.Sql;

namespace Wizart.Flow.Storage.PostgreSql;

/// <summary>The store in a PostgreSQL database, for one daemon or many.</summary>
public sealed class PostgreSqlFlowStore : SqlFlowStore
{
    private readonly NpgsqlConnectionStringBuilder _server;
    private readonly NpgsqlDataSource _source;

    /// <param name="options">The connection string is required.</param>
    /// <exception cref="StoreException">It is missing or can't be read.</exception>
    public PostgreSqlFlowStore(StorageOptions options)
    {
        _server = Parse(options.ConnectionString);
        _source = NpgsqlDataSource.Create(_server);
    }

    /// <inheritdoc/>
    public override async Task InitializeAsync(CancellationToken cancellation)
    {
        try
        {
            await PostgreSqlSchema.UpgradeAsync(_source, $"'{_server.Database}' at {_server.Host}:{_server.Port}", cancellation);
        }
        catch (Exception error) when (Explain(error) is { } explained)
        {
            throw explained;
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<IFlowTransaction> BeginAsync(CancellationToken cancellation)
    {
        try
        {
            return new PostgreSqlFlowTransaction(this, await _source.OpenConnectionAsync(cancellation));
        }
        catch (Exception error) when (Explain(error) is { } explained)
        {
            throw explained;
        }
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => _source.DisposeAsync();

    internal override async ValueTask<DbConnection> OpenAsync(CancellationToken cancellation) => await _source.OpenConnectionAsync(cancellation);

    internal override ValueTask<DbTransaction> BeginSnapshotAsync(DbConnection connection, CancellationToken cancellation) =>
        connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);

    internal override StoreException? Explain(Exception error) => PostgreSqlErrors.Explain(error, _server);

    private static NpgsqlConnectionStringBuilder Parse(string? connectionString)
    {
        if (string.IsNullOrWhiteSpace(connectionString))
            throw new StoreException(
                "PostgreSQL needs a connection string, such as 'Host=db;Username=flow;Password=…;Database=flow'. Set it in the storage settings.");
        try
        {
            var server = new NpgsqlConnectionStringBuilder(connectionString);

            // The same few statements again and again: parsed and planned once per connection. A pooler that can't have
            // that is told by 'Max Auto Prepare=0'.
            if (!server.ShouldSerialize("Max Auto Prepare")) server.MaxAutoPrepare = 100;
            if (!server.ShouldSerialize("Auto Prepare Min Usages")) server.AutoPrepareMinUsages = 2;
            server.ApplicationName ??= "Wizart.Flow";
            return server;
        }
        catch (ArgumentException error)
        {
            throw new StoreException($"The PostgreSQL connection string can't be read: {error.Message}", error);
        }
    }
}
