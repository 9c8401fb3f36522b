using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Wizart.Flow.Engine.Requests;
using Wizart.Flow.Web.Access;

namespace Wizart.Flow.Web;

/// <summary>By what a request is known again: <c>Idempotency-Key</c>, for each caller his own.</summary>
internal static class IdempotencyHeader
{
    private const string Name = "Idempotency-Key";
    private const int Longest = 200;

    /// <summary>The key, once the body has been read; null when none is sent.</summary>
    /// <exception cref="ApiProblem">It can't be a key.</exception>
    public static RequestKey? Read(HttpContext context, TimeProvider time)
    {
        if (!context.Request.Headers.TryGetValue(Name, out var values)) return null;
        var key = values.Count == 1 ? values[0] ?? "" : "";
        if (key.Length is 0 or > Longest || key.Any(c => c is < ' ' or > '~'))
            throw ApiProblem.Invalid($"{Name} must be one text of 1 to {Longest} printable ASCII characters, such as a UUID.");
        return new RequestKey($"{context.Actor()}\n{key}", Hash(context), time.GetUtcNow());
    }

    /// <summary>The answer of before, said to be that.</summary>
    public static IResult Answer(HttpContext context, OnceAnswer answer, string location)
    {
        context.Response.Headers.Location = location;
        if (answer.IsRepeated) context.Response.Headers["Idempotency-Replayed"] = "true";
        return Results.Text(answer.Answer, "application/json", Encoding.UTF8, StatusCodes.Status201Created);
    }

    private static string Hash(HttpContext context)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{context.Request.Method} {context.Request.Path}\n"));
        hash.AppendData(BodyReader.BytesOf(context));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
