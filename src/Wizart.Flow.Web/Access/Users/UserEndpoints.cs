using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Wizart.Flow.Engine.Access;

namespace Wizart.Flow.Web.Access;

/// <summary>Users, and who asks.</summary>
internal static class UserEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/session", Session).Needs(Engine.Access.Role.Viewer);
        api.MapGet("/users", ListAsync).Needs(Engine.Access.Role.Admin);
        api.MapPost("/users", CreateAsync).Needs(Engine.Access.Role.Admin);
        api.MapGet("/users/{name}", async (string name, AccessCommands access) => View(await access.FindAsync(name))).Needs(Engine.Access.Role.Admin);
        api.MapPatch("/users/{name}", ChangeAsync).Needs(Engine.Access.Role.Admin);
        api.MapDelete("/users/{name}", RemoveAsync).Needs(Engine.Access.Role.Admin);
        api.MapPost("/users/{name}/link", LinkAsync).Needs(Engine.Access.Role.Admin);
    }

    /// <summary>The role of a word.</summary>
    /// <exception cref="ApiProblem">It is none.</exception>
    public static Role Role(string? word) => SnakeCaseEnums.Read<Role>(word ?? "")
        ?? throw ApiProblem.Invalid($"'{word}' is no role. The roles are {string.Join(", ", Enum.GetValues<Role>().Select(r => RoleRules.WordOf(r)))}.");

    /// <summary>The whole address of a one-time link.</summary>
    public static string LinkUrl(HttpContext context, string code) =>
        $"{context.Request.Scheme}://{context.Request.Host}{context.Request.PathBase}{LinkPages.PathOf(code)}";

    private static IResult Session(HttpContext context)
    {
        var caller = context.User;
        return TypedResults.Json(
            new SessionResource(caller.Identity!.Name!, caller.Role()!.Value, caller.SessionId() is not null, context.Address(), caller.End()),
            ApiJson.Default.SessionResource);
    }

    private static async Task<IResult> ListAsync(HttpContext context, IAccessReads store)
    {
        var query = new QueryReader(context.Request.Query);
        var page = query.Page();
        query.Check();
        var users = page.Cut(context, await store.UsersAsync(context.RequestAborted), user => user.Key);
        return TypedResults.Json([.. users.Select(UserResource.Of)], ApiJson.Default.UserResourceArray);
    }

    private static async Task<IResult> CreateAsync(HttpContext context, AccessCommands access)
    {
        var body = await RequestBody.ReadAsync(context, "name", "role", "password");
        var (name, word, password) = (body.Text("name"), body.Text("role"), body.Text("password"));
        if (name is null) body.Wrong("name must be given: the user's name.");
        body.Checked(name);
        var user = await access.CreateAsync(name!, Role(word ?? "viewer"), password, context.Actor());
        context.Response.Headers.Location = $"{FlowApi.Root}/users/{Uri.EscapeDataString(user.Name)}";
        return View(user, StatusCodes.Status201Created);
    }

    private static async Task<IResult> ChangeAsync(HttpContext context, string name, AccessCommands access)
    {
        var body = await RequestBody.ReadAsync(context, "role", "disabled", "password");
        var (word, password) = (body.Text("role"), body.Text("password"));
        var disabled = body.Flag("disabled");
        body.Checked(word);
        Role? role = word is null ? null : Role(word);
        var user = await access.FindAsync(name);
        if (body.Given("password")?.ValueKind == JsonValueKind.String) user = await access.SetPasswordAsync(name, password!, context.Actor());
        if (role is { } wanted) user = await access.SetRoleAsync(name, wanted, context.Actor());
        if (body.Given("disabled") is not null) user = await access.DisableAsync(name, disabled, context.Actor());
        return View(user);
    }

    private static async Task<IResult> RemoveAsync(HttpContext context, string name, AccessCommands access)
    {
        await access.RemoveAsync(name, context.Actor());
        return TypedResults.NoContent();
    }

    private static async Task<IResult> LinkAsync(HttpContext context, string name, AccessCommands access, TimeProvider time)
    {
        var code = await access.LinkAsync(name, context.Actor());
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Json(new LinkResource(LinkUrl(context, code), time.GetUtcNow() + AccessCommands.LinkLength), ApiJson.Default.LinkResource);
    }

    private static IResult View(User user, int status = StatusCodes.Status200OK) =>
        TypedResults.Json(UserResource.Of(user), ApiJson.Default.UserResource, statusCode: status);
}
