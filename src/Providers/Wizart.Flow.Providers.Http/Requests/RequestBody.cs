using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Wizart.Flow.Providers.Http.Requests;

/// <summary>A request's body, kept as bytes so that every try can send it anew.</summary>
internal sealed record RequestBody(byte[] Bytes, IReadOnlyList<KeyValuePair<string, IEnumerable<string>>> Headers)
{
    /// <summary>Web conventions: camelCase out, any case in, enums by name.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    /// <summary>The body of a value: an <see cref="HttpContent"/> as it is, anything else as JSON; null for null.</summary>
    public static async Task<RequestBody?> Of(object? value, CancellationToken cancellation)
    {
        if (value is null) return null;
        if (value is HttpContent content)
            return new RequestBody(await content.ReadAsByteArrayAsync(cancellation), [.. content.Headers]);

        var type = new MediaTypeHeaderValue("application/json", "utf-8").ToString();
        return new RequestBody(JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), Json), [new("Content-Type", [type])]);
    }

    public HttpContent ToContent()
    {
        var content = new ByteArrayContent(Bytes);
        foreach (var (name, values) in Headers)
            if (!string.Equals(name, "Content-Length", StringComparison.OrdinalIgnoreCase)) content.Headers.TryAddWithoutValidation(name, values);
        return content;
    }
}
