using System.Text.Json;
using System.Text.Json.Serialization;
using Google.Apis;

namespace Wizart.Flow.Providers.Sheets.Requests;

/// <summary>
/// The API's JSON by System.Text.Json. Google's own default would turn texts that look like times into times, and lose which
/// they were.
/// </summary>
internal sealed class PlainJson : ISerializer
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public string Format => "json";

    public void Serialize(object obj, Stream target) => JsonSerializer.Serialize(target, obj, Options);

    public string Serialize(object obj) => JsonSerializer.Serialize(obj, Options);

    public T Deserialize<T>(string input) => JsonSerializer.Deserialize<T>(input, Options)!;

    public object Deserialize(string input, Type type) => JsonSerializer.Deserialize(input, type, Options)!;

    public T Deserialize<T>(Stream input) => JsonSerializer.Deserialize<T>(input, Options)!;
}
