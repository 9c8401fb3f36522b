using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Wizart.Flow.Web;

/// <summary>Which part of a list is asked for.</summary>
/// <param name="Count">At most so many; null for all.</param>
/// <param name="After">The key after which the part begins; null for the beginning.</param>
internal readonly record struct PageRequest(int? Count, string? After)
{
    /// <summary>Cuts a list that is known as a whole, in the order of its keys, and says where the next part is.</summary>
    public T[] Cut<T>(HttpContext context, IEnumerable<T> all, Func<T, string> key)
    {
        if (Count is null && After is null) return [.. all];
        var after = After;
        var rest = all.Select(item => (Key: key(item), Item: item)).OrderBy(i => i.Key, StringComparer.Ordinal)
            .Where(i => after is null || string.CompareOrdinal(i.Key, after) > 0).ToArray();
        if (Count is not { } count || rest.Length <= count) return [.. rest.Select(i => i.Item)];
        Next(context, rest[count - 1].Key);
        return [.. rest.Take(count).Select(i => i.Item)];
    }

    /// <summary>Says where the next part is: <c>Link: …; rel="next"</c>.</summary>
    public static void Next(HttpContext context, string key)
    {
        var query = new QueryBuilder();
        foreach (var (name, values) in context.Request.Query)
            if (name is not ("cursor" or "before")) query.Add(name, values.OfType<string>());
        query.Add("cursor", Write(key));
        context.Response.Headers.Link = $"<{context.Request.PathBase.ToUriComponent()}{context.Request.Path.ToUriComponent()}{query.ToQueryString()}>; rel=\"next\"";
    }

    /// <summary>A key that is a number, so that keys sort as the numbers do.</summary>
    public static string Key(long number) => number.ToString("D19", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The key of a cursor; null when it is none of ours.</summary>
    public static string? Read(string cursor)
    {
        if (cursor.Length is 0 or > 2_000 || !System.Buffers.Text.Base64Url.IsValid(cursor)) return null;
        try
        {
            return Strict.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(cursor));
        }
        catch (ArgumentException)
        {
            return null; // not of UTF-8
        }
    }

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static string Write(string key) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(key));
}
