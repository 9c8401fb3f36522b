using Wizart.Flow.Connections;
using Wizart.Flow.Engine.Attempts;
using Wizart.Flow.Engine.Connections;
using Wizart.Flow.Host.Daemon;

namespace Wizart.Flow.Host.Connections;

/// <summary>
/// Connections from <c>connections.json</c> beside the pipelines: <c>{"shop": {"type": "http", "url": "…"}}</c>, read again when
/// it has changed. The environment goes first: <c>FLOW_CONN_SHOP</c> holds the same JSON for one connection, and
/// <c>${NAME}</c> inside a value stands for a variable of the environment. <c>flow</c> is the running daemon's own API, unless
/// it is defined otherwise.
/// </summary>
/// <param name="pipelines">The folder of the file.</param>
/// <param name="state">The daemon's state folder, where it says how to reach it.</param>
/// <param name="environment">Gives variables of the environment; the process's own by default.</param>
public sealed class ConnectionsFile(string pipelines, string state, Func<string, string?>? environment = null) : ISecretStore, IGivenConnections
{
    /// <summary>The file's name.</summary>
    public const string Name = "connections.json";

    private const string OwnApi = "flow";
    private const string VariablePrefix = "FLOW_CONN_";
    private readonly Func<string, string?> _environment = environment ?? Environment.GetEnvironmentVariable;
    private readonly Func<IEnumerable<string>> _variables = environment is null ? Variables : () => [];
    private readonly string _path = Path.Combine(pipelines, Name);
    private readonly Lock _lock = new();
    private (DateTime Written, long Length) _stamp;
    private IReadOnlyDictionary<string, ConnectionSettings> _entries = new Dictionary<string, ConnectionSettings>();

    /// <summary>The settings of a connection; null when there is none of this id.</summary>
    /// <exception cref="ConnectionException">The file or the variable can't be read; the message says where and what to do.</exception>
    public ValueTask<ConnectionSettings?> FindConnectionAsync(string id, CancellationToken cancellation) => new(Find(id));

    /// <summary>
    /// Those of the environment and of the file, by id; one of the environment that the file does not name has its id in lower case.
    /// <c>flow</c> is among them while a daemon runs here.
    /// </summary>
    public IReadOnlyList<KnownConnection> All()
    {
        IReadOnlyCollection<string> named;
        try
        {
            named = [.. Entries().Keys, OwnApi];
        }
        catch (ConnectionException broken)
        {
            return [new KnownConnection(Name, "", ConnectionOrigin.File, null, broken.Message)];
        }

        var variables = named.Select(VariableOf).ToHashSet(StringComparer.Ordinal);
        var others = _variables().Where(v => v.StartsWith(VariablePrefix, StringComparison.Ordinal) && !variables.Contains(v))
            .Select(v => v[VariablePrefix.Length..].ToLowerInvariant());
        return [.. named.Concat(others).Distinct().Order(StringComparer.Ordinal).Select(Known).OfType<KnownConnection>()];
    }

    private KnownConnection? Known(string id)
    {
        var origin = _environment(VariableOf(id)) is { Length: > 0 } ? ConnectionOrigin.Environment : ConnectionOrigin.File;
        try
        {
            return Find(id) is { } settings ? new KnownConnection(id, settings.Type, origin, settings) : null;
        }
        catch (ConnectionException unreadable)
        {
            return new KnownConnection(id, "", origin, null, unreadable.Message);
        }
    }

    /// <summary>The variable of the environment that holds a connection: upper case, what is no letter or digit as <c>_</c>.</summary>
    public static string VariableOf(string id) =>
        VariablePrefix + string.Concat(id.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToUpperInvariant(c) : '_'));

    private ConnectionSettings? Find(string id)
    {
        if (_environment(VariableOf(id)) is { Length: > 0 } json) return Expand(ConnectionsJson.ReadOne(id, json, VariableOf(id)));
        if (Entries().TryGetValue(id, out var settings)) return Expand(settings);
        if (id != OwnApi || DaemonFile.Find(state) is not { } daemon) return null;
        return new ConnectionSettings(OwnApi, "http", new Dictionary<string, string> { ["url"] = daemon.Url, ["token"] = daemon.Token });
    }

    private IReadOnlyDictionary<string, ConnectionSettings> Entries()
    {
        lock (_lock)
        {
            var file = new FileInfo(_path);
            var stamp = file.Exists ? (file.LastWriteTimeUtc, file.Length) : default;
            if (stamp == _stamp) return _entries;
            _entries = file.Exists ? ConnectionsJson.Read(Content(), Name) : new Dictionary<string, ConnectionSettings>();
            _stamp = stamp; // only when it could be read: a broken file is told each time
            return _entries;
        }
    }

    private byte[] Content()
    {
        try
        {
            return File.ReadAllBytes(_path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ConnectionException($"{_path} can't be read: {error.Message}", error);
        }
    }

    private ConnectionSettings Expand(ConnectionSettings settings) =>
        settings with { Values = settings.Values.ToDictionary(v => v.Key, v => EnvironmentText.Expand(settings.Id, v.Value, _environment)) };

    private static IEnumerable<string> Variables() => Environment.GetEnvironmentVariables().Keys.OfType<string>();
}
