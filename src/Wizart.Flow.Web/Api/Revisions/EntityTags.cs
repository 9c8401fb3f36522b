using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Wizart.Flow.Web;

/// <summary>Strong entity tags: a hash of what is sent.</summary>
internal static class EntityTags
{
    private const int Bytes = 16;

    /// <summary>The tag of a body.</summary>
    public static string Of(ReadOnlySpan<byte> body)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(body, hash);
        return $"\"{Convert.ToHexStringLower(hash[..Bytes])}\"";
    }

    /// <summary>The tag that a resource is sent with.</summary>
    public static string Of<T>(T resource, JsonTypeInfo<T> type) => Of(JsonSerializer.SerializeToUtf8Bytes(resource, type));

    /// <summary>Whether a tag is among those of <c>If-None-Match</c> or <c>If-Match</c>. <c>*</c> stands for any.</summary>
    public static bool IsIn(string header, string tag, bool strong)
    {
        foreach (var part in header.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == "*") return true;
            if (part == tag || !strong && part.StartsWith("W/", StringComparison.Ordinal) && part[2..] == tag) return true;
        }

        return false;
    }
}
