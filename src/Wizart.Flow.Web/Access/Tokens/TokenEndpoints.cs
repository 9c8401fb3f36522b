using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Wizart.Flow.Engine.Access;

namespace Wizart.Flow.Web.Access;

/// <summary>Tokens of programs.</summary>
internal static class TokenEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/tokens", ListAsync).Needs(Role.Viewer);
        api.MapPost("/tokens", CreateAsync).Needs(Role.Viewer);
        api.MapDelete("/tokens/{id}", RevokeAsync).Needs(Role.Viewer);
    }

    /// <summary>The number of a token.</summary>
    public static long Id(string id) => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw ApiProblem.NotFound($"There is no token '{id}'.");

    private static async Task<IResult> ListAsync(HttpContext context, IAccessReads store)
    {
        var query = new QueryReader(context.Request.Query);
        var page = query.Page();
        query.Check();
        var all = await store.TokensAsync(TokenRules.OwnerSeen(context.User), context.RequestAborted);
        var tokens = page.Cut(context, all, token => PageRequest.Key(long.MaxValue - token.Id)); // newest first
        return TypedResults.Json([.. tokens.Select(TokenResource.Of)], ApiJson.Default.TokenResourceArray);
    }

    private static async Task<IResult> CreateAsync(HttpContext context, AccessCommands access)
    {
        var body = await RequestBody.ReadAsync(context, "name", "role", "expiresAt");
        var (name, word, expires) = (body.Text("name"), body.Text("role"), body.Time("expiresAt", TimeZoneInfo.Utc));
        if (name is null) body.Wrong("name must be given: what the token is for.");
        body.Checked(name);
        var issued = await TokenRules.IssueAsync(context, access, name!, UserEndpoints.Role(word ?? "viewer"), expires);
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Json(
            new NewTokenResource(TokenResource.Of(issued.Token), issued.Secret), ApiJson.Default.NewTokenResource, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> RevokeAsync(HttpContext context, string id, AccessCommands access)
    {
        await access.RevokeTokenAsync(Id(id), TokenRules.OwnerSeen(context.User), context.Actor());
        return TypedResults.NoContent();
    }
}
