using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Wizart.Flow.Web;

namespace Wizart.Flow.Host.Cli;

/// <summary>One JSON document on standard output.</summary>
internal static class JsonOutput
{
    private static readonly ApiJson Json = new(new JsonSerializerOptions(ApiJson.Default.Options)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = null,
    });

    /// <summary>Writes a value as the API writes it.</summary>
    public static void WriteJson<T>(this Terminal terminal, T value) =>
        terminal.Out.WriteLine(JsonSerializer.Serialize(value, (JsonTypeInfo<T>)Json.GetTypeInfo(typeof(T))!));

    /// <summary>Writes what a writer is told.</summary>
    public static void WriteJson(this Terminal terminal, Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            write(writer);
        terminal.Out.WriteLine(System.Text.Encoding.UTF8.GetString(buffer.ToArray()));
    }
}
