using Microsoft.AspNetCore.Http;
using Wizart.Flow.Engine.Commands;
using Wizart.Flow.Model;

namespace Wizart.Flow.Web;

/// <summary>A request that can't be served: thrown by whoever finds out, written as problem details.</summary>
internal sealed class ApiProblem(int status, string code, string title, string detail) : Exception(detail)
{
    public int Status => status;

    public string Code => code;

    /// <summary>The kind of problem in a few words.</summary>
    public string Heading => title;

    /// <summary>One entry per mistake.</summary>
    public IReadOnlyList<ProblemError> Errors { get; private init; } = [];

    public static ApiProblem NotFound(string detail) => new(StatusCodes.Status404NotFound, "not_found", "Not found", detail);

    public static ApiProblem Unauthorized(string detail) => new(StatusCodes.Status401Unauthorized, "unauthorized", "Not signed in", detail);

    public static ApiProblem Forbidden(string detail) => new(StatusCodes.Status403Forbidden, "forbidden", "Not allowed", detail);

    public static ApiProblem TooLarge(string detail) =>
        new(StatusCodes.Status413PayloadTooLarge, "too_large", "The request is too large", detail);

    public static ApiProblem Unavailable(string detail) =>
        new(StatusCodes.Status503ServiceUnavailable, "unavailable", "The database can't be used", detail);

    public static ApiProblem Bug() => new(
        StatusCodes.Status500InternalServerError, "internal", "A mistake of the daemon's own",
        "The daemon could not do this, and it is not your request's fault. Its log says why.");

    public static ApiProblem Invalid(params IReadOnlyList<string> mistakes) => Invalid([.. mistakes.Select(m => new ProblemError("invalid", m))]);

    public static ApiProblem Of(FlowCommandException refused)
    {
        ProblemError[] errors = [.. refused.Details.Select(d => new ProblemError(d.Code, d.Message))];
        return refused.Refusal switch
        {
            Refusal.NotFound => NotFound(refused.Message),
            Refusal.Overtaken => new(StatusCodes.Status412PreconditionFailed, "overtaken", "Changed meanwhile", refused.Message),
            Refusal.Mismatch => new(StatusCodes.Status422UnprocessableEntity, "idempotency_mismatch", "The key belongs to another request", refused.Message),
            Refusal.Conflict => new(StatusCodes.Status409Conflict, "conflict", "Does not fit the present state", refused.Message),
            _ => Invalid(errors.Length > 0 ? errors : [new ProblemError(FlowCodes.BadSetting, refused.Message)]),
        };
    }

    /// <summary>Writes it as the response.</summary>
    public Task WriteAsync(HttpContext context)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.CacheControl = "no-store";
        if (status == StatusCodes.Status503ServiceUnavailable) context.Response.Headers.RetryAfter = "5";
        var resource = new ProblemResource("about:blank", title, status, Message, context.Request.Path, code, Errors);
        return context.Response.WriteAsJsonAsync(resource, ApiJson.Default.ProblemResource, "application/problem+json", context.RequestAborted);
    }

    private static ApiProblem Invalid(ProblemError[] errors) =>
        new(StatusCodes.Status400BadRequest, "invalid", "The request makes no sense", string.Join(" ", errors.Select(e => e.Message)))
        {
            Errors = errors,
        };
}
