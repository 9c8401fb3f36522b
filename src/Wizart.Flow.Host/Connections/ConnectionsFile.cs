using Wizart.Flow.Connections;
using Wizart.Flow.Engine.Attempts;
using Wizart.Flow.Host.Daemon;

namespace Wizart.Flow.Host.Connections;

/// <summary>
/// Connections from <c>connections.json</c> beside the pipelines, each overridden by <c>FLOW_CONN_&lt;ID&gt;</c> in the
/// environment. The file is read again when it changes. A connection <c>flow</c> that nobody defines is the daemon itself.
/// </summary>
/// <param name="pipelines">The folder of scripts.</param>
/// <param name="state">The daemon's state folder.</param>
public sealed class ConnectionsFile(string pipelines, string state) : ISecretStore
{
    private readonly Lock _lock = new();
    private (DateTime Written, long Length, IReadOnlyDictionary<string, ConnectionSettings> Connections)? _read;

    /// <summary>The file.</summary>
    public string Path { get; } = System.IO.Path.Combine(pipelines, "connections.json");

    /// <inheritdoc/>
    /// <exception cref="ConnectionException">The file or the environment's value can't be read; says where.</exception>
    public ValueTask<ConnectionSettings?> FindConnectionAsync(string id, CancellationToken cancellation) => ValueTask.FromResult(Find(id));

    /// <summary>The settings of a connection; null when there is none of this id.</summary>
    /// <exception cref="ConnectionException">The file or the environment's value can't be read; says where.</exception>
    public ConnectionSettings? Find(string id)
    {
        var variable = VariableOf(id);
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } json)
            return ConnectionsJson.ReadOne(id, json, $"environment variable {variable}");
        return Read().GetValueOrDefault(id) ?? (id == "flow" ? Daemon() : null);
    }

    /// <summary>The environment variable that overrides a connection: <c>catalogue-api</c> is <c>FLOW_CONN_CATALOGUE_API</c>.</summary>
    public static string VariableOf(string id) =>
        "FLOW_CONN_" + string.Concat(id.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToUpperInvariant(c) : '_'));

    private ConnectionSettings? Daemon() =>
        DaemonFile.Find(state) is { } daemon
            ? new ConnectionSettings("flow", "http", new Dictionary<string, string> { ["url"] = daemon.Url, ["token"] = daemon.Token })
            : null;

    private IReadOnlyDictionary<string, ConnectionSettings> Read()
    {
        lock (_lock)
        {
            var file = new FileInfo(Path);
            if (!file.Exists) return new Dictionary<string, ConnectionSettings>();
            if (_read is { } read && read.Written == file.LastWriteTimeUtc && read.Length == file.Length) return read.Connections;
            _read = (file.LastWriteTimeUtc, file.Length, ConnectionsJson.ReadAll(Text(), Path));
            return _read.Value.Connections;
        }
    }

    private string Text()
    {
        try
        {
            return File.ReadAllText(Path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ConnectionException($"{Path} can't be read: {error.Message}", error);
        }
    }
}
