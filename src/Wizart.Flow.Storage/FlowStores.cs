using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Storage.PostgreSql;
using Wizart.Flow.Storage.Sql;
using Wizart.Flow.Storage.Sqlite;

namespace Wizart.Flow.Storage;

/// <summary>Makes the store that the options name.</summary>
public static class FlowStores
{
    /// <summary>
    /// The store and the services over it. Nothing is opened before <see cref="IFlowStore.InitializeAsync"/>; disposing of
    /// the store ends all three.
    /// </summary>
    /// <param name="options">Which database, and where.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="StoreException">The connection string is missing or can't be read.</exception>
    public static (IFlowStore Store, IFlowQueries Queries, IRetention Retention) Create(StorageOptions options, TimeProvider time)
    {
        SqlFlowStore store = options.Provider switch
        {
            StorageProvider.Sqlite => new SqliteFlowStore(options, time),
            StorageProvider.PostgreSql => new PostgreSqlFlowStore(options),
            _ => throw new ArgumentOutOfRangeException(nameof(options), options.Provider, "Not a kind of database."),
        };
        return (store, new SqlFlowQueries(store), new SqlRetention(store));
    }
}
