namespace Wizart.Flow.Engine.Connections;

/// <summary>A connection as it is stored.</summary>
/// <param name="Id">The id that scripts name.</param>
/// <param name="Type">Which kind it is.</param>
/// <param name="Description">Words for people.</param>
/// <param name="Settings">Its settings, encrypted.</param>
/// <param name="UpdatedAt">When it was last changed; never twice the same for one connection.</param>
public sealed record StoredConnection(string Id, string Type, string? Description, byte[] Settings, DateTimeOffset UpdatedAt);

/// <summary>What is known of stored connections; sees what is committed.</summary>
public interface IConnectionReads
{
    /// <summary>All, by id.</summary>
    Task<IReadOnlyList<StoredConnection>> ConnectionsAsync(CancellationToken cancellation);

    /// <summary>One; null when there is none.</summary>
    ValueTask<StoredConnection?> ConnectionAsync(string id, CancellationToken cancellation);
}

/// <summary>What a transaction can do about connections.</summary>
public interface IConnectionWrites
{
    /// <summary>One, which nobody else changes until the transaction is over; null when there is none.</summary>
    ValueTask<StoredConnection?> LockConnectionAsync(string id);

    /// <summary>Stores a connection in the place of the one before.</summary>
    ValueTask SaveConnectionAsync(StoredConnection connection);

    /// <summary>Removes a connection; false when there was none.</summary>
    ValueTask<bool> RemoveConnectionAsync(string id);
}
