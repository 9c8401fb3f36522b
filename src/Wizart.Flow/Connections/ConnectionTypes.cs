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
    private readonly Dictionary<string, Func<ConnectionKind>> _kinds = new(StringComparer.Ordinal);

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

    /// <summary>Says what people need to know of a kind of connection; asked for only where people are.</summary>
    /// <param name="kind">The value of <see cref="ConnectionSettings.Type"/>.</param>
    /// <param name="describe">Makes the description.</param>
    public ConnectionTypes Describe(string kind, Func<ConnectionKind> describe)
    {
        _kinds[kind] = describe;
        return this;
    }

    /// <summary>The kinds that are described, by name.</summary>
    public IEnumerable<ConnectionKind> Kinds => _kinds.OrderBy(k => k.Key, StringComparer.Ordinal).Select(k => k.Value());

    /// <summary>The description of a kind; null when there is none.</summary>
    public ConnectionKind? FindKind(string kind) => _kinds.TryGetValue(kind, out var describe) ? describe() : null;

    /// <summary>How clients of this type are built, or null.</summary>
    public ConnectionType? Find(Type client) => _byClient.GetValueOrDefault(client);
}

/// <summary>One client type and how it is built.</summary>
public sealed record ConnectionType(
    Type Client,
    IReadOnlyList<string> Kinds,
    Func<ConnectionSettings, ConnectionScope, object> Build);
