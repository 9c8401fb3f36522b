using Wizart.Flow.Connections;

namespace Wizart.Flow.Engine.Attempts;

/// <summary>Where connections are kept.</summary>
public interface ISecretStore
{
    /// <summary>The settings of a connection; null when there is none of this id.</summary>
    ValueTask<ConnectionSettings?> FindConnectionAsync(string id, CancellationToken cancellation);
}
