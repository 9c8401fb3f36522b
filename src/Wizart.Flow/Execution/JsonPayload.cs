using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Wizart.Flow.Execution;

/// <summary>A JSON value as its UTF-8 text, carried without being parsed.</summary>
[JsonConverter(typeof(JsonPayloadConverter))]
public readonly record struct JsonPayload(ReadOnlyMemory<byte> Utf8)
{
    /// <summary>JSON's null.</summary>
    public static JsonPayload Null { get; } = Parse("null");

    /// <summary>The value as text.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Utf8.Span);

    /// <summary>A payload of JSON text.</summary>
    public static JsonPayload Parse(string json) => new(Encoding.UTF8.GetBytes(json));

    /// <summary>The same text.</summary>
    public bool Equals(JsonPayload other) => Utf8.Span.SequenceEqual(other.Utf8.Span);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Utf8.Span);
        return hash.ToHashCode();
    }
}

/// <summary>Copies the raw text either way.</summary>
public sealed class JsonPayloadConverter : JsonConverter<JsonPayload>
{
    /// <inheritdoc/>
    public override JsonPayload Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return new JsonPayload(JsonMarshal.GetRawUtf8Value(document.RootElement).ToArray());
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, JsonPayload value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.Utf8.IsEmpty ? "null"u8 : value.Utf8.Span, skipInputValidation: true);
}
