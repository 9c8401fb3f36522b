namespace Wizart.Flow.Connections;

/// <summary>A stored connection: what a provider needs to build a client.</summary>
/// <param name="Id">The id that scripts name.</param>
/// <param name="Type">Which provider's settings these are: <c>http</c>, <c>sqlite</c>, <c>postgres</c>…</param>
/// <param name="Values">The settings by name; names are compared without case.</param>
public sealed record ConnectionSettings(string Id, string Type, IReadOnlyDictionary<string, string> Values)
{
    /// <summary>The setting, or null when it is not there or empty.</summary>
    public string? Find(string name)
    {
        foreach (var (key, value) in Values)
            if (string.Equals(key, name, StringComparison.OrdinalIgnoreCase)) return value.Length == 0 ? null : value;
        return null;
    }

    /// <summary>The setting.</summary>
    /// <exception cref="ConnectionException">It is not there.</exception>
    public string Require(string name) =>
        Find(name) ?? throw new ConnectionException($"Connection '{Id}' ({Type}) has no '{name}'. Add it to the connection's settings.");

    /// <summary>Whether a setting of this name is kept from people's eyes.</summary>
    public static bool IsSecret(string name) =>
        SecretWords.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase))
        && !PublicNames.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The values that must not be seen in logs or anywhere else.</summary>
    public IEnumerable<string> Secrets() => Values.Where(v => IsSecret(v.Key) && v.Value.Length > 0).Select(v => v.Value);

    /// <inheritdoc/>
    public override string ToString() => $"{Type} connection '{Id}'";

    // Where tokens come from and which key it is: errors need to say them.
    private static readonly string[] PublicNames = ["token_uri", "private_key_id"];

    private static readonly string[] SecretWords = ["password", "secret", "token", "apikey", "api_key", "api-key", "authorization", "cookie", "privatekey", "private_key", "private-key", "connectionstring", "webhook"];
}

/// <summary>A connection that is missing, incomplete, or of a type that no provider knows.</summary>
public sealed class ConnectionException(string message, Exception? inner = null) : Exception(message, inner);
