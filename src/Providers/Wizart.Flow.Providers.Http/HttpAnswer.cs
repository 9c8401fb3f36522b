using System.Net;
using System.Text;
using System.Text.Json;
using Wizart.Flow.Providers.Http.Requests;

namespace Wizart.Flow.Providers.Http;

/// <summary>An answer as it came.</summary>
/// <param name="Status">The status.</param>
/// <param name="ContentType">The media type of the body; null when the server named none.</param>
/// <param name="Body">The whole body, decompressed.</param>
public sealed record HttpAnswer(HttpStatusCode Status, string? ContentType, byte[] Body)
{
    /// <summary>The body as UTF-8 text.</summary>
    public string Text() => Encoding.UTF8.GetString(Body);

    /// <summary>The body read as JSON with web conventions.</summary>
    /// <exception cref="JsonException">It is none, or of another shape.</exception>
    public T? Json<T>() => JsonSerializer.Deserialize<T>(Body, RequestBody.Json);
}
