using System.Text.Json;
using System.Text.RegularExpressions;
using Wizart.Flow.Connections;

namespace Wizart.Flow.Host.Connections;

/// <summary>Connections as people write them: an object per id, its <c>type</c> beside its settings, <c>${NAME}</c> for what the environment holds.</summary>
internal static partial class ConnectionsJson
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>All connections of a file.</summary>
    /// <exception cref="ConnectionException">The text is not what it should be; says where.</exception>
    public static IReadOnlyDictionary<string, ConnectionSettings> ReadAll(string json, string where)
    {
        using var document = Parse(json, where);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            throw new ConnectionException($"{where}: expected an object with one entry per connection: {{ \"shop\": {{ \"type\": \"http\", \"url\": \"…\" }} }}.");
        return document.RootElement.EnumerateObject().ToDictionary(c => c.Name, c => ReadOne(c.Name, c.Value, where), StringComparer.Ordinal);
    }

    /// <summary>One connection.</summary>
    /// <exception cref="ConnectionException">The text is not what it should be; says where.</exception>
    public static ConnectionSettings ReadOne(string id, string json, string where)
    {
        using var document = Parse(json, where);
        return ReadOne(id, document.RootElement, where);
    }

    private static ConnectionSettings ReadOne(string id, JsonElement settings, string where)
    {
        if (settings.ValueKind != JsonValueKind.Object)
            throw new ConnectionException($"{where}: connection '{id}' must be an object such as {{ \"type\": \"http\", \"url\": \"…\" }}.");
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var setting in settings.EnumerateObject()) values[setting.Name] = ValueOf(id, setting, where);
        if (!values.Remove("type", out var type) || type.Length == 0)
            throw new ConnectionException($"{where}: connection '{id}' has no \"type\". Say which provider's it is: http, sqlite, postgres…");
        return new ConnectionSettings(id, type, values);
    }

    private static string ValueOf(string id, JsonProperty setting, string where) => setting.Value.ValueKind switch
    {
        JsonValueKind.String => Expand(id, setting.Name, setting.Value.GetString()!, where),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => setting.Value.GetRawText(),
        JsonValueKind.Null => "",
        _ => throw new ConnectionException($"{where}: '{setting.Name}' of connection '{id}' must be a text, a number, true or false."),
    };

    private static string Expand(string id, string name, string text, string where) => Reference().Replace(text, match =>
        Environment.GetEnvironmentVariable(match.Groups[1].Value)
        ?? throw new ConnectionException(
            $"{where}: '{name}' of connection '{id}' takes ${{{match.Groups[1].Value}}}, which is not set in the daemon's environment."));

    private static JsonDocument Parse(string json, string where)
    {
        try
        {
            return JsonDocument.Parse(json, Lenient);
        }
        catch (JsonException error)
        {
            throw new ConnectionException($"{where}({error.LineNumber + 1},{error.BytePositionInLine + 1}): not JSON: {Plain(error)}", error);
        }
    }

    /// <summary>The parser's words without the place, which is told already.</summary>
    private static string Plain(JsonException error) => Place().Replace(error.Message, "").TrimEnd();

    [GeneratedRegex(@"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")]
    private static partial Regex Reference();

    [GeneratedRegex(@"\s*LineNumber: \d+ \| BytePositionInLine: \d+\.?")]
    private static partial Regex Place();
}
