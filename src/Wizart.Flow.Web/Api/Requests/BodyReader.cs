using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Wizart.Flow.Web;

/// <summary>Reads a request's body as one JSON object.</summary>
internal static class BodyReader
{
    private const int Limit = 1024 * 1024;
    private static readonly object BytesItem = new();

    /// <summary>The body as it came, once it has been read.</summary>
    public static byte[] BytesOf(HttpContext context) => context.Items[BytesItem] as byte[] ?? [];

    /// <summary>The object's properties; none when the body is empty.</summary>
    /// <exception cref="ApiProblem">It is no JSON object, is too large, or has properties other than those allowed.</exception>
    public static async Task<Dictionary<string, JsonElement>> ReadAsync(HttpContext context, params string[] allowed)
    {
        var bytes = await BytesAsync(context.Request.Body, context.RequestAborted);
        context.Items[BytesItem] = bytes;
        if (bytes.Length == 0) return [];
        var body = Parse(bytes);
        if (body.ValueKind != JsonValueKind.Object) throw ApiProblem.Invalid("The body must be a JSON object.");
        if (!IsReadable(body)) throw ApiProblem.Invalid("The body has a text that is not valid Unicode (half of a surrogate pair).");

        var properties = new Dictionary<string, JsonElement>();
        foreach (var property in body.EnumerateObject()) properties[property.Name] = property.Value;
        string[] unknown = [.. properties.Keys.Where(k => !allowed.Contains(k, StringComparer.Ordinal))
            .Select(k => $"The body has no property '{k}'. It has: {string.Join(", ", allowed)}.")];
        return unknown.Length == 0 ? properties : throw ApiProblem.Invalid(unknown);
    }

    private static async Task<byte[]> BytesAsync(Stream body, CancellationToken cancellation)
    {
        using var buffer = new MemoryStream();
        var part = new byte[16 * 1024];
        for (int read; (read = await body.ReadAsync(part, cancellation)) > 0;)
        {
            buffer.Write(part, 0, read);
            if (buffer.Length > Limit) throw ApiProblem.TooLarge($"The body is larger than {Limit / 1024} KB.");
        }

        return buffer.ToArray();
    }

    private static JsonElement Parse(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return document.RootElement.Clone();
        }
        catch (JsonException error)
        {
            throw ApiProblem.Invalid($"The body is not JSON: {error.Message}");
        }
    }

    // JSON lets a lone surrogate be escaped; .NET throws when such a text is read.
    private static bool IsReadable(JsonElement value)
    {
        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.Object => value.EnumerateObject().All(p => p.Name is not null && IsReadable(p.Value)),
                JsonValueKind.Array => value.EnumerateArray().All(IsReadable),
                JsonValueKind.String => value.GetString() is not null,
                _ => true,
            };
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
