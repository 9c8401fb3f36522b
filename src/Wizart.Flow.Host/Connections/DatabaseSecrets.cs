using Wizart.Flow.Connections;
using Wizart.Flow.Engine.Attempts;
using Wizart.Flow.Engine.Connections;

namespace Wizart.Flow.Host.Connections;

/// <summary>The connections that tasks get: those of the environment first, then those of the file, then those of the database.</summary>
internal sealed class DatabaseSecrets(ConnectionsFile given, StoredSettings stored) : ISecretStore
{
    public async ValueTask<ConnectionSettings?> FindConnectionAsync(string id, CancellationToken cancellation) =>
        await given.FindConnectionAsync(id, cancellation) ?? await stored.FindAsync(id, cancellation);
}
