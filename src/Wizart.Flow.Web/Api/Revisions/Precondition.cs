using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Wizart.Flow.Web;

/// <summary>What a change is made dependent upon: <c>If-Match</c> with the tag of the resource that the caller has seen.</summary>
internal sealed partial class Precondition
{
    private readonly string? _tags;

    private Precondition(string? tags) => _tags = tags;

    /// <summary>Reads the header.</summary>
    /// <exception cref="ApiProblem">It is no list of entity tags.</exception>
    public static Precondition Read(HttpContext context)
    {
        if (context.Request.Headers.IfMatch.Count == 0) return new Precondition(null);
        var header = context.Request.Headers.IfMatch.ToString();
        return List().IsMatch(header)
            ? new Precondition(header)
            : throw ApiProblem.Invalid("If-Match is not the ETag of an earlier answer, in its quotes, nor *.");
    }

    /// <summary>Whether a resource is as expected; null for one that is not there.</summary>
    public bool Holds<T>(T? resource, JsonTypeInfo<T> type)
        where T : class =>
        _tags is null || resource is not null && EntityTags.IsIn(_tags, EntityTags.Of(resource, type), strong: true);

    [GeneratedRegex("""^\s*(\*|(W/)?"[\x21\x23-\x7e]*"(\s*,\s*(W/)?"[\x21\x23-\x7e]*")*)\s*$""", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex List();
}
