using System.Text;
using System.Text.Json;
using Wizart.Flow.Connections;

namespace Wizart.Flow.Host.Connections;

/// <summary>Reads connections as JSON, and says where something is wrong with them.</summary>
internal ref struct ConnectionsJson
{
    private static readonly JsonReaderOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
    private readonly ReadOnlySpan<byte> _text;
    private readonly string _place;
    private Utf8JsonReader _reader;

    private ConnectionsJson(ReadOnlySpan<byte> text, string place)
    {
        _text = text.StartsWith("\uFEFF"u8) ? text[3..] : text;
        _place = place;
        _reader = new Utf8JsonReader(_text, Options);
    }

    /// <summary>All connections of a file.</summary>
    /// <exception cref="ConnectionException">The text is not what it should be.</exception>
    public static IReadOnlyDictionary<string, ConnectionSettings> Read(ReadOnlySpan<byte> text, string place)
    {
        var json = new ConnectionsJson(text, place);
        try
        {
            return json.ReadAll();
        }
        catch (JsonException error)
        {
            throw json.NotJson(error);
        }
        catch (InvalidOperationException error)
        {
            throw new ConnectionException($"{json.Where()}: This text is not valid Unicode.", error);
        }
    }

    /// <summary>One connection.</summary>
    /// <exception cref="ConnectionException">The text is not what it should be.</exception>
    public static ConnectionSettings ReadOne(string id, string text, string place)
    {
        var json = new ConnectionsJson(Encoding.UTF8.GetBytes(text), place);
        try
        {
            json._reader.Read();
            return json.ReadSettings(id);
        }
        catch (JsonException error)
        {
            throw json.NotJson(error);
        }
        catch (InvalidOperationException error)
        {
            throw new ConnectionException($"{json.Where()}: This text is not valid Unicode.", error);
        }
    }

    private Dictionary<string, ConnectionSettings> ReadAll()
    {
        var entries = new Dictionary<string, ConnectionSettings>(StringComparer.Ordinal);
        _reader.Read();
        if (_reader.TokenType != JsonTokenType.StartObject)
            throw Wrong("The file must be one JSON object: {\"id\": {\"type\": \"…\"}}.");
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var id = _reader.GetString()!;
            if (entries.ContainsKey(id)) throw Wrong($"A second connection '{id}'. Give each an id of its own.");
            _reader.Read();
            entries[id] = ReadSettings(id);
        }

        while (_reader.Read())
        {
            // What follows the object is told by the reader itself.
        }

        return entries;
    }

    private ConnectionSettings ReadSettings(string id)
    {
        if (_reader.TokenType != JsonTokenType.StartObject)
            throw Wrong($"Connection '{id}' must be a JSON object: {{\"type\": \"…\"}}.");
        var began = Where();
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        string? type = null;
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = _reader.GetString()!;
            _reader.Read();
            var value = ReadValue(id, name);
            if (name.Equals("type", StringComparison.OrdinalIgnoreCase)) type = value;
            else if (!values.TryAdd(name, value)) throw Wrong($"Connection '{id}' has a second '{name}'.");
        }

        return type is { Length: > 0 }
            ? new ConnectionSettings(id, type, values)
            : throw new ConnectionException($"{began}: Connection '{id}' has no \"type\". Say which kind it is: \"http\", \"sqlite\", \"postgres\".");
    }

    private string ReadValue(string id, string name) => _reader.TokenType switch
    {
        JsonTokenType.String => _reader.GetString()!,
        JsonTokenType.Number => Encoding.UTF8.GetString(_reader.ValueSpan),
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        JsonTokenType.Null => "",
        _ => throw Wrong($"'{name}' of connection '{id}' must be a text, a number, true or false."),
    };

    private readonly ConnectionException Wrong(string message) => new($"{Where()}: {message}");

    private readonly string Where()
    {
        var before = _text[..(int)_reader.TokenStartIndex];
        var line = before.Count((byte)'\n') + 1;
        var column = before.Length - before.LastIndexOf((byte)'\n');
        return $"{_place}({line},{column})";
    }

    private readonly ConnectionException NotJson(JsonException error)
    {
        var what = error.Message.Split(" LineNumber:")[0];
        return new ConnectionException($"{_place}({error.LineNumber + 1},{error.BytePositionInLine + 1}): This is not JSON: {what}", error);
    }
}
