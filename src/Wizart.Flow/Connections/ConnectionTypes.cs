namespace Wizart.Flow.Connections;

/// <summary>Where a client is built: what it may use of the attempt it serves.</summary>
/// <param name="Time">The clock.</param>
/// <param name="Log">Writes to the attempt's log.</param>
/// <param name="Cancellation">Cancelled with the attempt.</param>
public sealed record ConnectionScope(TimeProvider Time, Action<string, LogLevel> Log, CancellationToken Cancellation);

/// <summary>
/// Which client types there are and how each is built from settings. Providers add theirs in an extension method
/// (<c>types.AddHttp()</c>). A client that is <see cref="IAsyncDisposable"/> or <see cref="IDisposable"/> is disposed
/// when its attempt ends.
/// </summary>
public sealed class ConnectionTypes
{
    private readonly Dictionary<Type, ConnectionType> _byClient = [];

    /// <summary>All that were added.</summary>
    public IEnumerable<ConnectionType> All => _byClient.Values;

    /// <summary>Adds a client type; a later one of the same type replaces it, which is how tests put in fakes.</summary>
    /// <param name="kinds">The values of <see cref="ConnectionSettings.Type"/> that it understands.</param>
    /// <param name="build">Builds the client; throws <see cref="ConnectionException"/> when settings are missing or wrong.</param>
    public ConnectionTypes Add<T>(IReadOnlyList<string> kinds, Func<ConnectionSettings, ConnectionScope, T> build)
        where T : notnull
    {
        _byClient[typeof(T)] = new ConnectionType(typeof(T), kinds, (settings, scope) => build(settings, scope));
        return this;
    }

    /// <summary>How clients of this type are built, or null.</summary>
    public ConnectionType? Find(Type client) => _byClient.GetValueOrDefault(client);
}

/// <summary>One client type and how it is built.</summary>
public sealed record ConnectionType(
    Type Client,
    IReadOnlyList<string> Kinds,
    Func<ConnectionSettings, ConnectionScope, object> Build);
